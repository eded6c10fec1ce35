"""What every static figure shares."""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt


def legend_beside(panel: plt.Axes) -> None:
    """A long legend, right of the last panel, where it hides no line."""
    panel.legend(loc="center left", bbox_to_anchor=(1.02, 0.5))


def save(figure: plt.Figure, path: Path) -> None:
    """Write the picture and free its memory."""
    figure.tight_layout()
    figure.savefig(path, dpi=110)
    plt.close(figure)
