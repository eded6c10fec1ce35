"""A model of stock layers, in a file that needs no code of ours."""

from pathlib import Path

from flax import traverse_util

from shared.specs import ModelSpec, Weights


def save_model(spec: ModelSpec, tensors: Weights, path: str) -> None:
    """Write the tensors, by name, to a file that needs no code of ours."""
    import orbax.checkpoint as ocp  # not at the top: no training needs it

    tree = traverse_util.unflatten_dict(tensors, sep=".")
    with ocp.StandardCheckpointer() as checkpointer:
        checkpointer.save(Path(path).absolute(), tree, force=True)
