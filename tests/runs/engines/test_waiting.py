"""Items go to processes that have what they need."""

from factories.specs import run_spec

from comparisons.runs.engines.engine import WorkItem
from comparisons.runs.engines.waiting import ANY, Waiting, by_framework, by_row


def item(kind, framework, cell, key=""):
    return WorkItem(kind, key, run_spec("sine", framework, cell))


ITEMS = [
    item("baselines", "pytorch", "rnn"),
    *(item("run", "pytorch", cell) for cell in ("rnn", "gru", "rnn")),
    item("run", "jax", "rnn"),
]


def order(waiting, loaded=None):
    """What one process does, one after another."""
    found = []
    while one := waiting.next(loaded):
        program = waiting.program(one)
        loaded = loaded if program == ANY else program
        found.append((one.kind, one.run.framework, one.run.cell))
    return found


def test_a_process_does_all_cells_of_its_framework_before_another():
    assert order(Waiting(ITEMS, by_framework)) == [
        ("baselines", "pytorch", "rnn"),
        *(("run", "pytorch", cell) for cell in ("rnn", "gru", "rnn")),
        ("run", "jax", "rnn"),
    ]
    assert order(Waiting(ITEMS[1:], by_framework), ("jax",))[0][1] == "jax"


def test_a_process_of_timed_runs_has_one_row():
    assert [cell for _, _, cell in order(Waiting(ITEMS[1:], by_row))] == [
        *("rnn", "rnn", "gru", "rnn"),
    ]


def test_processes_share_the_programs():
    waiting = Waiting(ITEMS[1:], by_framework)
    first, second = waiting.next(None), waiting.next(None)
    assert {first.run.framework, second.run.framework} == {"pytorch"}
    waiting.put_back(second)
    assert waiting.next(("pytorch",)) is second
    waiting.clear()
    assert waiting.next(None) is None
