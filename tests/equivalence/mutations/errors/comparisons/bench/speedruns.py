"""Training against the clock: when it stops, what counts, what is kept."""

WORKER = "comparisons/worker/speedrun.py"
RACE = "comparisons/speedrun/race.py"
LEADERBOARD = "comparisons/speedrun/leaderboard.py"
TABLE = "comparisons/speedrun/table.py"
PLAN = "comparisons/speedrun/plan.py"

ERRORS = [
    (
        WORKER,
        "Finish.is_reached",
        "value <= self.target",
        "value >= self.target",
        "a lower metric is reached above its target",
    ),
    (
        WORKER,
        "Finish.is_reached",
        "value >= self.target",
        "value > self.target",
        "the target itself does not count",
    ),
    (
        WORKER,
        "Finish.on_epoch_end",
        "epoch + 1 >= self.validate_from",
        "epoch >= self.validate_from",
        "epochs of --validate-from counted from 0",
    ),
    (
        WORKER,
        "Finish.on_epoch_end",
        "return stop",
        "return False",
        "a training goes on after its target",
    ),
    (
        RACE,
        "cold_run",
        "since=since",
        "since=time.perf_counter()",
        "the parts of a time without the start of the process",
    ),
    (
        RACE,
        "cold_run",
        "next(iter(times), None)",
        "time.perf_counter() - since",
        "a clock that runs on after the score",
    ),
    (
        RACE,
        "race",
        "not store.finished(key)",
        "True",
        "seeds that are recorded trained again",
    ),
    (
        LEADERBOARD,
        "attempt_faults",
        "len(records) < SEEDS",
        "False",
        "an entry of fewer than five seeds",
    ),
    (
        LEADERBOARD,
        "attempt_faults",
        "record.reached is None",
        "False",
        "an entry with a seed that did not reach the target",
    ),
    (
        LEADERBOARD,
        "fastest",
        "entry.median",
        "-entry.median",
        "the slowest entry as the record",
    ),
    (
        LEADERBOARD,
        "enter",
        'path.open("ab", buffering=0)',
        'path.open("wb", buffering=0)',
        "an entry in place of all others",
    ),
    (
        TABLE,
        "Goal.words",
        "(self.frameworks.get(framework, {}), *self.layers)",
        "(*self.layers, self.frameworks.get(framework, {}))",
        "settings of all frameworks before those of one",
    ),
    (
        PLAN,
        "check_exact",
        "not same and name not in goal.data_options",
        "False",
        "data options that change what is validated",
    ),
]
