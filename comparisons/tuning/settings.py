"""Settings of a space: those of a grid, and the ones that are checked."""

import itertools
import math
import random
from argparse import Namespace
from collections.abc import Iterator, Sequence
from typing import Any

from comparisons.arguments.options import Options, check_options
from comparisons.arguments.parser import plain
from comparisons.tuning.space import FLAG, Parameter
from shared.errors import UserError
from shared.tasks import get_task

MOST_CORNERS = 512
"""Settings of the ends of all ranges that are checked before training."""

Setting = dict[str, Any]
"""Field -> its value, of one trial."""


def options_of(options: Namespace, setting: Setting) -> Options:
    """The checked options of a command with the values of a setting."""
    varied = Namespace(**{**vars(options), **setting})
    return check_options(get_task(options.task), varied)


def check_corners(options: Namespace, space: Sequence[Parameter]) -> None:
    """UserError for a setting of values and ends that no run admits.

    Of more than MOST_CORNERS, as many are drawn.
    """
    for setting in corners(space):
        try:
            options_of(options, setting)
        except UserError as error:
            raise UserError(
                f"{FLAG} has the setting {setting_text(setting)}: {error}"
            ) from error


def corners(space: Sequence[Parameter]) -> Iterator[Setting]:
    sizes = [len(parameter.values) for parameter in space]
    total = math.prod(sizes)
    if total <= MOST_CORNERS:
        yield from settings_of(space, [p.values for p in space])
        return
    for number in random.Random(0).sample(range(total), MOST_CORNERS):
        setting, left = {}, number
        for one in space:
            left, place = divmod(left, len(one.values))
            setting[one.name] = one.values[place]
        yield setting


def grid(space: Sequence[Parameter]) -> list[Setting]:
    """All settings; UserError for a range of numbers that are not whole."""
    for one in space:
        if one.range and not one.whole:
            raise UserError(
                f"--sampler grid needs values of {one.name}, not the range "
                f"{one.text}"
            )
    values = [
        range(one.values[0], one.values[1] + 1) if one.range else one.values
        for one in space
    ]
    return list(settings_of(space, values))


def settings_of(
    space: Sequence[Parameter], values: Sequence[Sequence[Any]]
) -> Iterator[Setting]:
    names = [one.name for one in space]
    for chosen in itertools.product(*values):
        yield dict(zip(names, chosen, strict=True))


def setting_text(setting: Setting) -> str:
    """A setting in words: hidden size 64, bidirectional on."""
    return ", ".join(
        f"{name.replace('_', ' ')} {plain(value)}"
        for name, value in setting.items()
    )
