"""Idioms of tensors and their types, the most general last."""

from comparisons.reader.line_idioms.idiom import LineIdiom

TENSORS = (
    LineIdiom(
        "Nested structures",
        r"tuple\(part\[",
        r"keras\.tree\.(map_structure|flatten)\(",
        r"jax\.tree\.map\(",
        "JAX and Keras map a function over a nested state; PyTorch code uses "
        "a comprehension.",
    ),
    LineIdiom(
        "Changing a tensor in place",
        r"\w\[.*\] = [\d.]+$",
        r"probs = ops\.where\(",
        r"probs = jnp\.where\(",
        "Tensors of PyTorch can be changed in place; Keras and JAX choose "
        "the values of a new one.",
    ),
    LineIdiom(
        "Repeating along an axis",
        r"\.expand\(",
        r"ops\.repeat\(",
        r"jnp\.repeat\(",
        "PyTorch's expand is a view that repeats a value; Keras and JAX "
        "have repeat.",
    ),
    LineIdiom(
        "Parts of a tensor",
        r"\.unbind\(|\.split\(1",
        r"ops\.unstack\(",
        r"x\[\.\.\., [01]\]",
        "unbind and ops.unstack give all slices along an axis; JAX code "
        "takes each by its index.",
    ),
    LineIdiom(
        "Elements by their index",
        r"\.gather\(",
        r"take_along_axis\(",
        r"take_along_axis\(",
        "The elements of each row are taken by gather in PyTorch, by "
        "take_along_axis in Keras and JAX.",
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
        "Dropping an axis",
        r"\[\.\.\., 0\]|\.squeeze\(",
        r"ops\.squeeze\(|\(-1,\)\)",
        r"\[\.\.\., 0\]|outputs\[:, 0\]",
        "An axis of one element is dropped by an index or squeeze; Keras "
        "has ops.squeeze and ops.reshape.",
    ),
    LineIdiom(
        "A lower bound",
        r"\.clamp\(",
        r"ops\.maximum\(",
        r"jnp\.maximum\(",
        "Values are bounded by clamp in PyTorch, ops.maximum in Keras, and "
        "jnp.maximum in JAX.",
    ),
    LineIdiom(
        "A new axis",
        r"\[[:, ]*None",
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
        "Names of types",
        r"dtype=torch\.|: torch\.",
        r'dtype="|"int32"|floatx\(\)',
        r'\bbool\)|jnp\.(int|float)|CURRENT\["dtype"\]',
        "A type is an object such as torch.bool in PyTorch, a string in "
        "Keras, and a NumPy type in JAX.",
    ),
    LineIdiom(
        "Sizes that a graph leaves open",
        "",
        r"ops\.shape\(",
        "",
        "Keras may trace a graph before the batch size is known: ops.shape "
        "gives sizes as the graph has them.",
    ),
    LineIdiom(
        "The chosen device",
        "",
        r"keras\.device\(",
        "",
        "Keras creates tensors on the device of the surrounding block; "
        "PyTorch moves models and tensors; JAX has a default device.",
    ),
    LineIdiom(
        "Functions or methods",
        r"\w\.(mean|sum|argmax|softmax|sort|cumsum|amax|flatten|squeeze)\(",
        r"ops\.(mean|sum|argmax|softmax|top_k|cumsum|max|reshape)\(",
        r"\w\.(mean|sum|argmax|cumsum|softmax|max|reshape)\(",
        "Keras' operations are functions of keras.ops; PyTorch's and JAX's "
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
        "Types of models",
        r"(:|->) nn\.Module",
        r"(:|->) keras\.Model",
        r"(:|->) nnx\.Module",
        "A model is an nn.Module, a keras.Model, or an nnx.Module.",
    ),
    LineIdiom(
        "Types of tensors",
        r"\bTensor\b",
        "",
        r"\bArray\b",
        "Tensors are Tensor in PyTorch and Array in JAX; in Keras their "
        "type depends on the backend.",
    ),
)
