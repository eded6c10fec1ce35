"""Exhibits of videos."""

from shared.exhibits.confusion import confusion_exhibits
from shared.exhibits.kinds import Exhibit, Lines, Matrix, Series
from shared.exhibits.runs import RunView, details_by_cell, one_seed, runs_with

HEADS = ("direction", "digit")


def video_exhibits(runs: list[RunView]) -> list[Exhibit]:
    known, first = runs_with(runs, "by_frame"), one_seed(runs, "video")
    if not known or not first:
        return []
    return [
        *(_by_frame(known, head) for head in HEADS),
        _strip(first),
        *confusion_exhibits(runs, "videos"),
    ]


def _by_frame(runs: list[RunView], head: str) -> Lines:
    """Accuracy of a head after each frame, means over seeds."""
    series = []
    for cell, own in details_by_cell(runs, "by_frame").items():
        columns = zip(*(one[head] for one in own), strict=True)
        means = tuple(100 * sum(column) / len(own) for column in columns)
        frames = tuple(float(n + 1) for n in range(len(means)))
        series.append(Series(cell, means, frames))
    ends = ", ".join(
        f"{one.name} {one.y[0]:.1f} % after one frame, {one.y[-1]:.1f} % after "
        f"{len(one.y)}"
        for one in series
    )
    return Lines(
        name=f"{head}-by-frame",
        title=f"Accuracy of the {head}: {ends}",
        text=(
            f"Percent of the test videos whose {head} is correct after the "
            f"first frames, {runs[0].framework}, mean over seeds. The "
            "direction is that at each frame."
        ),
        x_label="frames read",
        y_label=f"accuracy of the {head} (%)",
        series=tuple(series),
    )


def _strip(runs: list[RunView]) -> Matrix:
    """The last frames of one test video, side by side."""
    video = runs[0].details["video"]
    rows = video["frames"]
    side = len(rows)
    predicted = ", ".join(
        f"{run.cell} {run.details['video']['predicted']}" for run in runs
    )
    return Matrix(
        name="video",
        title=f"One test video: {video['truth']}",
        text=(
            f"Its last {len(rows[0]) // side} frames, from left to right. "
            f"Predicted, {runs[0].framework}: {predicted}."
        ),
        row_label="row",
        column_label="column, frame after frame",
        rows=tuple(str(n) for n in range(side)),
        columns=tuple(
            f"{n // side + 1}:{n % side}" for n in range(len(rows[0]))
        ),
        values=tuple(tuple(int(s) / 9 for s in row) for row in rows),
    )
