"""`compare.py vectors build`: cases for a check of any engine."""

from comparisons.arguments.command_line import parse
from comparisons.arguments.terminal import note, say
from comparisons.vectors.build import build
from comparisons.vectors.plan import VERSION


def main(arguments: list[str]) -> int:
    """Compute all cases by the reference, and write them."""
    options = parse("vectors build", arguments)
    count = build(options.out, progress=note)
    size = sum(path.stat().st_size for path in options.out.iterdir())
    say(
        f"{count:,} cases of version {VERSION}, {size / 1e6:.1f} MB: "
        f"{options.out}"
    )
    return 0
