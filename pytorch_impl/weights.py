"""Canonical weights in and out: PyTorch keeps them transposed.

nn.RNN, nn.GRU and nn.LSTM hold weight_ih_l0 (G·H, D), the gates in the
canonical order, and two biases. RNN and LSTM only ever use their sum: it is
one parameter, and leaves as one.
"""

from collections.abc import Iterator

import torch
from torch import Tensor, nn

from shared.specs import ModelSpec, Weights, cell_weights
from shared.weights.layout import layer_prefixes, non_recurrent_shapes, stacks

NAMES = {
    "w_ih": "weight_ih",
    "w_hh": "weight_hh",
    "b_ih": "bias_ih",
    "b_hh": "bias_hh",
}


def load_weights(model: nn.Module, weights: Weights) -> None:
    """Copy canonical weights into the model."""
    with torch.no_grad():
        for bias in second_biases(model):
            bias.zero_()
        for name, _, tensor in named_tensors(model):
            view = canonical_view(model, name, tensor)
            view.copy_(torch.from_numpy(weights[name]))


def export_weights(model: nn.Module) -> Weights:
    """A copy of the model's weights in the canonical layout."""
    weights = {}
    for name, _, tensor in named_tensors(model):
        view = canonical_view(model, name, tensor.detach())
        weights[name] = view.cpu().numpy().copy()
    firsts = [name for name in weights if name.endswith("b_ih")]
    for name, bias in zip(firsts, second_biases(model), strict=False):
        weights[name] += bias.detach().cpu().numpy()
    return weights


def count_parameters(model: nn.Module) -> int:
    """The number of trainable parameters."""
    return sum(p.numel() for p in model.parameters() if p.requires_grad)


def named_tensors(model: nn.Module) -> Iterator[tuple[str, str, Tensor]]:
    """Canonical name, own name and tensor of each weight, in order."""
    own_names = dict(model.named_parameters())
    for prefix, spec in stacks(model.spec):
        if spec.input == "embedding":
            own = f"{prefix}input.table.weight"
            yield f"{prefix}embedding.table", own, own_names[own]
        for name, own in RECURRENT_NAMES[spec.impl](spec):
            yield prefix + name, prefix + own, own_names[prefix + own]
    for name in non_recurrent_shapes(model.spec):
        own = name.replace("bridge.", "bridge.layers.")
        own = own.replace("shapes.table", "shapes.table.weight")
        own = own.replace("conv.", "input.conv.").replace("kernel", "weight")
        yield name, own, own_names[own]


def native_names(spec: ModelSpec) -> Iterator[tuple[str, str]]:
    """Each canonical name, and where native layers keep the weight."""
    for prefix, _ in layer_prefixes(spec):
        layer, suffix = prefix.split(".")[1], ""
        if "reverse" in prefix:
            suffix = "_reverse"
        for part in weight_names(spec):
            own = f"{NAMES[part]}_l{layer}{suffix}"
            yield prefix + part, f"recurrent.layers.{own}"


def scratch_names(spec: ModelSpec) -> Iterator[tuple[str, str]]:
    """The same of layers from scratch."""
    for prefix, _ in layer_prefixes(spec):
        layer, direction = prefix.split(".")[1], int("reverse" in prefix)
        for part in weight_names(spec):
            own = f"recurrent.layers.{layer}.{direction}.{part}"
            yield prefix + part, own


RECURRENT_NAMES = {
    "native": native_names,
    "scratch": scratch_names,
    "bptt": scratch_names,
}


def weight_names(spec: ModelSpec) -> tuple[str, ...]:
    """The weights of one layer and direction; b_hh is the GRU's alone."""
    return cell_weights(spec.cell, spec.layer_norm)


# nn.RNN and nn.LSTM have two biases, of which only the sum matters.
def second_biases(model: nn.Module) -> list[Tensor]:
    """The biases bias_hh of RNN and LSTM, which bias_ih already covers."""
    used = "b_hh" in weight_names(model.spec)
    if model.spec.impl != "native" or used:
        return []
    return [
        parameter
        for name, parameter in model.named_parameters()
        if "bias_hh" in name
    ]


def canonical_view(model: nn.Module, name: str, tensor: Tensor) -> Tensor:
    """The tensor in the canonical layout: inputs before outputs."""
    if name.endswith(".kernel"):  # of nn.Conv2d: (outputs, inputs, H, W)
        return tensor.permute(2, 3, 1, 0)
    # nn.Linear and nn.LSTM keep (outputs, inputs), from scratch the reverse.
    native = model.spec.impl == "native" and "w_" in name
    return tensor.T if native or name.endswith(".weight") else tensor
