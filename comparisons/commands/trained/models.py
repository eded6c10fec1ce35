"""A trained model as the options of a command name it, and its worker."""

from argparse import Namespace
from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, NamedTuple

from comparisons.arguments.checkpoints import (
    checkpoint_path,
    codec_of,
    tasks_with,
)
from comparisons.records.checkpoints import load_checkpoint
from comparisons.runs.trained import Ask, heading, model_worker
from shared.tasks import get_task
from shared.weights.checkpoints import Checkpoint


class TrainedModel(NamedTuple):
    """A checkpoint, its task's codec, and the framework that computes."""

    options: Namespace
    path: Path
    trained: Checkpoint
    codec: Any
    metadata: Mapping[str, Any]
    framework: str

    @property
    def heading(self) -> str:
        return heading(self.trained, self.framework)

    def worker(self) -> AbstractContextManager[Ask]:
        options = self.options
        where = (options.timeout, options.device, options.precision)
        return model_worker(self.trained, self.framework, *where)


def open_model(options: Namespace, *kinds: type) -> TrainedModel:
    """The model of the options, with a codec of one of these kinds."""
    path = checkpoint_path(options, tasks_with(*kinds))
    trained = load_checkpoint(path)
    codec = get_task(trained.run.task).codec
    kind = next((kind for kind in kinds if isinstance(codec, kind)), kinds[0])
    codec, metadata = codec_of(trained, path, options, kind)
    framework = options.framework or trained.run.framework
    return TrainedModel(options, path, trained, codec, metadata, framework)
