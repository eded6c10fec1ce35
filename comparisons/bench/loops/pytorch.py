"""PyTorch training loops by hand: as the tutorials write it, and tuned.

Tutorial: padded sequences are packed. Tuned: a padded sequence is read as it
is, and reversed in place for the second direction; on a CPU, packing is slow
for sequences of more than about 16 steps.
"""

from collections.abc import Callable, Iterator
from functools import partial

import torch
from torch import nn
from torch.nn import functional as F
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from comparisons.bench.loops import Batches
from shared.specs import ModelSpec, TrainSpec

LAYERS = {"rnn": nn.RNN, "gru": nn.GRU, "lstm": nn.LSTM}


class Net(nn.Module):
    def __init__(self, spec: ModelSpec, packs: bool):
        super().__init__()
        self.table, size, width = None, spec.input_size, spec.hidden_size
        if spec.input == "embedding":
            self.table = nn.Embedding(size, spec.embedding_size, padding_idx=0)
            size = spec.embedding_size
        layer, self.packs = LAYERS[spec.cell], packs
        both = packs and spec.bidirectional
        self.rnn = layer(size, width, batch_first=True, bidirectional=both)
        self.reverse_rnn = None
        if spec.bidirectional and not packs:
            self.reverse_rnn = layer(size, width, batch_first=True)
        self.input_dropout = nn.Dropout(spec.input_dropout)
        self.dropout = nn.Dropout(spec.dropout)
        self.pooled = spec.pooling == "mean+max"
        width *= (2 if spec.bidirectional else 1) * (1 + self.pooled)
        self.head = nn.Linear(width, spec.output_size)

    def forward(self, x, lengths=None):
        """Outputs (B, K) from each sequence's last state, or all steps."""
        x = x if self.table is None else self.input_dropout(self.table(x))
        read = self.read_packed if self.packs else self.read_padded
        outputs, hidden = read(x, lengths)
        if self.pooled:
            steps = torch.arange(outputs.shape[1])
            past = (steps >= lengths[:, None])[:, :, None]
            mean = outputs.masked_fill(past, 0.0).sum(dim=1)
            highest = outputs.masked_fill(past, -torch.inf).amax(dim=1)
            hidden = torch.cat((mean / lengths[:, None], highest), dim=-1)
        return self.head(self.dropout(hidden))

    def read_packed(self, x, lengths):
        """Outputs (B, T, H'), last h of each direction (B, H')."""
        if lengths is not None:
            x = pack_padded_sequence(
                x, lengths, batch_first=True, enforce_sorted=False
            )
        outputs, state = self.rnn(x)
        if self.pooled:
            outputs, _ = pad_packed_sequence(outputs, batch_first=True)
        h = state[0] if isinstance(state, tuple) else state
        return outputs, torch.cat(tuple(h), dim=-1)

    def read_padded(self, x, lengths):
        """The same without packing."""
        rows, steps = torch.arange(len(x)), torch.arange(x.shape[1])
        if lengths is None:
            lengths = torch.full((len(x),), x.shape[1])
        outputs, _ = self.rnn(x)
        hidden = outputs[rows, lengths - 1]  # (B, H)
        if self.reverse_rnn is None:
            return outputs, hidden
        mirrored = lengths[:, None] - 1 - steps  # (B, T)
        order = torch.where(mirrored < 0, steps, mirrored)[:, :, None]
        backward, _ = self.reverse_rnn(x.gather(1, order.expand_as(x)))
        last = backward[rows, lengths - 1]
        backward = backward.gather(1, order.expand_as(backward))
        outputs = torch.cat((outputs, backward), dim=-1)
        return outputs, torch.cat((hidden, last), dim=-1)


LOSSES = {
    "squared_error": F.mse_loss,
    "cross_entropy": F.cross_entropy,
    "binary_cross_entropy": lambda outputs, y: (
        F.binary_cross_entropy_with_logits(outputs[:, 0], y.float())
    ),
}


def adam(model: nn.Module, training: TrainSpec, steps: int):
    optimizer = torch.optim.Adam(model.parameters(), lr=training.learning_rate)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(
        optimizer, steps * training.epochs
    )
    return optimizer, schedule


def run(
    spec: ModelSpec,
    training: TrainSpec,
    batches: Batches,
    steps: int,
    packs: bool,
) -> Iterator[float]:
    """Train epoch by epoch; yield each epoch's mean loss when it is done."""
    model, compute_loss = Net(spec, packs), LOSSES[spec.loss]
    optimizer, schedule = adam(model, training, steps)
    for epoch in range(training.epochs):
        total = 0.0
        for x, y, lengths in batches(epoch):
            optimizer.zero_grad()
            n = None if lengths is None else torch.from_numpy(lengths)
            outputs = model(torch.from_numpy(x), n)
            y = torch.from_numpy(y)
            loss = compute_loss(outputs, y if y.ndim > 1 else y.long())
            loss.backward()
            if training.clip_norm:
                nn.utils.clip_grad_norm_(model.parameters(), training.clip_norm)
            optimizer.step()
            schedule.step()
            total += loss.detach()
        yield float(total) / steps


train, train_tuned = partial(run, packs=True), partial(run, packs=False)


def matrix_product(size: int) -> Callable[[], object]:
    """A function that multiplies two (size, size) matrices and waits."""
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    a = torch.randn(size, size, device=device)
    return lambda: (a @ a)[0, 0].item()
