"""`python -m comparisons.site.course.execute`: run snippets, one by one.

It reads {"preamble": code, "snippets": {name: code}} and answers
{name: output}, both JSON. Each snippet has names of its own.
"""

import ast
import contextlib
import io
import json
import os
import re
import sys
import tempfile
import warnings
from typing import Any

NOISE = (
    (re.compile(r"\x1b\[[0-9;]*m"), ""),
    (re.compile(r" at 0x[0-9a-f]{6,}"), ""),
    (re.compile(r"\bid=\d{6,}"), "id=…"),
    (re.compile(r"'([a-z]+(?:_[a-z]+)*)_\d+'"), r"'\1'"),  # layers of Keras
    (re.compile(r"[ \t]+$", re.MULTILINE), ""),
)
"""What differs from run to run, or is no text -> what is kept of it."""

LONGEST = 900
"""Characters of an output that are kept."""


def output(code: str, names: dict[str, Any]) -> str:
    """What the code prints, its warnings, and its error.

    The value of a last expression is printed, as in a notebook.
    """
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.simplefilter("ignore", DeprecationWarning)
        warnings.showwarning = print_warning  # type: ignore[assignment]
        try:
            run(code, names)
        except Exception as error:  # noqa: BLE001  # it is what is shown
            print(f"{type(error).__name__}: {error}")
    text = printed.getvalue().strip()
    for pattern, kept in NOISE:
        text = pattern.sub(kept, text)
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()} …"


def run(code: str, names: dict[str, Any]) -> None:
    """Run the statements, and print the value of a last expression."""
    body = ast.parse(code).body
    last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
    exec(compile(ast.Module(body, []), "snippet", "exec"), names)
    if isinstance(last, ast.Expr):
        shown = compile(ast.Expression(last.value), "snippet", "eval")
        value = eval(shown, names)  # noqa: S307  # a snippet of the project
        if value is not None:
            print(value)


def print_warning(message: Any, kind: type, *place: Any) -> None:
    print(f"{kind.__name__}: {message}")


def main() -> None:
    request = json.load(sys.stdin)
    answers = {}
    with tempfile.TemporaryDirectory() as place:
        os.chdir(place)  # for what a snippet writes
        for name, code in request["snippets"].items():
            names: dict[str, Any] = {"__name__": "snippet"}
            exec(request["preamble"], names)
            answers[name] = output(code, names)
        os.chdir("/")
    print(json.dumps(answers))


if __name__ == "__main__":
    main()
