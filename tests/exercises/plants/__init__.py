"""The mistakes of each exercise, planted in its model answers.

A file for each chapter. `PLANTS` maps the number of an exercise and the title
of a mistake to what is replaced in the answer: one pair of right and wrong code
or several, the same in all frameworks or one for each. Words in capitals are
what each framework calls a function (`WORDS`).
"""

from __future__ import annotations

import importlib
import re
from pathlib import Path

from comparisons.frameworks import DEFAULT

ANSWERS = Path(__file__).parents[3] / "docs" / "course" / "answers"

WORDS = {
    "pytorch": {
        "NP": "torch",
        "AXIS": "dim",
        "CAT": "torch.cat",
        "INF": "-torch.inf",
        "SIGMOID": "torch.sigmoid",
        "SOFTMAX": "torch.softmax",
        "TRANSPOSED": "torch.t",
    },
    "keras": {
        "NP": "ops",
        "AXIS": "axis",
        "CAT": "ops.concatenate",
        "INF": '-float("inf")',
        "SIGMOID": "ops.sigmoid",
        "SOFTMAX": "ops.softmax",
        "TRANSPOSED": "ops.transpose",
    },
    "jax": {
        "NP": "jnp",
        "AXIS": "axis",
        "CAT": "jnp.concatenate",
        "INF": "-jnp.inf",
        "SIGMOID": "jax.nn.sigmoid",
        "SOFTMAX": "jax.nn.softmax",
        "TRANSPOSED": "jnp.transpose",
    },
}

IMPORTS = {
    "pytorch": "import torch\n",
    "keras": "from keras import ops\n",
    "jax": "import jax\nimport jax.numpy as jnp\n",
}
"""What planted code may need that the answer does not import."""

CHAPTERS = (
    *("sequences", "backpropagation", "memory", "names", "text"),
    *("generation", "translation", "series", "training", "choosing"),
)

Pair = tuple[str, str]


def all_plants() -> dict[str, dict[str, object]]:
    """Number -> title of a mistake -> what is replaced."""
    found: dict[str, dict[str, object]] = {}
    for name in CHAPTERS:
        module = importlib.import_module(f"exercises.plants.{name}")
        found |= module.PLANTS
    return found


def answer_path(number: str, framework: str) -> Path:
    return ANSWERS / framework / f"exercise_{number.replace('.', '_')}.py"


def pairs_of(plant: object, framework: str) -> list[Pair]:
    """The pairs of a plant in a framework, its words replaced."""
    if isinstance(plant, dict):
        plant = plant[framework]
    pairs = plant if isinstance(plant, list) else [plant]
    return [(spelled(a, framework), spelled(b, framework)) for a, b in pairs]


def spelled(code: str, framework: str) -> str:
    """Code with the words of a framework."""
    words = WORDS[framework]
    pattern = r"\b(" + "|".join(words) + r")\b"
    return re.sub(pattern, lambda found: words[found[0]], code)


def planted(source: str, pairs: list[Pair], framework: str) -> str:
    """The answer with a mistake; each right code must be in it once."""
    for right, wrong in pairs:
        assert source.count(right) == 1, (right, source)
        source = source.replace(right, wrong)
    return IMPORTS[framework] + source


def each(pytorch: object, keras: object, jax: object) -> dict[str, object]:
    """A plant that each framework writes in its own way."""
    return dict(zip(DEFAULT, (pytorch, keras, jax), strict=True))
