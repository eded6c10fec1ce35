"""A trained model from Python; a process of its framework computes."""

from __future__ import annotations

import weakref
from argparse import Namespace
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from comparisons.api.run import words_of

if TYPE_CHECKING:
    import numpy as np

    from shared.weights.checkpoints import Checkpoint

METHODS = ("predict", "generate", "translate", "transcribe")
"""What a model has one of."""

TIMEOUT = 900.0
"""Seconds that one answer may take."""


class Model:
    """A trained model; see `best`.

    Its process starts with the first answer and ends with `close`, with the
    model, or at the end of a `with` block.
    """

    def __init__(self, path: Path, trained: Checkpoint, framework: str):
        self.path, self.trained, self.framework = path, trained, framework
        self._process = ExitStack()
        self._worker: Any = None
        weakref.finalize(self, self._process.close)

    if TYPE_CHECKING:  # which of METHODS it has is known when it runs

        def predict(self, *given: Any, **options: Any) -> Any: ...

        def generate(self, *given: Any, **options: Any) -> Any: ...

        def translate(self, *given: Any, **options: Any) -> Any: ...

        def transcribe(self, *given: Any, **options: Any) -> Any: ...

    else:

        def __getattr__(self, name: str) -> Any:
            """AttributeError that names the method which the model has."""
            own = ", ".join(n for n in METHODS if hasattr(type(self), n))
            raise AttributeError(
                f"a {type(self).__name__} has no '{name}', but {own}"
            )

    def close(self) -> None:
        """End the process; a later answer starts another one."""
        self._process.close()
        self._worker = None

    def __enter__(self) -> Model:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def __repr__(self) -> str:
        from comparisons.runs.trained import title

        return f"<{type(self).__name__}: {title(self.trained)}>"

    def _ask(self, job: str, **request: Any) -> Any:
        from comparisons.runs.trained import model_worker

        if self._worker is None:
            context = model_worker(self.trained, self.framework, TIMEOUT)
            self._worker = self._process.enter_context(context)
        try:
            return self._worker(
                job, **{"path": str(self.path.resolve())} | request
            )
        except BaseException:  # it may have ended, or be in the midst of it
            self.close()
            raise

    def _options(self, command: str, **options: Any) -> Namespace:
        """The options of a command on this model, checked as there."""
        from comparisons.arguments.command_line import parse

        where = {"checkpoint": self.path, "framework": self.framework}
        return parse(command, words_of(command, where | options))


class ArrayModel(Model):
    """A model of numbers."""

    def predict(self, x: Any, lengths: Any = None) -> np.ndarray:
        """Outputs (N, K) or (N, T, K) without dropout; logits of a classifier.

        x: values (N, T, D) or indices (N, T), as the task loads them;
        lengths: (N,) where sequences are padded.
        """
        import numpy as np

        if lengths is None:
            lengths = np.full(len(x), np.shape(x)[1])
        answer = self._ask("predict", x=np.asarray(x), lengths=lengths)
        outputs: np.ndarray = answer["outputs"]
        return outputs
