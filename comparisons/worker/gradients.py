"""The job `gradients`: the gradient of a loss with respect to each state."""

from dataclasses import asdict, dataclass
from pathlib import Path

from comparisons.equivalence.deviation import largest_deviation
from comparisons.records.checkpoints import load_checkpoint
from comparisons.worker.jobs import Job
from comparisons.worker.messages import Message
from shared.reference import state_gradients as reference_gradients
from shared.reference.model import in_float64
from shared.specs import ModelSpec, Split, Weights
from shared.weights.init import initial_weights


@dataclass(frozen=True)
class Start:
    """Weights to study: a checkpoint's, or the initial ones of a seed.

    radius: what the recurrent weights of the first ones are multiplied by;
    they are orthogonal, so that it is their spectral radius.
    """

    model: ModelSpec
    seed: int
    radius: float = 1.0
    checkpoint: str = ""

    def weights(self) -> Weights:
        """The weights, in float64."""
        if self.checkpoint:
            return in_float64(load_checkpoint(Path(self.checkpoint)).weights)
        found = in_float64(initial_weights(self.model, self.seed))
        return {
            name: w * self.radius if name.endswith("w_hh") else w
            for name, w in found.items()
        }


def read_gradients(job: Job) -> Message:
    """Norms of ∂loss/∂h by layer and step, and their deviation."""
    own, x, y = (job.request[name] for name in ("start", "x", "y"))
    start = Start(**{**own, "model": ModelSpec(**own["model"])})
    split, weights = Split(x, y, None), start.weights()
    model = job.build(start.model, weights)
    found = job.implementation.state_gradients(model, split)
    expected = reference_gradients.state_gradients(start.model, weights, split)
    norms = {n: reference_gradients.norms(g).tolist() for n, g in found.items()}
    return {"norms": norms, "deviation": largest_deviation(found, expected)}


def request_of(start: Start, split: Split) -> Message:
    return {"start": asdict(start), "x": split.x, "y": split.y}
