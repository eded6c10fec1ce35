"""Which tests look at a file of `comparisons`."""

from __future__ import annotations

from .nearest import CHOSEN, EQUAL, LANGUAGE, SEQ2SEQ, TIMED, TRAININGS
from .shared_stages import REPORT

STUDY_RESULTS = "tests/studies/regularization/test_regularization_results.py"

MACHINES = ("tests/analysis/test_scored_runs.py tests/runs/test_merge.py",)

COMPARISONS = {
    "comparisons/analysis/": (
        "tests/analysis",
        CHOSEN,
        f"{REPORT} -m 'not slow'",
        "tests/cli/test_verify.py",
        REPORT,
    ),
    "comparisons/analysis/effects/intervals": (STUDY_RESULTS,),
    "comparisons/analysis/machines": MACHINES,
    "comparisons/speedrun/": ("tests/speedrun -m 'not slow'",),
    "comparisons/worker/speedrun": ("tests/speedrun/test_race.py",),
    "comparisons/tuning/": (
        "tests/tuning",
        "tests/cli/test_tune.py",
    ),
    "comparisons/runs/engines/alone": ("tests/runs/engines/test_alone.py",),
    "comparisons/runs/engines/connection": (
        "tests/tuning/test_ray_search.py",
        "tests/runs/engines/test_ray.py",
    ),
    "comparisons/worker/trial": (
        "tests/tuning/test_trial_job.py tests/cli/test_tune.py",
    ),
    "comparisons/analysis/speed/untimed": MACHINES,
    "comparisons/arguments/": ("tests/cli", "tests/runs"),
    "comparisons/arguments/options": (
        "tests/shared/tasks/forecasting/test_forecast_folds.py",
        "tests/cli",
        "tests/runs",
    ),
    "comparisons/frameworks/paths": ("tests/cli/test_fast.py",),
    "comparisons/bench/": (
        TIMED,
        "tests/cli -k bench -m 'not slow'",
        "tests/cli -k bench",
        "tests/equivalence/test_lengths.py",
    ),
    **dict.fromkeys(
        (
            "comparisons/bench/map/",
            "comparisons/bench/paths",
            "comparisons/worker/timing/rounds",
            "shared/weights/products",
        ),
        ("tests/cli/bench/test_bench_paths.py",),
    ),
    **dict.fromkeys(
        (
            "comparisons/bench/map/operations",
            "comparisons/worker/timing/operations/",
        ),
        ("tests/cli/bench/test_bench_operations.py",),
    ),
    "comparisons/worker/timing/padding": (
        "tests/equivalence/test_lengths.py",
        TIMED,
    ),
    "comparisons/bench/pytest_json": ("tests/cli/bench/test_bench_json.py",),
    "comparisons/commands/": (
        "tests/cli/test_verify.py",
        "tests/cli -m 'not slow'",
        "tests/cli",
        "tests/runs",
    ),
    "comparisons/commands/score": (
        "tests/cli/test_score.py",
        "tests/shared/weights/test_checkpoints.py",
    ),
    "comparisons/commands/sharing/": (
        "tests/export -m 'not slow'",
        "tests/publish",
    ),
    "comparisons/commands/trained/transcribe": (
        "tests/cli/test_transcribe_command.py",
    ),
    "comparisons/equivalence/limits": (
        "tests/equivalence/test_measure.py",
        "tests/cli/test_machine.py tests/impl/test_bf16.py",
    ),
    "comparisons/equivalence/": (
        "tests/equivalence/test_measure.py",
        f"{TRAININGS} -m 'not (jax or keras)'",
        f"{LANGUAGE} -m torch",
        f"{SEQ2SEQ} -m torch",
        f"{EQUAL} -m torch",
    ),
    **dict.fromkeys(
        (
            "comparisons/commands/exercise/",
            "comparisons/exercises/",
            "comparisons/worker/exercises/",
        ),
        ("tests/exercises -m 'not slow'", "tests/exercises"),
    ),
    "comparisons/export/": ("tests/export -m 'not slow'", "tests/export"),
    "comparisons/export/scripts": (
        "tests/export/test_export_scripts.py -k 'nnx or not slow'",
        "tests/export/test_export_scripts.py",
    ),
    "comparisons/figures/": ("tests/figures", REPORT),
    "comparisons/publish/": ("tests/publish",),
    "comparisons/reader/": ("tests/reader",),
    "comparisons/records/": (
        CHOSEN,
        "tests/equivalence/test_measure.py",
        "tests/runs -m 'not slow'",
        "tests/analysis",
        REPORT,
    ),
    **dict.fromkeys(
        (
            "comparisons/records/files",
            "comparisons/records/compressed",
            "comparisons/records/lines",
        ),
        ("tests/runs/compressed tests/site/test_slim.py",),
    ),
    "comparisons/records/record": (
        "tests/cli/bench/test_bench_inference.py tests/cli/test_fast.py",
        "tests/runs -m 'not slow'",
    ),
    "comparisons/records/measurements": (
        "tests/cli/bench/test_bench_scan.py",
        "tests/runs -m 'not slow'",
        "tests/analysis",
        REPORT,
    ),
    "comparisons/report/": (REPORT,),
    "comparisons/report/provenance": ("tests/report/test_provenance.py",),
    "comparisons/report/static_figures": ("tests/figures", REPORT),
    "comparisons/report/several/": ("tests/analysis/test_sweeps.py", REPORT),
    "comparisons/runs/": (
        CHOSEN,
        "tests/runs -m 'not slow'",
        "tests/cli -m 'not slow'",
        "tests/shared/tasks/test_splits.py",
        "tests/runs",
    ),
    "comparisons/runs/plan": (
        "tests/cli/test_cli.py tests/shared/tasks/test_splits.py",
        "tests/runs/test_runner.py -m torch",
        "tests/runs -m 'not slow'",
        "tests/shared/datasets",
        "tests/cli",
    ),
    "comparisons/site/": (
        "tests/site -m 'not slow'",
        "tests/site/test_site_errors.py",
        "tests/report/test_scale_page.py",
        "tests/site/test_site_pages.py -m 'not browser'",
    ),
    "comparisons/site/record/": (
        "tests/site/test_slim.py tests/site/test_site_record.py",
    ),
    "comparisons/site/speed/": (
        "tests/site/test_speed_page.py tests/report/test_scale_page.py",
        "tests/site/test_site_techniques.py tests/speedrun",
    ),
    "comparisons/studies/": ("tests/studies",),
    "comparisons/studies/regularization": (
        "tests/studies/regularization -m 'not slow'",
        "tests/studies/regularization",
    ),
    **dict.fromkeys(
        ("comparisons/commands/vectors/", "comparisons/vectors/"),
        ("tests/vectors -m 'not slow'", "tests/vectors"),
    ),
    "comparisons/vectors/adapters/": (
        "tests/vectors/test_vectors_adapters.py",
    ),
    "comparisons/worker/": (
        CHOSEN,
        TIMED,
        "tests/runs/test_kept_results.py",
        "tests/equivalence/test_measure.py",
        "tests/runs -m 'not slow'",
        "tests/impl/test_training.py -m 'not (jax or keras)'",
        "tests/cli",
    ),
    "comparisons/worker/fit_quality": (
        "tests/runs/test_fit_quality.py -m 'not (jax or keras)'",
    ),
    "comparisons/worker/scoring": (
        "tests/runs/test_kept_results.py",
        "tests/shared/tasks/forecasting/test_forecast_targets.py",
        "tests/shared/tasks/forecasting/test_forecast_features.py",
        "tests/shared/weights/test_checkpoints.py",
        "tests/equivalence/test_measure.py",
    ),
    "comparisons/worker/tags": ("tests/runs/best/test_best_tags.py",),
    "comparisons/": ("tests/runs", "tests/cli"),
}
