"""Unrolled steps, state gradients, weights and the device."""

UNROLL, GRADIENTS, WEIGHTS, DEVICE = (
    f"keras_impl/{name}.py"
    for name in ("unroll", "state_gradients", "weights", "device")
)

ERRORS = [
    (
        UNROLL,
        "unroll",
        "whole if lengths is None else lengths",
        "whole",
        "steps of the padding unrolled",
    ),
    (
        UNROLL,
        "unroll",
        "ops.where(mask, vectors, 0.0)",
        "vectors",
        "inputs of the padding shown",
    ),
    (
        UNROLL,
        "unroll_layer",
        "ops.where(mask, values[name], 0.0)",
        "values[name]",
        "gates of the padding shown",
    ),
    (
        UNROLL,
        "unroll",
        "predict(model, x, lengths)",
        "predict(model, x, None)",
        "outputs of the padded sequences",
    ),
    (
        "keras_impl/scratch.py",
        "ScratchCell.call",
        "(*gates, *state)",
        "(*gates[::-1], *state)",
        "recorded gates in reverse order",
    ),
    (
        GRADIENTS,
        "state_gradients",
        "-ops.convert_to_numpy(perturbation)",
        "ops.convert_to_numpy(perturbation)",
        "sign of the gradient",
    ),
    (
        GRADIENTS,
        "state_gradients",
        "keras.optimizers.SGD(1.0)",
        "keras.optimizers.SGD(0.1)",
        "gradient times a learning rate",
    ),
    (
        GRADIENTS,
        "last_step",
        "outputs[:, -1]",
        "outputs[:, 0]",
        "loss of the first step",
    ),
    (
        GRADIENTS,
        "HEAD_INPUTS",
        "last_step",
        "lambda outputs: outputs.mean(axis=1)",
        "classifier read by its mean",
        1,
    ),
    (
        WEIGHTS,
        "export_weights",
        "relayout(model, name, array).copy()",
        "array.copy()",
        "gates of the GRU exported in Keras' order",
    ),
    (
        WEIGHTS,
        "relayout",
        "np.concatenate([r, z, n], axis=-1)",
        "np.concatenate([z, r, n], axis=-1)",
        "gates r and z of the GRU swapped",
    ),
    (
        WEIGHTS,
        "BIAS_ROWS",
        "{'b_ih': 0, 'b_hh': 1}",
        "{'b_ih': 1, 'b_hh': 0}",
        "biases of the GRU exported in reverse",
    ),
    (
        WEIGHTS,
        "count_parameters",
        "model.trainable_variables",
        "model.variables",
        "states of the seeds counted as parameters",
    ),
    (
        WEIGHTS,
        "native_names",
        "layer.backward_layer if reverse else layer.forward_layer",
        "layer.forward_layer",
        "forward weights in both directions",
    ),
    (
        DEVICE,
        "configure",
        "keras.utils.set_random_seed(seed)",
        "keras.utils.set_random_seed(0)",
        "weights of seed 0 whatever is set",
    ),
    (
        DEVICE,
        "configure",
        "keras.config.set_dtype_policy(PRECISIONS[precision])",
        "keras.config.set_dtype_policy('float32')",
        "float64 computed in float32",
    ),
    (
        DEVICE,
        "configure",
        "precision == 'float64' and keras.config.backend() != 'tensorflow'",
        "False",
        "float64 lowered in silence by another backend",
    ),
    (
        DEVICE,
        "find_device",
        "device == 'gpu' and not available",
        "False",
        "CPU taken in silence where no GPU is found",
    ),
]
