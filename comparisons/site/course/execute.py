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
    """What the code prints, and its error as a traceback's last line.

    A last expression is printed, as in a notebook.
    """
    tree = ast.parse(code)
    last = tree.body[-1] if tree.body else None
    if isinstance(last, ast.Expr) and not is_print(last.value):
        call = ast.Call(ast.Name("print", ast.Load()), [last.value], [])
        tree.body[-1] = ast.copy_location(ast.Expr(call), last)
    program = compile(ast.fix_missing_locations(tree), "snippet", "exec")
    printed = io.StringIO()
    with (
        contextlib.redirect_stdout(printed),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("always")
        warnings.simplefilter("ignore", DeprecationWarning)
        warnings.showwarning = print_warning
        try:
            exec(program, names)
        except Exception as error:  # noqa: BLE001  # it is what is shown
            print(f"{type(error).__name__}: {error}")
    text = printed.getvalue().strip()
    for pattern, kept in NOISE:
        text = pattern.sub(kept, text)
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()} …"


def print_warning(message: Any, kind: type, *place: Any) -> None:
    print(f"{kind.__name__}: {message}")


def is_print(value: ast.expr) -> bool:
    function = getattr(value, "func", None)
    return isinstance(function, ast.Name) and function.id == "print"


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
