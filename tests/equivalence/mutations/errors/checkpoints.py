"""Counts of parameters and operations, and checkpoints."""

FLOPS, CHECKPOINTS = (
    f"shared/weights/{file}.py" for file in ("flops", "checkpoints")
)

ERRORS = [
    (FLOPS, "PASSES", "3", "2", "backward pass counted once"),
    (
        FLOPS,
        "layers_flops",
        "2 * (size + read) * columns",
        "(size + read) * columns",
        "multiplication and addition counted as one operation",
    ),
    (
        FLOPS,
        "layers_flops",
        "size + read",
        "size",
        "recurrent product not counted",
    ),
    (
        FLOPS,
        "step_flops",
        "batch * steps if spec.model in EVERY_STEP else batch",
        "batch * steps",
        "head counted at each step of a classifier",
    ),
    (
        FLOPS,
        "count_parameters",
        "{'w_hh': hidden, 'b_hh': 1, 'gain_hh': 1}",
        "{'w_hh': hidden, 'b_hh': 0, 'gain_hh': 1}",
        "recurrent bias of the GRU not counted",
    ),
    (
        FLOPS,
        "count_parameters",
        "1 if spec.tie_weights else head_size(spec) + 1",
        "head_size(spec) + 1",
        "tied weights counted twice",
    ),
    (
        FLOPS,
        "bridge_count",
        "(2 * hidden + 2) * hidden",
        "(2 * hidden + 1) * hidden",
        "bias or score vector of additive attention not counted",
    ),
    (
        FLOPS,
        "bridge_count",
        "2 * hidden**2",
        "hidden**2",
        "readout counted for the context alone",
    ),
    (
        CHECKPOINTS,
        "save_checkpoint",
        "np.ascontiguousarray(w)",
        "w",
        "transposed weight stored in memory order",
    ),
    (
        CHECKPOINTS,
        "save_checkpoint",
        "path.with_suffix('.partial')",
        "path",
        "checkpoint not written atomically",
    ),
    (
        CHECKPOINTS,
        "read_checkpoint",
        "{name: weights[name] for name in shapes}",
        "weights",
        "weights not in canonical order",
    ),
    (
        CHECKPOINTS,
        "read_checkpoint",
        "shapes.get(name) != found.get(name)",
        "False",
        "incomplete checkpoint accepted",
    ),
    (
        CHECKPOINTS,
        "read_header",
        "header.get('schema') != SCHEMA",
        "False",
        "header of another schema read",
    ),
    (
        CHECKPOINTS,
        "HEADER",
        "('run', 'model', 'metadata', 'result', 'data_hashes')",
        "('run', 'model', 'metadata', 'result')",
        "hashes of the data not stored",
    ),
    (
        CHECKPOINTS,
        "HEADER",
        "('run', 'model', 'metadata', 'result', 'data_hashes')",
        "('run', 'model', 'metadata', 'data_hashes')",
        "metric, epoch and seed of the saved weights not stored",
    ),
]
