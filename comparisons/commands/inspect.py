"""`compare.py inspect`: every weight by name, symbol, shape and meaning."""

from rich.table import Table

from comparisons.analysis.tables import make_console, terminal_table
from comparisons.arguments.options import parse_options
from comparisons.runs.plan import make_plan
from comparisons.runs.trained import ask_once
from shared.exhibits.names import row_name
from shared.specs import GATE_NAMES
from shared.weights.layout import weight_shapes

MEANINGS = {
    "table": ("E", "(V, E)", "vector of each index; row 0 is padding"),
    "w_ih": ("W", "(D, {g}H)", "input to {gates}"),
    "w_hh": ("U", "(H, {g}H)", "previous state to {gates}"),
    "b_ih": ("b", "({g}H)", "bias of {gates}"),
    "b_hh": ("b_h", "({g}H)", "bias of {gates}, added to U h"),
    "weight": ("V", "(H', K)", "last state to outputs"),
    "bias": ("c", "(K)", "bias of the outputs"),
}
"""Last part of a canonical name -> symbol, shape in letters, meaning."""


BETWEEN = {
    "bridge.h.weight": ("W_s", "(H, H)", "encoder's last h to decoder's h"),
    "bridge.h.bias": ("b_s", "(H)", "bias of that h"),
    "bridge.c.weight": ("W_c", "(H, H)", "encoder's last h to decoder's c"),
    "bridge.c.bias": ("b_c", "(H)", "bias of that c"),
    "attention.query.weight": ("W_a", "(H, H)", "decoder's h to a query"),
    "attention.keys.weight": ("U_a", "(H, H)", "encoder's outputs to keys"),
    "attention.keys.bias": ("b_a", "(H)", "bias of the keys"),
    "attention.score.weight": ("v", "(H, 1)", "query and key to a score"),
    "readout.weight": ("W_r", "(2H, H)", "context and h to what is read"),
}
"""Canonical name, without the layer's number -> the same."""


def main(arguments: list[str]) -> int:
    """Print the weights of each framework and cell."""
    choices = parse_options(arguments, "inspect")
    choices.seeds = 1
    console = make_console()
    for run in make_plan(choices, "").runs:
        found = ask_once("inspect", run, choices.timeout)
        console.print(
            f"{row_name(run.framework, run.cell)}: {run.model.model}, "
            f"{found['parameters']:,} trainable parameters"
        )
        console.print(table(found, weight_shapes(run.model), run.cell))
    return 0


def table(found: dict, shapes: dict, cell: str) -> Table:
    headings = ("weight", "", "shape", "meaning", "own name and shape")
    columns = terminal_table(headings, (), "l")
    for name, own, own_shape in found["tensors"]:
        symbol, letters, meaning = describe(name, cell)
        sizes = tuple(shapes[name])
        columns.add_row(
            name,
            symbol,
            f"{letters}\n{sizes}",
            meaning,
            f"{own}\n{tuple(own_shape)}",
        )
    return columns


def describe(name: str, cell: str) -> tuple[str, str, str]:
    """Symbol, shape in letters and meaning of a canonical weight."""
    place = ".".join(part for part in name.split(".") if not part.isdigit())
    found = BETWEEN.get(place, MEANINGS[name.rpartition(".")[2]])
    symbol, letters, meaning = found
    order = " ".join(GATE_NAMES[cell])
    gates = f"gates {order}" if order else "the state"
    count = str(len(order.split())) if order else ""
    if ".reverse." in name:
        meaning += ", read from the end"
    return symbol, letters.format(g=count), meaning.format(gates=gates)
