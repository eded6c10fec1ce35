"""Exercise 2.2: spectral radius."""

import numpy as np

from shared.exercises.draws import Generator, normal
from shared.exercises.exercise import Exercise, Mistake
from shared.specs import Array


def rescale(w_hh: Array, radius: float) -> Array:
    eigenvalues = np.linalg.eigvals(w_hh)
    return w_hh * radius / np.abs(eigenvalues).max()


def draw_rescale(rng: Generator) -> tuple:
    w_hh = normal(rng, 5, 5)
    w_hh += 2 * (np.triu(np.ones((5, 5))) - np.tril(np.ones((5, 5))))
    return w_hh, float(np.round(rng.uniform(0.6, 1.4), 2))


RESCALE = Exercise(
    number="2.2",
    level=1,
    title="Spectral radius",
    statement="""\
Rescale a recurrent matrix so that its spectral radius, the largest absolute
value of its eigenvalues, is `radius`. Below 1 gradients vanish over many steps,
above 1 they can explode (Pascanu, Mikolov and Bengio 2013).""",
    arguments={
        "w_hh": "(H, H) recurrent matrix, not symmetric",
        "radius": "wanted spectral radius, a float",
    },
    returns={"w_hh": "(H, H) rescaled matrix"},
    reference=rescale,
    draw=draw_rescale,
    mistakes=(
        Mistake(
            "spectral norm in place of radius: the largest singular value",
            "np.abs(eigenvalues).max()",
            "np.linalg.norm(w_hh, 2)",
        ),
        Mistake(
            "real parts alone: eigenvalues are complex",
            "np.abs(eigenvalues)",
            "np.abs(eigenvalues.real)",
        ),
        Mistake(
            "radius of the matrix ignored: it is multiplied only",
            " / np.abs(eigenvalues).max()",
            "",
        ),
        Mistake(
            "multiplied by its radius: divide by it",
            "/ np.abs",
            "* np.abs",
        ),
    ),
    hints=(
        "The matrix is not symmetric: its eigenvalues are complex numbers.",
        "Divide by the largest absolute value of the eigenvalues (`eigvals`).",
    ),
)
