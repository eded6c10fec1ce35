"""The jobs that check equivalence with the reference."""

from dataclasses import replace

from comparisons.equivalence.case import Case
from comparisons.equivalence.cases import (
    case_like,
    cases,
    own_sizes,
    training_cases,
)
from comparisons.equivalence.checks import full_checks, short_checks
from comparisons.equivalence.limits import BY_DEVICE
from comparisons.equivalence.measure import Deviation, loaded
from comparisons.equivalence.trainings import (
    EXACT,
    other_constants,
    own_training,
    training_deviation,
)
from comparisons.frameworks import get_framework
from comparisons.worker.data import load_dataset
from comparisons.worker.jobs import Job
from comparisons.worker.messages import Message
from shared.weights.flops import count_parameters


def short_job(job: Job) -> Message:
    """Short equivalence checks of the run's own model and training.

    A framework's native initialization has other parameters (a second bias, or
    one fewer), so that no equivalence can be shown.
    """
    run, implementation = job.run, job.implementation
    load_dataset(run)  # for the training, while nothing is timed
    # With the threads that it is to train on: JAX keeps those it starts with.
    implementation.configure(run.device, run.threads, run.precision, 0)
    if run.init == "native":
        return {"deviations": []}
    case = case_like(run.model, own_sizes(run.model))
    training = own_training(run.train)
    limits = BY_DEVICE[run.device]
    known = get_framework(run.framework).precisions
    precision = next(name for name in known if name in limits)
    implementation.configure(run.device, run.threads, precision, 0)
    trained = training_deviation(
        *(implementation, case, training, precision, run.device)
    )
    implementation.configure(run.device, run.threads, run.precision, 0)
    found = short_checks(
        *(implementation, run.model, run.precision, run.train.loop),
        run.device,
    )
    found.append(trained)
    model = implementation.build_model(run.model)
    count = implementation.count_parameters(model)
    error = float(abs(count - count_parameters(run.model)))
    found.append(Deviation(f"{run.cell} of the run", "parameters", error, 0.0))
    return {"deviations": [one._asdict() for one in found]}


def full_job(job: Job) -> Message:
    """Full equivalence checks of the cell in the run's precision."""
    run, implementation = job.run, job.implementation
    implementation.configure(run.device, run.threads, run.precision, 0)
    loop, found = run.train.loop, []
    for case in cases():
        if case.cell == run.cell and case.impl == job.request["impl"]:
            found += full_checks(
                implementation, case, run.precision, loop, run.device
            )
    if run.precision == EXACT:
        found += [
            training_deviation(implementation, case, replace(one, loop=loop))
            for case in training_cases(run.cell, job.request["impl"])
            for one in other_constants(case)
        ]
    return {"deviations": [one._asdict() for one in found]}


def outputs_job(job: Job) -> Message:
    """Outputs of one case, by which a mistake is recognized."""
    run, implementation = job.run, job.implementation
    implementation.configure(run.device, run.threads, run.precision, 0)
    case = Case(**job.request)
    model, _ = loaded(implementation, case, run.precision)
    x, _, lengths = case.split()
    return {"outputs": implementation.predict(model, x, lengths)}
