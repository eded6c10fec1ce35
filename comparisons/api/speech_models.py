"""Models of sounds: what writes their text."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from comparisons.api.base import Model


class SpeechModel(Model):
    """A model from sounds to texts."""

    def transcribe(
        self, files: str | Path | Iterable[str | Path], **options: Any
    ) -> str | list[str]:
        """The text of one file of sound, or a list of them for several.

        options: those of `compare.py transcribe`, such as `beam=10`.
        """
        from comparisons.api.run import words_of
        from comparisons.arguments.command_line import parse
        from comparisons.commands.trained.models import open_model
        from comparisons.commands.trained.transcribe import read, texts_of
        from shared.task import SoundCodec

        one = isinstance(files, str | Path)
        paths = [files] if isinstance(files, str | Path) else list(files)
        if not paths:
            return []
        where = {"checkpoint": self.path, "framework": self.framework}
        words = words_of("transcribe", where | options)
        parsed = parse("transcribe", [*words, "--", *map(str, paths)])
        model = open_model(parsed, SoundCodec)
        sounds = [read(path, model) for path in parsed.files]
        found = list(texts_of(self._ask, model, sounds, parsed.beam))
        return found[0] if one else found
