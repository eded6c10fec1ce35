"""Sequence autoencoder: a sequence reconstructed from one vector."""

from torch import Tensor, nn

from pytorch_impl.pooling import final_hidden
from pytorch_impl.recurrent import RECURRENT, State
from shared.specs import ModelSpec
from shared.weights.layout import (
    autoencoder_decoder_spec,
    autoencoder_encoder_spec,
    step_size,
)


class StackedRNN(nn.Module):
    """Recurrent layers, of the encoder or of the decoder."""

    def __init__(self, spec: ModelSpec):
        super().__init__()
        self.recurrent = RECURRENT[spec.impl](spec, step_size(spec))

    def forward(
        self, x: Tensor, lengths: Tensor | None = None
    ) -> tuple[Tensor, State | list]:
        """Outputs of each step: (B, T, D) -> (B, T, H'), state."""
        return self.recurrent(x, lengths)


class Autoencoder(nn.Module):
    """Many-to-many reconstruction: (B, T, D) -> (B, T, K)."""

    def __init__(self, spec: ModelSpec):
        super().__init__()
        self.spec = spec
        self.encoder = StackedRNN(autoencoder_encoder_spec(spec))
        self.dropout = nn.Dropout(spec.dropout)
        self.decoder = StackedRNN(autoencoder_decoder_spec(spec))
        self.head = nn.Linear(spec.hidden_size, spec.output_size)

    def forward(self, x: Tensor, lengths: Tensor | None = None) -> Tensor:
        """Every decoder step reads the encoder's final hidden state."""
        outputs, state = self.encoder(x, lengths)  # (B, T, H')
        last = final_hidden(outputs, state, lengths, self.spec.bidirectional)
        code = self.dropout(last)  # (B, H')
        copies = code[:, None].expand(-1, x.shape[1], -1)  # (B, T, H')
        outputs, _ = self.decoder(copies)  # (B, T, H)
        return self.head(outputs)  # (B, T, K)
