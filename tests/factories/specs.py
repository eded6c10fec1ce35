"""Runs as a command line would have them."""

from __future__ import annotations

from comparisons.frameworks import resolve_run


def run_spec(task, framework, cell, seed=0, **options):
    """A complete run; model, train, data: what differs from the default."""
    return resolve_run(
        task=task, framework=framework, cell=cell, seed=seed, **options
    )
