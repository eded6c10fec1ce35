"""Sequence to sequence: encoder, bridge, decoder with attention."""

from typing import NamedTuple

import torch
from torch import Tensor, nn

from pytorch_impl.attention import ATTENTIONS, Memory, attend
from pytorch_impl.encoder_decoder import Bridge, EmbeddedRNN
from pytorch_impl.pooling import final_hidden
from pytorch_impl.recurrent import State
from pytorch_impl.scratch import sequence_mask
from shared.specs import ModelSpec
from shared.weights.seq2seq import INPUT_FEEDING, decoder_spec, encoder_spec


class DecoderState(NamedTuple):
    """The recurrent layers' state and their last outputs (B, 1, H)."""

    state: State
    outputs: Tensor


class Seq2seq(nn.Module):
    """Source and decoder input (B, T, 2) -> logits (B, T, V)."""

    def __init__(self, spec: ModelSpec):
        super().__init__()
        self.spec, hidden = spec, spec.hidden_size
        self.encoder = EmbeddedRNN(encoder_spec(spec))
        self.decoder = EmbeddedRNN(decoder_spec(spec))
        self.bridge = Bridge(spec)
        self.attention = ATTENTIONS[spec.attention](hidden)
        if self.attention is not None:
            self.readout = nn.Linear(2 * hidden, hidden, bias=False)
        self.dropout = nn.Dropout(spec.dropout)
        self.head = nn.Linear(hidden, spec.output_size)
        if spec.tie_weights:
            self.head.weight = self.decoder.input.table.weight  # (V, E), E = H

    def forward(
        self,
        x: Tensor,
        lengths: Tensor | None = None,
        sample_mask: Tensor | None = None,
    ) -> Tensor:
        """Logits of each step, by teacher forcing or scheduled sampling."""
        source, tokens = x.unbind(dim=-1)  # each (B, T)
        memory, state = self.encode(source, lengths)
        if sample_mask is not None:
            return self.decode_with_scheduled_sampling(
                tokens, sample_mask, memory, state
            )
        vectors = self.decoder.embed(tokens)  # (B, T, E)
        if not INPUT_FEEDING[self.spec.attention]:
            return self.logits(self.run_decoder(vectors, memory, state)[0])
        features = []
        for vector in vectors.split(1, dim=1):  # (B, 1, E)
            feature, state = self.run_decoder(vector, memory, state)
            features.append(feature)
        return self.logits(torch.cat(features, dim=1))

    def decode_with_scheduled_sampling(
        self,
        tokens: Tensor,
        sample_mask: Tensor,
        memory: Memory,
        state: DecoderState,
    ) -> Tensor:
        """Logits (B, T, V); the mask (B, T) puts predictions for tokens."""
        predicted, logits = tokens[:, :1], []  # the first is never sampled
        for token, sampled in zip(tokens.split(1, 1), sample_mask.split(1, 1)):
            token = torch.where(sampled, predicted, token)  # (B, 1)
            step_logits, state = self.step(token, memory, state)
            predicted = step_logits.argmax(dim=-1)
            logits.append(step_logits)
        return torch.cat(logits, dim=1)

    def encode(
        self, source: Tensor, lengths: Tensor | None
    ) -> tuple[Memory, DecoderState]:
        """The memory of a source (B, T), and the decoder's initial state."""
        values, after = self.encoder(source, lengths)  # (B, T, H)
        mask = sequence_mask(source, lengths)
        if mask is None:
            mask = torch.ones_like(source, dtype=torch.bool)
        keys = values
        if self.attention is not None:
            keys = self.attention.keys(values)  # (B, T, H)
        hidden = final_hidden(values, after, lengths, self.spec.bidirectional)
        layer_states = self.bridge(hidden)
        state = self.decoder.recurrent.state_from(layer_states)
        outputs = layer_states[-1][0][:, None]  # (B, 1, H)
        return Memory(values, keys, mask), DecoderState(state, outputs)

    def run_decoder(
        self, vectors: Tensor, memory: Memory, state: DecoderState
    ) -> tuple[Tensor, DecoderState]:
        """Context and outputs, joined: (B, T, E) -> (B, T, 2H), state."""
        queries = state.outputs
        if INPUT_FEEDING[self.spec.attention]:
            context, _ = attend(self.attention, queries, memory)
            vectors = torch.cat((vectors, context), dim=-1)
        outputs, after = self.decoder.recurrent(vectors, state=state.state)
        state = DecoderState(after, outputs[:, -1:])
        if self.attention is None:
            return outputs, state  # (B, T, H)
        if not INPUT_FEEDING[self.spec.attention]:
            context, _ = attend(self.attention, outputs, memory)
        return torch.cat((context, outputs), dim=-1), state

    def step(
        self, tokens: Tensor, memory: Memory, state: DecoderState
    ) -> tuple[Tensor, DecoderState]:
        """One decoder step: tokens (B, 1) -> logits (B, 1, V), state."""
        vectors = self.decoder.embed(tokens)  # (B, 1, E)
        features, state = self.run_decoder(vectors, memory, state)
        return self.logits(features), state

    def logits(self, features: Tensor) -> Tensor:
        """Readout and output layer: (B, T, H or 2H) -> (B, T, V)."""
        if self.attention is not None:
            features = torch.tanh(self.readout(features))  # (B, T, H)
        return self.head(self.dropout(features))
