"""A PyTorch training loop by hand, as the framework's tutorials write it."""

from collections.abc import Callable, Iterable, Iterator

import torch
from torch import nn
from torch.nn import functional as F

from shared.specs import ModelSpec, Split, TrainSpec

LAYERS = {"rnn": nn.RNN, "gru": nn.GRU, "lstm": nn.LSTM}


class Net(nn.Module):
    """Embedding if there are indices, one recurrent layer, one output."""

    def __init__(self, spec: ModelSpec):
        super().__init__()
        self.table, size = None, spec.input_size
        if spec.input == "embedding":
            self.table = nn.Embedding(size, spec.embedding_size, padding_idx=0)
            size = spec.embedding_size
        self.rnn = LAYERS[spec.cell](size, spec.hidden_size, batch_first=True)
        self.head = nn.Linear(spec.hidden_size, spec.output_size)

    def forward(self, x, lengths=None):
        """Outputs (B, K) from each sequence's last step."""
        outputs, _ = self.rnn(x if self.table is None else self.table(x))
        if lengths is None:
            return self.head(outputs[:, -1])
        return self.head(outputs[torch.arange(len(x)), lengths - 1])


def train(
    spec: ModelSpec,
    training: TrainSpec,
    batches: Callable[[int], Iterable[Split]],
    steps: int,
) -> Iterator[float]:
    """Train epoch by epoch; yield each epoch's mean loss when it is done."""
    model = Net(spec)
    loss_of = F.mse_loss if spec.model == "forecaster" else F.cross_entropy
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
