"""A sequence in, the same sequence back through one vector."""

from torch import Tensor, nn

from pytorch_impl.recurrent import RECURRENT
from shared.specs import ModelSpec
from shared.weights.layout import (
    autoencoder_decoder_spec,
    autoencoder_encoder_spec,
    step_size,
)


class Half(nn.Module):
    """Recurrent layers, of the encoder or of the decoder."""

    def __init__(self, spec: ModelSpec):
        super().__init__()
        self.recurrent = RECURRENT[spec.layers](spec, step_size(spec))

    def forward(self, x: Tensor, lengths: Tensor | None = None):
        """Read whole sequences: (B, T, H'), last (B, H')."""
        return self.recurrent(x, lengths)


class Autoencoder(nn.Module):
    """Many-to-many reconstruction: (B, T, D) -> (B, T, K)."""

    def __init__(self, spec: ModelSpec):
        super().__init__()
        self.spec = spec
        self.encoder = Half(autoencoder_encoder_spec(spec))
        self.dropout = nn.Dropout(spec.dropout)
        self.decoder = Half(autoencoder_decoder_spec(spec))
        self.head = nn.Linear(spec.hidden_size, spec.output_size)

    def forward(self, x: Tensor, lengths: Tensor | None = None) -> Tensor:
        """Unfold at every step what the last state holds."""
        _, last = self.encoder(x, lengths)  # (B, H')
        code = self.dropout(last)
        copies = code[:, None].expand(-1, x.shape[1], -1)  # (B, T, H')
        outputs, _ = self.decoder(copies)  # (B, T, H)
        return self.head(outputs)  # (B, T, K)
