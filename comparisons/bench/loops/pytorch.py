"""A PyTorch training loop by hand, as the framework's tutorials write it."""

from collections.abc import Callable, Iterable, Iterator

import torch
from torch import nn
from torch.nn import functional as F
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from shared.specs import ModelSpec, Split, TrainSpec

LAYERS = {"rnn": nn.RNN, "gru": nn.GRU, "lstm": nn.LSTM}


class Net(nn.Module):
    def __init__(self, spec: ModelSpec):
        super().__init__()
        self.table, size, width = None, spec.input_size, spec.hidden_size
        if spec.input == "embedding":
            self.table = nn.Embedding(size, spec.embedding_size, padding_idx=0)
            size = spec.embedding_size
        self.rnn = LAYERS[spec.cell](
            size, width, batch_first=True, bidirectional=spec.bidirectional
        )
        self.input_dropout = nn.Dropout(spec.input_dropout)
        self.dropout = nn.Dropout(spec.dropout)
        self.pooled = spec.pooling == "mean+max"
        width *= (2 if spec.bidirectional else 1) * (1 + self.pooled)
        self.head = nn.Linear(width, spec.output_size)

    def forward(self, x, lengths=None):
        """Outputs (B, K) from each sequence's last state."""
        x = x if self.table is None else self.input_dropout(self.table(x))
        if lengths is not None:
            x = pack_padded_sequence(
                x, lengths, batch_first=True, enforce_sorted=False
            )
        outputs, state = self.rnn(x)
        if self.pooled:
            outputs, _ = pad_packed_sequence(outputs, batch_first=True)
            steps = torch.arange(outputs.shape[1])
            past = (steps >= lengths[:, None])[:, :, None]
            mean = outputs.sum(dim=1) / lengths[:, None]
            highest = outputs.masked_fill(past, -torch.inf).amax(dim=1)
            return self.head(self.dropout(torch.cat((mean, highest), dim=-1)))
        h = state[0] if isinstance(state, tuple) else state
        return self.head(self.dropout(torch.cat(tuple(h), dim=-1)))


def binary(outputs, y):
    """Cross-entropy of one logit for two classes."""
    return F.binary_cross_entropy_with_logits(outputs[:, 0], y.float())


LOSSES = {
    "squared_error": F.mse_loss,
    "cross_entropy": F.cross_entropy,
    "binary_cross_entropy": binary,
}


def train(
    spec: ModelSpec,
    training: TrainSpec,
    batches: Callable[[int], Iterable[Split]],
    steps: int,
) -> Iterator[float]:
    """Train; yield the mean loss of each epoch."""
    model = Net(spec)
    loss_of = LOSSES[spec.loss]
    optimizer = torch.optim.Adam(model.parameters(), lr=training.learning_rate)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(
        optimizer, steps * training.epochs
    )
    for epoch in range(training.epochs):
        total = 0.0
        for x, y, lengths in batches(epoch):
            optimizer.zero_grad()
            n = None if lengths is None else torch.from_numpy(lengths)
            outputs = model(torch.from_numpy(x), n)
            y = torch.from_numpy(y)
            loss = loss_of(outputs, y if y.ndim > 1 else y.long())
            loss.backward()
            if training.clip_norm:
                nn.utils.clip_grad_norm_(model.parameters(), training.clip_norm)
            optimizer.step()
            schedule.step()
            total += loss.detach()
        yield float(total) / steps


def matrix_product(size: int) -> Callable[[], object]:
    """A function that multiplies two (size, size) matrices and waits."""
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    a = torch.randn(size, size, device=device)

    def multiply():
        return (a @ a)[0, 0].item()

    return multiply
