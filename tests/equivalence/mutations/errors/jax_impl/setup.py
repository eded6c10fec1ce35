"""Weights, device, and what is read of each step."""

WEIGHTS, DEVICE, GRADIENTS, UNROLL = (
    f"jax_impl/{file}.py"
    for file in ("weights", "device", "state_gradients", "unroll")
)

ERRORS = [
    (
        WEIGHTS,
        "native_names",
        "'reverse' in prefix",
        "'reverse' not in prefix",
        "directions swapped in native layers",
    ),
    (
        WEIGHTS,
        "load_weights",
        "weights[name].any()",
        "False",
        "a bias that the native GRU lacks dropped without an error",
    ),
    (
        WEIGHTS,
        "count_parameters",
        "p.size",
        "p.shape[0]",
        "parameters counted by rows",
    ),
    (
        DEVICE,
        "configure",
        "threads",
        "False",
        "number of threads ignored",
    ),
    (
        DEVICE,
        "configure",
        "CURRENT.update(dtype=dtype, seed=seed)",
        "CURRENT.update(dtype=dtype)",
        "seed of the model's own initialization ignored",
    ),
    (
        DEVICE,
        "PRECISIONS",
        "(jnp.float32, 'highest')",
        "(jnp.float32, 'tensorfloat32')",
        "float32 products in TF32 on a GPU",
    ),
    (
        DEVICE,
        "PRECISIONS",
        "'BF16_BF16_F32'",
        "'highest'",
        "precision bf16 computed in float32",
    ),
    (
        DEVICE,
        "kernels",
        "CURRENT['library'] == 'cudnn' and model.spec.impl == 'native'",
        "CURRENT['library'] == 'cudnn'",
        "cuDNN named for layers from scratch",
    ),
    (
        DEVICE,
        "peak_memory",
        "'peak_bytes_in_use'",
        "'bytes_in_use'",
        "memory in use now recorded as the peak",
    ),
    (
        DEVICE,
        "find_device",
        "raise DeviceError(message) from None",
        "pass",
        "trained on the CPU though a GPU was requested",
    ),
    (
        GRADIENTS,
        "last_step",
        "outputs[:, -1]",
        "outputs[:, 0]",
        "loss of the first step, not of the last",
    ),
    (
        UNROLL,
        "unroll_layer",
        "jnp.where(mask, gate, 0.0)",
        "gate",
        "gates past the end of a sequence shown",
    ),
    (
        UNROLL,
        "unroll_layer",
        "(*gates, *states)",
        "(*states, *gates)",
        "states shown under the names of gates",
    ),
    (
        UNROLL,
        "unroll",
        "jnp.where(mask, vectors, 0.0)",
        "vectors",
        "inputs past the end of a sequence shown",
    ),
]
