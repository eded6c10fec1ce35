"""Operations of a step, ragged layers by hand, and what docs/ keeps."""

PADDING = "comparisons/worker/timing/padding.py"
KINDS = "comparisons/worker/timing/operations/kinds.py"
TRACED = "comparisons/worker/timing/operations/traced.py"
TABLE = "comparisons/bench/map/operations.py"
PATHS = "comparisons/site/speed/paths.py"
SLIM = "comparisons/site/record/slim.py"
RECORD = "comparisons/records/record.py"

ERRORS = [
    (
        PADDING,
        "time_lengths",
        "models[impl]",
        "models['native']",
        "native layers timed as gradients by hand",
    ),
    (
        KINDS,
        "kind_of",
        "all(part in MOVES for part in fused)",
        "any(part in MOVES for part in fused)",
        "arithmetic that is fused with a copy counts as a copy",
    ),
    (
        KINDS,
        "by_kind",
        "found[kind_of(name)] += own",
        "found[kind_of(name)] = own",
        "the last operation of a kind in place of their sum",
    ),
    (
        TRACED,
        "traced_epoch",
        "epoch == 0",
        "epoch == 1",
        "the second of two epochs is never traced",
    ),
    (
        TRACED,
        "traced_epoch",
        "whole - sum(kinds.values())",
        "whole",
        "overhead with the operations of a step",
    ),
    (
        TABLE,
        "shares",
        "parts[kind] / whole",
        "parts[kind] / max(parts.values())",
        "shares of the largest kind",
    ),
    (
        PATHS,
        "grid",
        "one.seconds < best[place].seconds",
        "one.seconds > best[place].seconds",
        "the slowest path in place of the fastest",
    ),
    (
        SLIM,
        "slimmed",
        "one['seed'] > first[row_of(one)]",
        "one['seed'] > 0",
        "no detail of a row that begins with seed 1",
    ),
    (
        SLIM,
        "rounded",
        "one if name in EXACT else rounded(one)",
        "rounded(one)",
        "settings and scores rounded",
    ),
    (
        RECORD,
        "settings_given",
        "row and row.fast and run.model.impl != SCRATCH",
        "row.fast and run.model.impl != SCRATCH",
        "rows of ONNX Runtime refused when they are recorded",
    ),
]
