"""The job `gradients`: the gradient of a loss with respect to each state."""

from comparisons.equivalence.deviation import largest_deviation
from comparisons.worker.jobs import Job
from comparisons.worker.messages import Message
from comparisons.worker.requests import Start
from shared.reference import state_gradients as reference_gradients
from shared.specs import Split


def read_gradients(job: Job) -> Message:
    """Norms of ∂loss/∂h by layer and step, and their deviation."""
    start = Start.of(job.request["start"])
    split = Split(job.request["x"], job.request["y"], None)
    weights = start.weights()
    model = job.build(start.model, weights)
    found = job.implementation.state_gradients(model, split)
    expected = reference_gradients.state_gradients(start.model, weights, split)
    norms = {n: reference_gradients.norms(g).tolist() for n, g in found.items()}
    return {"norms": norms, "deviation": largest_deviation(found, expected)}
