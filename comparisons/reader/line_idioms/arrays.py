"""Idioms of weights and tensors, the most general last."""

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
        r"trainable_variables\)?",
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
        "modules, and Keras is asked layer by layer.",
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
    LineIdiom(
        "Nested structures",
        r"tuple\(part\[|for part in",
        r"keras\.tree\.(map_structure|flatten)\(",
        r"jax\.tree\.map\(",
        "JAX and Keras map a function over a nested state; PyTorch code uses "
        "a comprehension.",
    ),
    LineIdiom(
        "Choosing by a mask",
        r"torch\.where\(|masked_fill\(",
        r"ops\.where\(",
        r"jnp\.where\(|where=",
        "torch.where, ops.where, and jnp.where choose by a mask; reductions "
        "and softmax of JAX also take where=.",
    ),
    LineIdiom(
        "One-hot vectors",
        r"F\.one_hot\(",
        r"ops\.one_hot\(",
        r"jax\.nn\.one_hot\(",
        "PyTorch's one_hot gives integers, those of Keras and JAX give "
        "floating-point numbers.",
    ),
    LineIdiom(
        "A range of steps",
        r"torch\.arange\(",
        r"ops\.arange\(",
        r"jnp\.arange\(",
        "A new tensor is created on the device that PyTorch is given; Keras "
        "and JAX use their default.",
    ),
    LineIdiom(
        "Joining tensors",
        r"torch\.(cat|stack)\(",
        r"ops\.(concatenate|stack)\(",
        r"jnp\.(concatenate|stack)\(",
        "torch.cat takes dim; ops.concatenate and jnp.concatenate take axis.",
    ),
    LineIdiom(
        "A new axis",
        r"\[[:, ]*None|unflatten\(",
        r"ops\.expand_dims\(",
        r"\[[:., ]*None|\[\.\.\.",
        "Keras inserts an axis by ops.expand_dims, PyTorch and JAX by an "
        "index of None.",
    ),
    LineIdiom(
        "Types",
        r"\.to\((torch|\w+\.dtype)",
        r"ops\.cast\(",
        r"\.astype\(",
        "A type is changed by to() in PyTorch, ops.cast in Keras, and "
        "astype() in JAX.",
    ),
    LineIdiom(
        "Functions or methods",
        r"\w\.(mean|sum|argmax|softmax|sort|cumsum|amax|flatten|squeeze)\(",
        r"ops\.(mean|sum|argmax|softmax|top_k|cumsum|max|reshape)\(",
        r"\w\.(mean|sum|argmax|cumsum|softmax|max|reshape)\(",
        "Keras' operations are functions of keras.ops; PyTorch's and JAX' "
        "are methods of the tensor as well.",
    ),
    LineIdiom(
        "dim or axis",
        r"\bdim=",
        r"\baxis=",
        r"\baxis=",
        "PyTorch says dim, Keras and JAX say axis.",
    ),
    LineIdiom(
        "Types of tensors",
        r"\b(Tensor|: nn\.Module)\b",
        "",
        r"\b(Array|: nnx\.Module)\b",
        "Tensors are Tensor in PyTorch and Array in JAX; in Keras their type "
        "depends on the backend.",
    ),
)
