"""Models that sample what follows: texts and music."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from comparisons.api.base import Model

if TYPE_CHECKING:
    import numpy as np

    from comparisons.commands.trained.models import TrainedModel


class GenerativeModel(Model):
    """A model that samples what follows."""

    def _start(
        self, **options: Any
    ) -> tuple[TrainedModel, np.ndarray, dict[str, Any]]:
        from comparisons.arguments.checkpoints import prompt_of
        from comparisons.commands.trained import generate
        from comparisons.commands.trained.models import open_model
        from shared.task import FrameCodec, LanguageModelCodec

        parsed = self._options("generate", **options)
        model = open_model(parsed, LanguageModelCodec, FrameCodec)
        settings = generate.settings_of(parsed)
        if isinstance(model.codec, FrameCodec):
            start = generate.first_frames(model, settings)
        else:
            start = prompt_of(parsed, model.codec, model.metadata)
        generate.check_size(parsed, start)
        return model, start, settings

    def _sample(self, start: np.ndarray, settings: dict[str, Any]) -> Any:
        import numpy as np

        chunks: list[Any] = []
        self._ask(
            "generate",
            on_event=lambda event: chunks.append(event["tokens"]),
            start=start,
            settings=settings,
        )
        return np.concatenate(chunks, axis=1)


class LanguageModel(GenerativeModel):
    """A model that continues texts."""

    def generate(self, prompt: str | None = None, **options: Any) -> Any:
        """The prompt and its continuation; a list for several `samples`.

        options: those of `compare.py generate`, such as `length=200` tokens,
        `temperature=0.8`, `top_k=20`, `seed=1`, `samples=3`.
        """
        model, start, settings = self._start(prompt=prompt, **options)
        codec, metadata = model.codec, model.metadata
        begin = codec.decode(start, metadata)
        tokens = self._sample(start, settings)
        texts = [begin + codec.decode(row, metadata) for row in tokens]
        return texts if "samples" in options else texts[0]


class MusicModel(GenerativeModel):
    """A model of piano rolls."""

    def generate(self, **options: Any) -> Any:
        """Frames (n, K), 0 or 1, the given ones first; a list for `samples`.

        options: those of `compare.py generate`, such as `length=200` frames,
        `frames=8` of a piece to continue, `temperature=0.9`.
        """
        import numpy as np

        _, start, settings = self._start(**options)
        found = self._sample(start, settings)
        pieces = [np.concatenate([start, frames]) for frames in found]
        return pieces if "samples" in options else pieces[0]
