"""What the operations do that a profiler names."""

import re
from collections.abc import Mapping

KINDS = ("products", "fused layers", "pointwise", "data movement")
"""Products of matrices; whole layers in one call of a library; one number after
another, sums too; copies and other changes of place or shape."""

LAYERS = ("rnn_layer", "mkldnn_rnn")
PRODUCTS = ("matmul", "mm", "dot", "ynn", "linear", "einsum")
"""Parts of names; XLA's library YNN computes products alone here."""

NAMES = """
    as_strided bitcast broadcast cat chunk clone concat concatv2 contiguous
    copy dynamic-slice dynamic-update-slice empty empty_like empty_strided
    expand fill flatten gather identity index iota narrow new_empty new_zeros
    numpy_t pack pad permute reshape reverse select select_backward slice
    slice_backward split split_with_sizes stack stridedslice stridedslicegrad
    t tile to to_copy transpose unbind unflatten unpack unsqueeze view zero
    zeros zeroslike
    emptytensorlist tensorlistelementshape tensorlistfromtensor
    tensorlistgetitem tensorlistpopback tensorlistpushback tensorlistreserve
    tensorlistsetitem tensorliststack
"""
MOVES = frozenset(NAMES.split())
"""Whole names, or all of those that a fusion joins."""

PREFIX = re.compile(r"^((aten|mkldnn)::_?|wrapped_|_Mkl)")
SUFFIX = re.compile(r"(_|_fusion|\.\d+|\.clone)+$")


def kind_of(name: str) -> str:
    """The kind of an operation: aten::mm, MatMul, dot.9, add_tanh_fusion."""
    plain = SUFFIX.sub("", PREFIX.sub("", name)).lower()
    for kind, parts in (("fused layers", LAYERS), ("products", PRODUCTS)):
        if any(part in plain for part in parts):
            return kind
    fused = plain.split("_") if "fusion" in name else [plain]
    moved = all(part in MOVES for part in fused)
    return "data movement" if moved else "pointwise"


def by_kind(seconds: Mapping[str, float]) -> dict[str, float]:
    """Seconds of operations by name -> those of each kind."""
    found = dict.fromkeys(KINDS, 0.0)
    for name, own in seconds.items():
        found[kind_of(name)] += own
    return found
