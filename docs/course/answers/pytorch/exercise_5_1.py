import torch
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence


def pad(sequences: list[list[int]], value: int) -> tuple[Tensor, Tensor]:
    """Padded tokens (B, T), and the length of each sequence (B)."""
    tensors = [torch.tensor(s) for s in sequences]
    tokens = pad_sequence(tensors, batch_first=True, padding_value=value)
    lengths = torch.tensor([len(s) for s in sequences])
    return tokens, lengths
