"""Runs that are scored, not timed: no table has a number of their clock."""

import json
import re

import pandas as pd
import pytest
from factories import records as made

from comparisons.analysis.exports.runs_table import write_runs
from comparisons.analysis.formats import FORMATS, frame
from comparisons.analysis.loading import read_parts
from comparisons.analysis.notes import notes
from comparisons.analysis.results import texts
from comparisons.report.markdown import write_markdown
from comparisons.report.page import write_page
from comparisons.report.static_figures import draw_figures

pytestmark = pytest.mark.usefixtures("numpy_training")

SECONDS = 71.93
"""An epoch of a scored run: no other number has these digits."""

SPEED = (
    *("train_seconds", "step_ms_median", "step_ms_iqr", "seqs_per_second"),
    *("compile_seconds", "latency_ms", "peak_memory_mb"),
)


def scored(record):
    """The run as it is recorded where several run at once."""
    epochs = [e | {"seconds": SECONDS} for e in record["epochs"]]
    return record | {
        "timing": "scored",
        "epochs": epochs,
        "seconds": SECONDS,
        **dict.fromkeys(("wall_seconds", "scoring_seconds"), SECONDS),
        "validation_seconds": SECONDS,
        **dict.fromkeys(("peak_memory_mb", "device_memory_mb"), SECONDS),
        "inference_seconds": [SECONDS],
        "checks": {"timings_add_up": False},
    }


def with_scored(chosen):
    return [
        scored(r) if r["kind"] == "run" and r["status"] == "ok" and chosen(r)
        else r
        for r in made.comparison()
    ]  # fmt: skip


def everything(_):
    return True


def of_gru(record):
    return record["cell"] == "gru"


def of_seed_2(record):
    return record["seed"] == 2


def numbers(text):
    """The numbers of a page in any unit: digits without zeros and point."""
    found = re.findall(r"\d[\d,.]*", text)
    return {re.sub(r"[,.]", "", n).strip("0") for n in found}


@pytest.mark.parametrize("chosen", [everything, of_gru, of_seed_2])
def test_no_file_shows_a_second_of_a_scored_run(tmp_path, chosen):
    folder = made.stored(tmp_path / "out", with_scored(chosen))
    (part,) = read_parts([folder])
    write_page([part], tmp_path / "report.html")
    write_markdown(part.summary, tmp_path / "report.md")
    draw_figures(part.summary, tmp_path)
    write_runs(part.summary, tmp_path / "runs.parquet")
    shown = [
        (tmp_path / f"report.{kind}").read_text() for kind in ("html", "md")
    ]
    shown += [write(part.summary) for write in FORMATS.values()]
    shown.append(pd.read_parquet(tmp_path / "runs.parquet").to_csv())
    for text in shown:
        assert not any(n.startswith("7193") for n in numbers(text))
        assert not re.search(r"\bnan\b", text.replace("NaN", ""))


def test_the_scores_of_scored_runs_count_and_their_times_do_not():
    timed = made.summarized(made.comparison())
    mixed = made.summarized(with_scored(of_gru))
    whole, part = (
        frame(s).set_index(["framework", "cell"]) for s in (timed, mixed)
    )
    assert part["metric_mean"].equals(whole["metric_mean"])
    gru = part.index.get_level_values("cell") == "gru"
    assert part.loc[gru, list(SPEED)].isna().all(axis=None)
    same = part.loc[~gru, list(SPEED)].compare(whole.loc[~gru, list(SPEED)])
    assert same.empty


def test_times_of_a_mixed_row_are_those_of_its_timed_seeds():
    alone = [r for r in made.comparison() if r["seed"] != 2]
    rows = (frame(made.summarized(r)) for r in (with_scored(of_seed_2), alone))
    mixed, rest = (r[r["status"] == "ok"].reset_index() for r in rows)
    assert mixed[list(SPEED)].compare(rest[list(SPEED)]).empty
    assert not mixed["seeds"].equals(rest["seeds"])


def test_the_notes_count_scored_runs_and_do_not_judge_their_clock():
    found = "\n".join(notes(made.summarized(with_scored(of_gru))))
    assert "Scored, not timed: 9 of 27 runs" in found
    assert "timings do not add up" not in found
    assert "not timed" not in "\n".join(
        notes(made.summarized(made.comparison()))
    )


def test_the_table_has_a_dash_for_each_time():
    shown = texts(made.summarized(with_scored(everything)))
    done = shown[shown["parameters"] != "-"]
    for name in ("train s", "ms/step (IQR)", "compile s", "latency ms (B=1)"):
        assert set(done[name]) == {"-"}, name


def test_the_record_keeps_what_was_measured(tmp_path):
    folder = made.stored(tmp_path / "out", with_scored(everything))
    line = (folder / "runs.jsonl").read_text().splitlines()[-4]
    assert json.loads(line)["epochs"][0]["seconds"] == SECONDS
