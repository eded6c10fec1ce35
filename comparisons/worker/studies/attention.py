"""The job `attention`: attention weights of a checkpoint."""

from comparisons.worker.attention_maps import decode_greedily
from comparisons.worker.jobs import Job
from comparisons.worker.messages import Message
from comparisons.worker.requests import GreedyAttention


def read_sources(job: Job) -> Message:
    """Attention weights of the sources over what is decoded greedily."""
    _, model = job.trained()
    x, lengths = job.integers("sources"), job.integers("lengths")
    read, decoded = decode_greedily(job.implementation, model, x, lengths)
    weights = job.implementation.attention_maps(model, read, lengths)
    return GreedyAttention(read, decoded, weights)._asdict()
