"""Rows that take the fastest path."""

PATHS = "comparisons/frameworks/paths.py"
FRAMEWORKS = "comparisons/frameworks/__init__.py"

ERRORS = [
    (
        PATHS,
        "loops",
        "ragged and loop in WHOLE",
        "False",
        "a scan of an epoch pads sequences of all batches to the longest",
    ),
    (
        PATHS,
        "layers",
        "size in sizes",
        "True",
        "layers by hand at sizes at which they are slower",
    ),
    (
        PATHS,
        "layers",
        "model.char_encoder",
        "False",
        "layers by hand although the encoder of characters is too small",
    ),
    (
        FRAMEWORKS,
        "in_framework",
        "row.fast",
        "False",
        "a fast row takes the usual path",
    ),
    (
        "comparisons/records/record.py",
        "settings_given",
        "row.fast",
        "False",
        "a fast row is in a comparison of its own",
    ),
    (
        "comparisons/arguments/options.py",
        "check_layers",
        "'impl' in given",
        "False",
        "layers given for a fast row left out in silence",
    ),
]
