"""A comparison as event files of TensorBoard, written without a framework.

Each run is a folder with its scalars and, for the HParams tab, its
hyper-parameters and scores; the table and figures are in a folder of their own.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from comparisons.publish.content import Group, Published

EVENTS = "events.out.tfevents.*"
TABLES = "comparison"


def write_events(groups: Iterable[Group], out: Path) -> str:
    """Write a folder for each run; what was published before is replaced."""
    many = list(groups)
    for group in many:
        place = out / group.slug if len(many) > 1 else out
        for run in group.runs:
            write_run(run, place / run.slug)
        write_group(group, place / TABLES)
    return f"tensorboard --logdir {out}"


def writer(folder: Path) -> Any:
    """A writer of one file; those of an earlier publication are removed."""
    from tensorboardX import SummaryWriter

    for path in folder.glob(EVENTS):
        path.unlink()
    return SummaryWriter(str(folder), write_to_disk=True)


def write_run(run: Published, folder: Path) -> None:
    from tensorboardX.summary import hparams

    with writer(folder) as events:
        for step in run.steps:
            for name, value in step.scalars.items():
                events.add_scalar(name, value, step.epoch, step.time)
        for name, value in run.scores.items():
            events.add_scalar(name, value, len(run.steps), run.ended)
        for summary in hparams(dict(run.parameters), dict(run.scores)):
            events.file_writer.add_summary(summary, walltime=run.began)
        rows = "\n".join(f"| {n} | {v} |" for n, v in run.tags.items() if v)
        events.add_text("run", f"| | |\n| --- | --- |\n{rows}", 0, run.began)


def write_group(group: Group, folder: Path) -> None:
    """The results table, and the figures as images."""
    import matplotlib.image

    with writer(folder) as events:
        events.add_text("results", group.markdown, 0)
        for path in group.figures:
            pixels = matplotlib.image.imread(path)  # (H, W, 3 or 4), 0 to 1
            events.add_image(path.stem, pixels[..., :3], 0, dataformats="HWC")
