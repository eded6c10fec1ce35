"""Targets of every step, and forecasts from own forecasts."""

CUTTING = "shared/tasks/forecasting/cutting.py"
LEVELS = "shared/tasks/forecasting/levels.py"
WINDOWS = "shared/tasks/forecasting/windows.py"
WAVES = "shared/tasks/fundamentals/waves.py"
SCORING = "comparisons/worker/scoring.py"

ERRORS = [
    (
        CUTTING,
        "learned_targets",
        "rows[1:].astype(np.float32)",
        "rows.astype(np.float32)",
        "each step learns its own value",
    ),
    (
        CUTTING,
        "learned_targets",
        "after[options.window - 1 :][:count]",
        "after[:count]",
        "targets follow the first step of the window",
    ),
    (
        CUTTING,
        "learned_targets",
        '1 if options.strategy == "recursive" else options.horizon',
        "options.horizon",
        "a recursive forecaster learns the whole horizon",
    ),
    (
        LEVELS,
        "scored_targets",
        'dataset.arrays.get(f"targets_{part}", y)',
        "y",
        "baselines fitted to the targets of steps",
    ),
    (
        WINDOWS,
        "adapt",
        '{**changes.get("data", {}), "residual": False}',
        'changes.get("data", {})',
        "differences from a value that is not known yet",
    ),
    (
        WAVES,
        "load",
        "noisy[:, 1:, None]",
        "noisy[:, :-1, None]",
        "each step learns its own value",
    ),
    (
        WAVES,
        "load",
        'data.targets == "every" and part == "train"',
        'data.targets == "every"',
        "all steps of the test split are scored",
    ),
    (
        SCORING,
        "last_outputs",
        "outputs(implementation, model, split)[:, -1]",
        "outputs(implementation, model, split)[:, 0]",
        "the first step scored in place of the last",
    ),
    (
        SCORING,
        "scored_outputs",
        "split._replace(x=x)",
        "split",
        "each step of a rollout reads the first window",
    ),
    (
        SCORING,
        "scored_outputs",
        "[found[-1], *known]",
        "[found[0], *known]",
        "a rollout reads its first forecast again",
    ),
]
