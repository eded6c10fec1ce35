"""A sequence into another: encoder, bridge, attention, decoder."""

from typing import NamedTuple

import torch
from torch import Tensor, nn

from pytorch_impl.attention import ATTENTIONS, Memory, look
from pytorch_impl.sides import Bridge, Side
from shared.specs import ModelSpec
from shared.weights.seq2seq import FED, decoder_spec, encoder_spec


class Position(NamedTuple):
    """Where a decoder stands: its state, its last outputs (B, 1, H)."""

    state: Tensor | tuple | list
    outputs: Tensor


class Seq2seq(nn.Module):
    """Source and what is read (B, T, 2) -> next symbols (B, T, V)."""

    def __init__(self, spec: ModelSpec):
        super().__init__()
        self.spec, hidden = spec, spec.hidden_size
        self.encoder = Side(encoder_spec(spec))
        self.decoder = Side(decoder_spec(spec))
        self.bridge = Bridge(spec)
        self.attention = ATTENTIONS[spec.attention](hidden)
        if self.attention is not None:
            self.readout = nn.Linear(2 * hidden, hidden, bias=False)
        self.dropout = nn.Dropout(spec.dropout)
        self.head = nn.Linear(hidden, spec.output_size)
        if spec.tie_weights:
            self.head.weight = self.decoder.input.table.weight  # (V, E), E = H

    def forward(self, x: Tensor, lengths: Tensor | None = None) -> Tensor:
        """Logits of each step; x (B, T, 3) says where the own is read."""
        memory, position = self.encode(x[..., 0], lengths)
        if x.shape[2] > 2:
            return self.by_coins(x, memory, position)
        vectors = self.decoder(x[..., 1])  # (B, T, E)
        if not FED[self.spec.attention]:
            return self.logits(self.read(vectors, memory, position)[0])
        seen = []
        for vector in vectors.split(1, dim=1):  # (B, 1, E)
            found, position = self.read(vector, memory, position)
            seen.append(found)
        return self.logits(torch.cat(seen, dim=1))

    def by_coins(self, x: Tensor, memory: Memory, position: Position):
        """Read at each step what is told, or the likeliest after the last."""
        symbols, logits = x[:, :1, 1], []  # (B, 1)
        for t in range(x.shape[1]):
            if t:
                own = logits[-1].argmax(dim=-1)  # (B, 1)
                symbols = x[:, t : t + 1, 1]
                symbols = torch.where(x[:, t : t + 1, 2] == 1, own, symbols)
            found, position = self.step(symbols, memory, position)
            logits.append(found)
        return torch.cat(logits, dim=1)

    def encode(self, x: Tensor, lengths: Tensor | None):
        """Read a source (B, T): what is looked at, where to start."""
        vectors = self.encoder(x)  # (B, T, E)
        values, last = self.encoder.recurrent(vectors, lengths)
        inside = torch.ones_like(x, dtype=torch.bool)
        if lengths is not None:
            steps = torch.arange(x.shape[1], device=x.device)  # (T,)
            inside = steps < lengths[:, None]  # (B, T)
        keys = values
        if self.attention is not None:
            keys = self.attention.keys(values)  # (B, T, H)
        states = self.bridge(last)
        start = self.decoder.recurrent.begin(states)
        outputs = states[-1][0][:, None]  # (B, 1, H)
        return Memory(values, keys, inside), Position(start, outputs)

    def read(self, vectors: Tensor, memory: Memory, position: Position):
        """Read (B, T, E) on: what was seen (B, T, H or 2H), the position."""
        state, queries = position
        fed = FED[self.spec.attention]
        if fed:
            context, _ = look(self.attention, queries, memory)
            vectors = torch.cat((vectors, context), dim=-1)
        outputs, state = self.decoder.recurrent.resume(vectors, state)
        position = Position(state, outputs[:, -1:])
        if self.attention is None:
            return outputs, position
        if not fed:
            context, _ = look(self.attention, outputs, memory)
        return torch.cat((context, outputs), dim=-1), position

    def step(self, symbols: Tensor, memory: Memory, position: Position):
        """Read symbols (B, 1): logits (B, 1, V) of the next, the position."""
        vectors = self.decoder(symbols)  # (B, 1, E)
        seen, position = self.read(vectors, memory, position)
        return self.logits(seen), position

    def logits(self, seen: Tensor) -> Tensor:
        """The readout, then the head or the table tied to it: (B, T, V)."""
        if self.attention is not None:
            seen = torch.tanh(self.readout(seen))  # (B, T, H)
        return self.head(self.dropout(seen))
