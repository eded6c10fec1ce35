"""The flags of the course's site."""

from pathlib import Path

from comparisons.arguments.flags.flag import (
    Flag,
    Groups,
    at_least,
    choice,
    flag,
    path,
)
from comparisons.frameworks import DEFAULT

SITE = Path("results/site")
HIGHEST_PORT = 65_535


def out() -> Flag:
    text = "folder of the site (default: results/site)"
    return path("--out", text, default=SITE, metavar="DIR")


BUILD: Groups = {"": [out()]}
SERVE: Groups = {
    "": [
        out(),
        flag(
            "--port",
            "port of the address on this machine; 0: a free one",
            type=at_least(0, int, HIGHEST_PORT),
            default=8000,
            metavar="N",
        ),
    ]
}
NOTEBOOKS: Groups = {
    "": [
        path(
            "--out",
            "folder of the notebooks (default: results/notebooks)",
            default=Path("results/notebooks"),
            metavar="DIR",
        )
    ]
}
MESSAGES: Groups = {
    "": [
        choice(
            "--frameworks",
            "frameworks whose output is recorded anew",
            DEFAULT,
            f" (default: {', '.join(DEFAULT)})",
            nargs="+",
        )
    ]
}
