"""Language models: of the next token, or of the next frame of music."""

from torch import Tensor, nn

from pytorch_impl.inputs import INPUTS
from pytorch_impl.recurrent import RECURRENT, State
from shared.specs import ModelSpec
from shared.weights.layout import head_size, step_size


class LanguageModel(nn.Module):
    """Next token or frame: (B, T) or (B, T, D) -> logits (B, T, V)."""

    def __init__(self, spec: ModelSpec):
        super().__init__()
        self.spec = spec
        self.input = INPUTS[spec.input](spec)
        self.input_dropout = nn.Dropout(spec.input_dropout)
        self.recurrent = RECURRENT[spec.impl](spec, step_size(spec))
        self.dropout = nn.Dropout(spec.dropout)
        self.head = nn.Linear(head_size(spec), spec.output_size)
        if spec.tie_weights:
            self.head.weight = self.input.table.weight  # (V, E), E = H

    def features(self, x: Tensor) -> Tensor:
        """The recurrent layers' inputs: (B, T) or (B, T, D) -> (B, T, D)."""
        return self.input(x)

    def forward(self, x: Tensor, lengths: Tensor | None = None) -> Tensor:
        """Logits of each step, from the initial state on."""
        return self.forward_from(x, self.initial_state(len(x)))[0]

    def initial_state(self, batch: int) -> State:
        """The state before the first token."""
        return self.recurrent.initial_state(batch)

    def forward_from(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        """Logits (B, T, V) from a given state on, and the state after."""
        vectors = self.input_dropout(self.features(x))  # (B, T, D)
        outputs, state = self.recurrent(vectors, state=state)  # (B, T, H)
        return self.logits(self.dropout(outputs)), state

    def logits(self, outputs: Tensor) -> Tensor:
        """The output layer, tied to the embedding or not: (B, T, V)."""
        return self.head(outputs)
