"""A PyTorch language model by hand, as PyTorch's examples write it.

The loop of examples/word_language_model, with Adam; ours is tuned no further.
"""

from collections.abc import Iterator

import torch
from torch import nn
from torch.nn import functional as F

from comparisons.bench.loops import Batches
from comparisons.bench.loops.pytorch import LAYERS, adam
from shared.specs import ModelSpec, TrainSpec


class Net(nn.Module):
    def __init__(self, spec: ModelSpec):
        super().__init__()
        self.table = nn.Embedding(spec.input_size, spec.embedding_size)
        self.rnn = LAYERS[spec.cell](
            spec.embedding_size,
            spec.hidden_size,
            num_layers=spec.num_layers,
            dropout=spec.dropout if spec.num_layers > 1 else 0.0,
            batch_first=True,
        )
        self.input_dropout = nn.Dropout(spec.input_dropout)
        self.dropout = nn.Dropout(spec.dropout)
        self.head = nn.Linear(spec.hidden_size, spec.output_size)

    def forward(self, x, state=None):
        """Logits (B, T, V) and the next state."""
        outputs, state = self.rnn(self.input_dropout(self.table(x)), state)
        return self.head(self.dropout(outputs)), state


def detach(state):
    if isinstance(state, tuple):
        return tuple(part.detach() for part in state)
    return state.detach()


def train(
    spec: ModelSpec, training: TrainSpec, batches: Batches, steps: int
) -> Iterator[float]:
    """Train epoch by epoch; yield each epoch's mean loss when it is done."""
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    model = Net(spec).to(device)
    optimizer, schedule = adam(model, training, steps)
    for epoch in range(training.epochs):
        total, state = 0.0, None
        for x, y, _ in batches(epoch):
            optimizer.zero_grad()
            logits, state = model(torch.from_numpy(x).to(device), state)
            state = detach(state)
            targets = torch.from_numpy(y).to(device).long()
            loss = F.cross_entropy(logits.flatten(0, 1), targets.flatten())
            loss.backward()
            if training.clip_norm:
                nn.utils.clip_grad_norm_(model.parameters(), training.clip_norm)
            optimizer.step()
            schedule.step()
            total += loss.detach()
        yield float(total) / steps
