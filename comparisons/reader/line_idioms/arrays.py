"""Idioms of arrays and weights."""

from comparisons.reader.line_idioms.idiom import LineIdiom

ARRAYS = (
    LineIdiom(
        "Arrays on the device",
        r"torch\.from_numpy\(|\.to\(CURRENT",
        r"\.astype\(keras",
        r"jnp\.asarray\(",
        "PyTorch moves each tensor by to(), JAX puts new arrays on its "
        "default device, and Keras moves NumPy arrays itself.",
        "device.py",
    ),
    LineIdiom(
        "Arrays back to NumPy",
        r"\.cpu\(\)\.numpy\(|numpy\(force=True\)",
        r"convert_to_numpy\(",
        r"np\.asarray\(|np\.array\(tensor",
        "PyTorch copies to the CPU first; Keras has a function, and a JAX "
        "array converts by itself.",
    ),
    LineIdiom(
        "Number of parameters",
        r"p\.numel\(\)",
        r"in model\.trainable_variables",
        r"p\.size\b",
        "Trainable are parameters that require a gradient, trainable "
        "variables, and nnx.Param.",
    ),
    LineIdiom(
        "Weights by name",
        r"named_parameters\(\)",
        r"tensor\.path",
        r"nnx\.iter_graph\(",
        "PyTorch names parameters by their path, Flax walks the graph of "
        "modules, and Keras has it layer by layer.",
    ),
    LineIdiom(
        "Changing a weight",
        r"\.copy_\(|\.zero_\(",
        r"\.assign\(",
        r"set_value\(",
        "A weight is changed by copy_ in PyTorch, assign in Keras, and "
        "set_value in Flax.",
    ),
    LineIdiom(
        "Names of recurrent weights",
        r'"(weight|bias)_[ih]h"',
        r'"(recurrent_)?(kernel|bias)"',
        r'"dense_[ih]\.(kernel|bias)"',
        "The matrices are weight_ih and weight_hh in PyTorch, where they are "
        "transposed, kernel and recurrent_kernel in Keras, and two Linear "
        "layers in Flax.",
        "weights.py",
    ),
    LineIdiom(
        "Tied weights",
        r"self\.head\.weight =",
        r"ops\.transpose\(",
        r"\.attend\((outputs|features)",
        "PyTorch gives one Parameter two names; Flax multiplies by the "
        "embedding's attend, Keras by its transposed table.",
    ),
)
