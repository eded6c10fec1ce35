"""Which trained model, and what it can do."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from comparisons.api.base import ArrayModel, Model
from comparisons.api.generative_models import LanguageModel, MusicModel
from comparisons.api.speech_models import SpeechModel
from comparisons.api.text_models import LabelingModel, TranslationModel


def best(folder: str | Path, framework: str, cell: str) -> Model:
    """The best model of a framework and cell, by the validation score.

    folder: that of the comparison. The model has the method of its task:
    `predict` (labels of texts, or outputs for arrays), `generate` (text or
    music), `translate` or `transcribe` (files of sound). A model that is not
    there raises `UserError`.

    >>> import comparisons
    >>> model = comparisons.best(folder, "pytorch", "gru")
    >>> model.predict(comparisons.tasks()["sine"].load(data, 0).test.x).shape
    (40, 1)
    """
    from comparisons.arguments.checkpoints import checkpoint_path
    from comparisons.frameworks import get_framework
    from comparisons.records.checkpoints import load_checkpoint
    from comparisons.records.files import no_records, records_file
    from shared.errors import SpecError, UserError, unknown
    from shared.specs import CELLS
    from shared.tasks import get_task

    folder = Path(folder)
    get_framework(framework)
    if cell not in CELLS:
        raise SpecError(unknown("cell", cell, CELLS))
    if not records_file(folder).is_file():
        raise UserError(no_records(folder))
    where = {"task": task_of(folder), "framework": framework, "cell": cell}
    options = Namespace(checkpoint=None, out=folder, **where)
    path = checkpoint_path(options, ())
    trained = load_checkpoint(path)
    codec = type(get_task(trained.run.task).codec).__name__
    return MODELS.get(codec, ArrayModel)(path, trained, framework)


def task_of(folder: Path) -> str:
    from comparisons.analysis.loading import read_summary

    return read_summary(folder).task.name


MODELS: dict[str, type[Model]] = {
    "LabelCodec": LabelingModel,
    "LanguageModelCodec": LanguageModel,
    "FrameCodec": MusicModel,
    "Seq2SeqCodec": TranslationModel,
    "SoundCodec": SpeechModel,
}
"""Kind of a task's codec -> its model."""
