"""A model of stock layers, in a file that needs no code of ours."""

import torch

from shared.specs import ModelSpec, Weights


def save_model(spec: ModelSpec, tensors: Weights, path: str) -> None:
    """Write the tensors, by name, to a file that needs no code of ours."""
    state = {name: torch.from_numpy(a.copy()) for name, a in tensors.items()}
    torch.save(state, path)
