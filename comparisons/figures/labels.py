"""Direct labels: the names of lines at their ends."""

from collections.abc import Sequence

from comparisons.figures.lines import Line

LEAST = 0.065
"""Distance of two labels, of the height of their axis."""

MOST = 8
"""Lines of a panel beyond which a legend is read more easily."""


def labelled(lines: Sequence[Line]) -> list[Line]:
    """The lines that have a label of their own, none if they are too many."""
    found = [line for line in lines if line.label and len(line.y)]
    return found if len(found) <= MOST else []


def spread(values: Sequence[float], low: float, high: float) -> list[float]:
    """Heights of labels, in the order of the values and within the ends.

    Each is as near to its value as the distance of the labels admits.
    """
    least = LEAST * (high - low)
    order = sorted(range(len(values)), key=values.__getitem__)
    groups: list[tuple[list[int], float]] = []
    for place in order:
        group = within([place], values, least, low, high)
        while groups and overlap(groups[-1], group, least):
            members = [*groups.pop()[0], *group[0]]
            group = within(members, values, least, low, high)
        groups.append(group)
    places = dict[int, float]()
    for members, middle in groups:
        half = least * (len(members) - 1) / 2
        for number, place in enumerate(members):
            places[place] = middle - half + least * number
    return [places[place] for place in range(len(values))]


def within(
    members: list[int],
    values: Sequence[float],
    least: float,
    low: float,
    high: float,
) -> tuple[list[int], float]:
    """A group and its middle, so that all of it is between the ends."""
    half = least * (len(members) - 1) / 2
    middle = sum(values[member] for member in members) / len(members)
    return members, min(max(middle, low + half), high - half)


def overlap(
    lower: tuple[list[int], float],
    upper: tuple[list[int], float],
    least: float,
) -> bool:
    """Whether two groups of labels, each around its middle, need one place."""
    both = len(lower[0]) + len(upper[0])
    return upper[1] - lower[1] < least * both / 2
