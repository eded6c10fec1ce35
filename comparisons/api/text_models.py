"""Models of texts: what labels them, and what translates them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from comparisons.api.base import Model

if TYPE_CHECKING:
    from shared.task import Prediction


class LabelingModel(Model):
    """A classifier of texts, or a tagger of their words."""

    def predict(
        self, texts: str | Iterable[str]
    ) -> list[Prediction] | list[list[Prediction]]:
        """The predictions for one text, or a list of them for several.

        A classifier has one prediction for a text, a tagger one for each
        word: `label`, `probability`, and `probs` of all labels.
        """
        from comparisons.arguments.checkpoints import codec_of_kind
        from comparisons.arguments.text_files import Texts
        from comparisons.arguments.texts import answered, in_batches
        from comparisons.commands.trained.predict import outputs_of
        from shared.task import LabelCodec

        if not (read := texts_of(texts)):
            return []
        options = self._options("predict", text=read)
        codec, metadata = codec_of_kind(self.trained, self.path, LabelCodec)
        path, found = str(self.path.resolve()), []
        for batch in in_batches(Texts(options, codec, metadata)):
            for example, outputs in answered(
                batch, lambda b: outputs_of(self._ask, path, b)
            ):
                text = example.text
                found.append(
                    []
                    if outputs is None
                    else codec.decode(outputs, text, metadata)
                )
        return found[0] if isinstance(texts, str) else found


class TranslationModel(Model):
    """A model from texts to texts: a translator, or a chatbot."""

    def translate(
        self, texts: str | Iterable[str], **options: Any
    ) -> str | list[str]:
        """The target of one source, or a list of them for several.

        options: those of `compare.py translate`, such as `beam=5`.
        """
        from comparisons.arguments.checkpoints import of_options
        from comparisons.arguments.text_files import Texts
        from comparisons.arguments.texts import answered, in_batches
        from comparisons.commands.trained.models import open_model
        from comparisons.commands.trained.translate import targets_of
        from shared.decoding.options import DecodingOptions
        from shared.task import Seq2SeqCodec

        if not (read := texts_of(texts)):
            return []
        parsed = self._options("translate", text=read, **options)
        rule = of_options(DecodingOptions, parsed)
        model = open_model(parsed, Seq2SeqCodec)
        found = [
            target or ""
            for batch in in_batches(Texts(parsed, model.codec, model.metadata))
            for _, target in answered(
                batch, lambda b: targets_of(self._ask, model, b, rule)
            )
        ]
        return found[0] if isinstance(texts, str) else found


def texts_of(texts: str | Iterable[str]) -> list[str]:
    return [texts] if isinstance(texts, str) else list(texts)
