"""The runs of both stages: the grid, then what was chosen, with all seeds."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from comparisons.arguments.options import Options
from comparisons.runs.plan import Plan, make_plan
from comparisons.studies.regularization.choice import (
    Choice,
    best_pair,
    headline,
)
from comparisons.studies.regularization.techniques import (
    NONE,
    TECHNIQUES,
    Setting,
    applied,
    bare,
    named,
    refusals,
    setting_of,
)
from shared.specs import RunSpec


class StudyOptions(NamedTuple):
    """comparison: of the final runs; framework: that of the grid.

    names: the techniques; seeds: those of the grid, the first ones.
    """

    comparison: Options
    names: list[str]
    framework: str
    seeds: int


def bare_plan(options: Options, command: str) -> Plan:
    """Every framework, cell, and seed without any technique."""
    run = bare(options.run)
    plan = make_plan(replace(options, run=run), command)
    return replace(plan, fit_quality=True, setting=setting_name)


def setting_name(run: RunSpec) -> str:
    return named(setting_of(vars(run.model), vars(run.train)))


def grid_plan(options: StudyOptions, command: str) -> Plan:
    """Every technique and strength in one framework, and none of them."""
    grid = replace(
        options.comparison, frameworks=[options.framework], seeds=options.seeds
    )
    plan = bare_plan(grid, command)
    runs = [
        applied(run, setting)
        for run in plan.runs
        for setting in grid_settings(run, options.names)
    ]
    return replace(plan, runs=tuple(runs))


def grid_settings(run: RunSpec, names: list[str]) -> list[Setting]:
    """Those of one technique that a bare run can have, and NONE."""
    refused = refusals(run, names)
    return [
        NONE,
        *(
            ((name, strength),)
            for name in names
            if name not in refused
            for strength in TECHNIQUES[name].strengths
        ),
    ]


def final_plan(
    options: StudyOptions,
    chosen: Mapping[str, Sequence[Choice]],
    command: str,
) -> Plan:
    """The chosen strengths with all seeds, the headline in all frameworks.

    chosen: cell -> its techniques, the best first. The models of the headline
    are checked for equivalence.
    """
    names = [options.framework, *options.comparison.frameworks]
    wanted = list(dict.fromkeys(names))
    plan = bare_plan(replace(options.comparison, frameworks=wanted), command)
    runs, proved = [], []
    for run in plan.runs:
        choices = chosen[run.cell]
        shown = headline(choices)
        proved += [applied(run, s) for s in shown if run.seed == 0]
        settings = list(shown)
        if run.framework == options.framework:
            settings = final_settings(run, choices)
        runs += [applied(run, setting) for setting in settings]
    return replace(plan, runs=tuple(runs), proved=tuple(proved))


def final_settings(run: RunSpec, choices: Sequence[Choice]) -> list[Setting]:
    """None, each technique, and the best two together."""
    both = best_pair(run, choices)
    settings = [NONE, *(one.setting for one in choices)]
    return settings if both is None else [*settings, both]
