"""Frameworks are extras: which are installed, and what installs the others."""

from collections.abc import Iterable, Sequence

from comparisons.arguments.options import words
from comparisons.frameworks import DEFAULT, get_framework, missing_modules
from shared.errors import UserError
from shared.exhibits.names import framework_name


def install_command(names: Iterable[str]) -> str:
    """The command that installs these frameworks."""
    extras = dict.fromkeys(get_framework(name).extra for name in names)
    return f"pip install 'rnn-comparisons[{','.join(extras)}]'"


def require(name: str) -> None:
    """UserError, with the command that installs it, for an absent framework."""
    if missing := missing_modules(name):
        raise UserError(
            f"framework '{name}' is not installed (no {' and '.join(missing)}):"
            f" {install_command([name])}"
        )


def installed(names: Sequence[str], named: bool) -> list[str]:
    """Those of the frameworks that can run; UserError where none can.

    named: whether each is named by the user, so that none may be absent.
    """
    for name in names if named else ():
        require(name)
    if found := [name for name in names if not missing_modules(name)]:
        return found
    raise UserError(
        f"no framework is installed: {install_command(names)}, or one of them"
    )


def how_to_add(names: Iterable[str]) -> str:
    """A line on the rows that are left out, as nothing here computes them."""
    names = list(names)
    return (
        f"not installed: {', '.join(map(framework_name, names))}; "
        f"{install_command(names)} adds the rows"
    )


def chosen(values: Iterable[str] | None, fast: bool = True) -> list[str]:
    """The frameworks of a flag; those of DEFAULT that are installed for None.

    fast: whether rows that choose their path have a meaning. UserError for one
    without a meaning, and where one that is named is not installed.
    """
    named = values is not None
    names = words(values if named else DEFAULT)
    for name in names:
        if not fast and get_framework(name).fast:
            raise UserError(
                f"{name} chooses its layers and loop, which are given here; "
                f"use {name.removesuffix('-fast')}"
            )
    return installed(names, named)
