"""The flags of the commands that take a model to another library."""

from comparisons.arguments.flags import common
from comparisons.arguments.flags.flag import Groups, choice, flag, path
from shared.specs import NATIVE_CELLS

FORMATS = ("state_dict", "safetensors", "keras", "nnx", "onnx")

to = choice("--to", "format to write", FORMATS, short=0, required=True)

EXPORT: Groups = {
    "": [
        common.checkpoint(required=True),
        to,
        path("--out", "folder (default: TASK-CELL-FORMAT)", metavar="DIR"),
        common.timeout("a process"),
    ]
}
CONVERT: Groups = {
    "": [
        path(
            "--from",
            "weights: .pt, .pth, .safetensors (names of PyTorch), .keras, "
            ".weights.h5, or a folder of Orbax (names of Flax NNX)",
            dest="source",
            required=True,
        ),
        to,
        choice("--cell", "cell, where the weights leave it open", NATIVE_CELLS),
        flag(
            "--layer", "layer or stack, where there are several", metavar="NAME"
        ),
        path("--out", "folder (default: FILE-FORMAT)", metavar="DIR"),
        common.timeout("a process"),
    ]
}
