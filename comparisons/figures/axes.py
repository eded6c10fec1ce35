"""The axes of Matplotlib's figures: their scales, ticks, and ends."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.ticker import LogFormatter, MaxNLocator

MARGIN = 1.5
"""How far the axis of a percentage reaches beyond 0 and 100."""

SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


class Powers(LogFormatter):
    """Ticks such as 10⁻² and 3×10⁻²; Matplotlib writes them as mathematics."""

    def __call__(self, value: float, place: int | None = None) -> str:
        """The tick's label, "" for one that stays without."""
        if not super().__call__(value, place):
            return ""
        digits, exponent = f"{value:.3e}".split("e")
        power = f"10{str(int(exponent)).translate(SUPERSCRIPTS)}"
        factor = f"{float(digits):g}"
        return power if factor == "1" else f"{factor}×{power}"


def set_scales(axis: Axes, ticks: Sequence[float], log: str) -> None:
    for letter in log:
        axis.set(**{f"{letter}scale": "log"})
        ticks_of = getattr(axis, f"{letter}axis")
        ticks_of.set_major_formatter(Powers())
        ticks_of.set_minor_formatter(Powers(minor_thresholds=(1, 0.4)))
    if ticks:
        axis.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
        axis.minorticks_off()


def limit_axes(axis: Axes, labels: tuple[str, str]) -> None:
    """Ticks at whole epochs alone; percentages end near 0 and 100."""
    if labels[0] == "epoch":
        axis.xaxis.set_major_locator(MaxNLocator(integer=True))
    if labels[1].endswith("%"):
        low, high = axis.get_ylim()
        axis.set_ylim(max(low, -MARGIN), min(high, 100 + MARGIN))
