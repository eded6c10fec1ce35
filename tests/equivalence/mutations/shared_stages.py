"""Which tests look at a file of `shared`."""

from __future__ import annotations

from .nearest import (
    CRF,
    EQUAL,
    GENERATION,
    GRADIENTS,
    LANGUAGE,
    SCORES,
    SEEDS,
    SEQ2SEQ,
    TASKS,
    TRAININGS,
    UNROLLED,
)

FORECASTS = "tests/shared/tasks/forecasting/test_forecast"

WORD_VECTORS = "tests/shared/text/test_word_vectors.py"

REPORT = "tests/report --ignore=tests/report/test_readme.py"
"""Without the test that a page is current: any change of a word fails it."""

SHARED = {
    "shared/batching/": (
        "tests/shared/batching -m 'not slow'",
        f"{SEEDS} -m torch",
        f"{TRAININGS} -m torch",
        f"{EQUAL} -m torch",
        f"{SEQ2SEQ} -m torch",
        f"{LANGUAGE} -m torch",
        "tests/runs -m 'not slow'",
    ),
    "shared/datasets/": ("tests/shared/datasets", "tests/shared/tasks"),
    "shared/decoding/": (
        "tests/shared/decoding",
        f"{GENERATION} -m torch",
        f"{SEQ2SEQ} -m torch",
        f"{LANGUAGE} -m torch",
        "tests/cli/test_generate.py",
        "tests/cli/test_translate_command.py",
    ),
    "shared/exercises/": (
        "tests/exercises -m 'not slow'",
        "tests/exercises",
    ),
    "shared/exhibits/": ("tests/shared/exhibits", REPORT),
    "shared/files/": (
        "tests/shared/files",
        "tests/shared/datasets",
        "tests/shared/tasks",
    ),
    "shared/metrics": (SCORES, "tests/shared/tasks"),
    "shared/reference/state_gradients": (
        f"{GRADIENTS} -m 'not (jax or keras)'",
    ),
    "shared/reference/unroll": (f"{UNROLLED} -m torch", "tests/studies"),
    "shared/reference/crf": (
        "tests/shared/reference/test_reference_crf.py",
        f"{CRF} -m torch",
    ),
    "shared/reference/": (
        "tests/shared/reference/test_layer_norm.py",
        "tests/shared/reference/test_reference.py",
        f"{TRAININGS} -m 'not (jax or keras)'",
        f"{LANGUAGE} -m torch",
        f"{SEQ2SEQ} -m 'not (jax or keras)'",
        f"{EQUAL} -m torch",
        "tests/shared/reference -m 'not (jax or keras)'",
        f"{GENERATION} -m torch",
        "tests/studies -m 'not slow'",
    ),
    "shared/reference/ctc": ("tests/shared/reference/test_ctc.py",),
    "shared/reference/convolution": (
        "tests/shared/reference/test_convolution.py",
    ),
    "shared/tasks/": ("tests/shared/tasks", "tests/shared/scores"),
    "shared/tasks/audio/": (
        SCORES,
        f"{TASKS}_music.py {TASKS}_digits.py {TASKS}_speech.py "
        f"{TASKS}_sound_folders.py",
        "tests/cli/test_transcribe_command.py",
    ),
    **dict.fromkeys(
        (
            "shared/tasks/audio/digit_strings",
            "shared/tasks/audio/segmentation",
            "shared/tasks/audio/sound_codec",
            "shared/tasks/audio/string_dataset",
            "shared/tasks/audio/word_errors",
        ),
        (
            f"{TASKS}_speech.py -m 'not slow'",
            "tests/cli/test_transcribe_command.py",
            "tests/shared/exhibits/test_speech_views.py",
        ),
    ),
    "shared/tasks/classification/": (
        SCORES,
        f"{TASKS}_names.py {TASKS}_sentiment.py",
        "tests/shared/text/test_tokenizers.py",
    ),
    "shared/tasks/forecasting/": (
        f"{FORECASTS}_features.py {FORECASTS}_folds.py "
        f"{FORECASTS}_quantiles.py {FORECASTS}_targets.py",
        SCORES,
        "tests/shared/tasks/forecasting",
    ),
    "shared/tasks/fundamentals/": (
        f"{TASKS}_sine.py {TASKS}_waves.py {FORECASTS}_targets.py",
        SCORES,
    ),
    "shared/tasks/language_modeling/": (
        SCORES,
        f"{TASKS}_language_data.py {TASKS}_language_tasks.py",
    ),
    "shared/tasks/memory/": (
        SCORES,
        f"{TASKS}_memory.py {TASKS}_seqmnist.py",
    ),
    "shared/tasks/tagging/": (
        SCORES,
        f"{TASKS}_tag_data.py {TASKS}_tagging.py",
    ),
    "shared/tasks/translation/": (SCORES, f"{TASKS}_pair_data.py"),
    "shared/tasks/video/": (f"{TASKS}_video.py",),
    "shared/text/": (
        "tests/shared/text",
        "tests/shared/datasets/test_user_data.py -m 'not slow'",
        f"{TASKS}_splits.py {TASKS}_sentiment.py {TASKS}_names.py",
        "tests/shared/tasks",
    ),
    "shared/specs/ctc": (
        "tests/shared/reference/test_ctc.py",
        f"{TASKS}_speech.py -m 'not slow'",
    ),
    "shared/specs/video": (
        "tests/shared/reference/test_convolution.py",
        f"{TASKS}_video.py",
    ),
    "shared/specs/": (
        "tests/shared/specs",
        "tests/shared/reference/test_layer_norm.py",
        "tests/shared/weights -m 'not slow'",
        "tests/runs -m 'not slow'",
        "tests/cli -m 'not slow'",
        "tests/shared -m 'not slow'",
        f"{EQUAL} -m torch",
        f"{TRAININGS} -m torch",
    ),
    "shared/task/": (
        "tests/shared/task",
        WORD_VECTORS,
        "tests/shared/tasks -m 'not slow'",
        "tests/runs -m 'not slow'",
        "tests/shared/exhibits -m 'not slow'",
        "tests/analysis",
        "tests/cli -m 'not slow'",
    ),
    "shared/weights/": (
        "tests/shared/weights -m 'not slow'",
        WORD_VECTORS,
        f"{EQUAL} -m torch",
        f"{SEQ2SEQ} -m torch",
        f"{LANGUAGE} -m torch",
        "tests/runs -m 'not slow'",
        "tests/shared/weights",
    ),
    "shared/": ("tests/shared", "tests/equivalence"),
}
"""Beginning of a path -> stages of tests, as in `related.RELATED`."""
