"""`compare.py report DIR [DIR ...]`: one page of several comparisons."""

from __future__ import annotations

from pathlib import Path

from comparisons.flags import Parser
from comparisons.report.files import PAGE, ReportError
from comparisons.report.reading import read_parts


def build_parser() -> Parser:
    """The flags of the command."""
    parser = Parser(prog="compare.py report", allow_abbrev=False)
    parser.add_argument(
        "folders",
        nargs="+",
        type=Path,
        metavar="DIR",
        help="folders of comparisons, each with a runs.jsonl",
    )
    parser.add_argument(
        "--out",
        type=Path,
        metavar="FILE",
        help=f"default: DIR/{PAGE} of one folder, ./{PAGE} of several",
    )
    return parser


def main(arguments: list[str]) -> int:
    """Write the page; 0 once it is there."""
    options = build_parser().parse_args(arguments)
    folders = list(dict.fromkeys(options.folders))
    parts = read_parts(folders)
    path = options.out or default_path(folders)
    from comparisons.report.page import page

    text = page(parts)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ReportError(f"cannot write '{path}': {error.strerror}") from error
    print(f"file: {path}")
    return 0


def default_path(folders: list[Path]) -> Path:
    """Beside the records of one folder, here for several."""
    return folders[0] / PAGE if len(folders) == 1 else Path(PAGE)
