"""Why a line differs: idioms of the frameworks, found by their patterns.

A pattern is a regular expression of the statement; a framework without one says
nothing of the kind. Idioms with a file are the rows of "What differs", with the
first statements of that file that match.
"""

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple


class LineIdiom(NamedTuple):
    """A title, the pattern of each package, one sentence, and a file."""

    title: str
    pytorch: str
    keras: str
    jax: str
    why: str
    file: str = ""

    def patterns(self) -> dict[str, str]:
        found = {
            "pytorch_impl": self.pytorch,
            "keras_impl": self.keras,
            "jax_impl": self.jax,
        }
        return {package: text for package, text in found.items() if text}


LINE_IDIOMS = (
    LineIdiom(
        "Base class",
        r"class .*\(nn\.Module\)",
        r"class .*\((keras\.Model|layers\.Layer)\)",
        r"class .*\(nnx\.Module\)",
        "A module is an nn.Module in PyTorch and an nnx.Module in Flax; Keras "
        "distinguishes a Layer from a Model, which also has fit and predict.",
        "forecaster.py",
    ),
    LineIdiom(
        "The method that applies a module",
        r"def forward\(",
        r"def call\(",
        r"def __call__\(",
        "The method is forward in PyTorch, call in Keras, and __call__ in "
        "Flax; in all three a module is applied by calling it.",
        "forecaster.py",
    ),
    LineIdiom(
        "Constructor of the base class",
        r"super\(\)\.__init__\(\)",
        r"super\(\)\.__init__\(",
        "",
        "PyTorch and Keras register what is assigned to self, so the base "
        "class must be initialized first; an nnx.Module needs no such call.",
    ),
    LineIdiom(
        "Creating a parameter",
        r"nn\.Parameter\(",
        r"add_weight\(",
        r"nnx\.Param\(",
        "PyTorch wraps a tensor in nn.Parameter and Flax an array in "
        "nnx.Param; Keras creates the variable from a shape and the name of "
        "an initializer.",
        "cells.py",
    ),
    LineIdiom(
        "Splitting into gates",
        r"\.chunk\(",
        r"ops\.split\(",
        r"jnp\.split\(",
        "PyTorch has chunk with dim, Keras and JAX have split with axis. The "
        "gates are in the order i f g o (LSTM) and r z n (GRU) everywhere "
        "here; Keras' own GRU stores z r n.",
        "cells.py",
    ),
    LineIdiom(
        "Matrix product",
        r" @ ",
        r"ops\.matmul\(",
        r" @ ",
        "Keras writes the matrix product as ops.matmul, PyTorch and JAX as @.",
        "cells.py",
    ),
    LineIdiom(
        "Activations",
        r"torch\.(sigmoid|tanh|relu)",
        r"ops\.(sigmoid|tanh|relu)",
        r"(nnx|jnp)\.(sigmoid|tanh|relu)",
        "Activations are functions of torch, of keras.ops, and of jax.numpy "
        "or nnx.",
    ),
    LineIdiom(
        "Loop over time",
        r"for (t|vector|token)\b",
        r"layers\.RNN\($|self\.loop\(|loop\(",
        r"(lax|nnx)\.scan\(",
        "PyTorch loops over time in Python, Keras repeats a cell by "
        "layers.RNN, and JAX compiles the loop as one scan.",
        "cells.py",
    ),
    LineIdiom(
        "Native recurrent layers",
        r"nn\.(RNN|GRU|LSTM)\b(?!Base)",
        r"layers\.(SimpleRNN|GRU|LSTM)\b",
        r"nnx\.(SimpleCell|GRUCell|OptimizedLSTMCell)\b",
        "PyTorch and Keras have whole layers; Flax has cells, which nnx.RNN "
        "repeats over time.",
        "recurrent.py",
    ),
    LineIdiom(
        "Order of the carried state",
        r"\(h, \*c\) if c else h",
        r"return layer_states$",
        r"\(\*c, h\) if c else h",
        "The state of an LSTM is (h, c) in PyTorch and [h, c] in Keras, but "
        "(c, h) in Flax.",
        "recurrent.py",
    ),
    LineIdiom(
        "Sequences of different lengths",
        r"pack_padded_sequence\(",
        r"mask=mask",
        r"seq_lengths=lengths",
        "PyTorch packs padded sequences, Keras takes a mask of the steps, "
        "and nnx.RNN takes their lengths.",
        "recurrent.py",
    ),
    LineIdiom(
        "Both directions",
        r"bidirectional=spec",
        r"layers\.Bidirectional\(",
        r"nnx\.Bidirectional\(",
        "A flag of the layer makes it bidirectional in PyTorch; Keras wraps "
        "one layer, Flax wraps two.",
        "recurrent.py",
    ),
    LineIdiom(
        "Batch first",
        r"batch_first=True",
        "",
        "",
        "PyTorch's recurrent layers expect (T, B, D) unless batch_first is "
        "set; Keras and Flax expect (B, T, D).",
    ),
    LineIdiom(
        "What a layer returns",
        "",
        r"return_sequences=True",
        r"return_carry=True",
        "nn.LSTM always returns all outputs and the state; Keras returns the "
        "last output alone and Flax the outputs alone unless they are asked.",
    ),
    LineIdiom(
        "A list of modules",
        r"nn\.ModuleList\(",
        "",
        r"nnx\.List\(",
        "Modules in a list are found only in an nn.ModuleList or nnx.List; "
        "Keras also tracks plain lists.",
    ),
    LineIdiom(
        "Dropout",
        r"nn\.Dropout\(",
        r"layers\.Dropout\(",
        r"nnx\.Dropout\(",
        "nnx.Dropout needs a random stream. train() and eval() switch it in "
        "PyTorch and Flax, the argument training= in Keras.",
        "forecaster.py",
    ),
    LineIdiom(
        "Linear layer",
        r"nn\.Linear\(",
        r"layers\.Dense\(",
        r"nnx\.Linear\(",
        "nn.Linear and nnx.Linear are given their input size; a Dense layer "
        "infers it from its first input.",
        "forecaster.py",
    ),
    LineIdiom(
        "Embedding",
        r"nn\.Embedding\(",
        r'add_weight\(shape, "uniform"',
        r"nnx\.Embed\(",
        "An embedding is nn.Embedding or nnx.Embed; Keras looks rows up in a "
        "weight here, since layers.Embedding has sparse gradients on "
        "TensorFlow.",
    ),
    LineIdiom(
        "Initializing in place",
        r"nn\.init\.",
        "",
        "",
        "PyTorch's initializers overwrite a tensor in place; names that end "
        "in an underscore do so throughout.",
    ),
    LineIdiom(
        "Random keys",
        "",
        "",
        r"rngs\.params\(\)",
        "JAX has no global generator: each draw takes a key, here the next "
        "one of the stream params.",
    ),
    LineIdiom(
        "Random streams",
        "",
        "",
        r"\brngs\b",
        "Flax modules take their random streams as the argument rngs; "
        "PyTorch has a global generator, Keras one in each Dropout layer.",
    ),
    LineIdiom(
        "Zeros",
        r"new_zeros\(",
        r"get_initial_state\(",
        r"jnp\.zeros\(",
        "new_zeros takes the device and the type of a weight; JAX is given "
        "the type; Keras' recurrent layers make their own initial state.",
    ),
    LineIdiom(
        "Training and evaluation mode",
        "",
        r"training=(None|training)",
        "",
        "Keras hands the mode through call; PyTorch and Flax store it in "
        "each module by train() and eval().",
    ),
    LineIdiom(
        "Inputs of a model",
        "",
        r'inputs: dict|inputs\["|inputs\.get\(|"x":',
        "",
        "A Keras model takes one structure of inputs, here a dictionary; "
        "PyTorch and Flax take separate arguments.",
    ),
    LineIdiom(
        "Loss functions",
        r"F\.(mse_loss|(binary_)?cross_entropy)",
        r"(losses|ops)\.(mean_squared_error|sparse_cat|binary_cross)",
        r"optax\.(squared_error|softmax_cross|sigmoid_binary)",
        "PyTorch's losses average over the batch; those of Keras and Optax "
        "return one value for each example.",
        "losses.py",
    ),
    LineIdiom(
        "Logits",
        "",
        r"from_logits=True",
        "",
        "Keras' cross-entropies expect probabilities unless from_logits is "
        "set; those of PyTorch and Optax expect logits.",
    ),
    LineIdiom(
        "Order of a loss's arguments",
        r"\(\s*outputs: Tensor, targets",
        r"\(targets, outputs",
        r"\(\s*outputs: Array, targets",
        "Keras passes the targets first, PyTorch and Optax the outputs.",
    ),
    LineIdiom(
        "Steps without a target",
        r"ignore_index=-1",
        r"targets >= 0|ops\.maximum\(targets, 0\)",
        r"where=targets >= 0|where=mask",
        "PyTorch skips targets equal to ignore_index and reductions of JAX "
        "take where=; in Keras the mask is a factor.",
    ),
    LineIdiom(
        "Label smoothing",
        r"label_smoothing=",
        r"ops\.logsumexp\(",
        r"= logsumexp\(",
        "PyTorch's cross-entropy smooths labels itself; Keras and Optax "
        "smooth one-hot targets only, so it is written out for integers.",
    ),
    LineIdiom(
        "Gradients",
        r"loss\.backward\(\)",
        r"train_on_batch\(",
        r"nnx\.value_and_grad\(",
        "backward() adds gradients to the parameters, value_and_grad returns "
        "them, and Keras computes them inside train_on_batch and fit.",
        "training.py",
    ),
    LineIdiom(
        "Clearing gradients",
        r"zero_grad\(\)",
        "",
        "",
        "PyTorch sums gradients over calls of backward() until zero_grad() "
        "clears them.",
    ),
    LineIdiom(
        "The optimizer's step",
        r"optimizer\.step\(\)",
        r"trained\.compile\(",
        r"optimizer\.update\(",
        "PyTorch's optimizer finds the gradients in the parameters, "
        "nnx.Optimizer takes them as an argument; Keras is given optimizer "
        "and loss by compile and steps itself.",
        "training.py",
    ),
    LineIdiom(
        "Gradient clipping",
        r"clip_grad_(norm|value)_\(",
        r"global_clipnorm=",
        r"optax\.clip_by_global_norm",
        "Clipping is a call before the step in PyTorch, an argument of the "
        "optimizer in Keras, and a link of the optimizer's chain in Optax.",
        "optimizers.py",
    ),
    LineIdiom(
        "Adam",
        r"optim\.Adam",
        r"optimizers\.Adam",
        r"optax\.adam",
        "Adam's epsilon is 1e-8 by default in PyTorch and Optax, 1e-7 in "
        "Keras, which adds it to the uncorrected root of v.",
        "optimizers.py",
    ),
    LineIdiom(
        "RMSProp",
        r"optim\.RMSprop\(",
        r"optimizers\.RMSprop\(",
        r"optax\.rmsprop\(",
        "The decay of the mean square is alpha in PyTorch, rho in Keras, and "
        "decay in Optax; Keras adds epsilon under the root.",
    ),
    LineIdiom(
        "Stochastic gradient descent",
        r"optim\.SGD\(",
        r"optimizers\.SGD\(|HeavyBall\(",
        r"optax\.sgd\(",
        "The momentum of PyTorch and Optax sums gradients, that of Keras "
        "sums steps: they differ where the learning rate changes.",
    ),
    LineIdiom(
        "Learning-rate schedule",
        r"CosineAnnealingLR\(|LambdaLR\(|schedule\.step\(\)",
        r"CosineDecay\(|Exponential\(",
        r"optax\.(cosine_decay_schedule|exponential_decay)\(",
        "PyTorch's scheduler changes the optimizer after each step; in Keras "
        "and Optax a schedule is a function of the step, passed as the "
        "learning rate.",
    ),
    LineIdiom(
        "Compilation",
        r"model\.compile\(",
        r"predict_on_batch\(",
        r"@(partial\()?(nnx|jax)\.jit|jax\.jit\(",
        "JAX compiles a function by jit, anew for each shape and static "
        "argument, and Keras what a model does to a batch; PyTorch runs "
        "operations as they come unless it is told to compile.",
        "training.py",
    ),
    LineIdiom(
        "Cached modules",
        "",
        "",
        r"nnx\.cached_partial\(",
        "nnx.jit traverses modules in Python at each call; cached_partial "
        "does so once.",
    ),
    LineIdiom(
        "Without gradients",
        r"torch\.(inference_mode|no_grad)\(",
        "",
        "",
        "PyTorch records operations for the backward pass unless this mode "
        "is on; JAX and Keras record nothing outside of training.",
    ),
    LineIdiom(
        "Prediction",
        r"model\.eval\(\)",
        r"predict_on_batch\(",
        r"model\.eval\(\)",
        "eval() switches dropout off in PyTorch and Flax; Keras' "
        "predict_on_batch does so and compiles the call.",
    ),
    LineIdiom(
        "Reading a loss",
        r"loss\.detach\(\)",
        r"np\.mean\(losses",
        r"jax\.device_get\(",
        "A loss is read on the host at the end of an epoch, so that no step "
        "waits for the device; detach() lets PyTorch free the graph.",
    ),
    LineIdiom(
        "Seed of the dropout",
        r"torch\.manual_seed\(",
        r"state\.assign\(|set_random_seed\(",
        r"nnx\.reseed\(",
        "PyTorch draws from a global generator, each Dropout layer of Keras "
        "from its own, and Flax from the module's streams.",
    ),
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
        "A new tensor is created on the device that PyTorch is told; Keras "
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
"""In the order of importance: a row has the first that is not said above."""


@cache
def idioms_of(package: str, text: str) -> frozenset[str]:
    """Titles of the idioms that a statement of a package matches."""
    return frozenset(
        title
        for title, pattern in compiled(package).items()
        if pattern.search(text)
    )


@cache
def compiled(package: str) -> dict[str, re.Pattern[str]]:
    """Title -> pattern of a package."""
    return {
        idiom.title: re.compile(idiom.patterns()[package], re.MULTILINE)
        for idiom in LINE_IDIOMS
        if package in idiom.patterns()
    }


def explanations(statements: Mapping[str, str]) -> list[LineIdiom]:
    """The idioms of a row: at least two of its statements must match.

    One is enough for an idiom of one framework alone, and in a row of one.
    """
    hits = Counter(
        title
        for package, text in statements.items()
        for title in idioms_of(package, text)
    )
    return [
        idiom
        for idiom in LINE_IDIOMS
        if hits[idiom.title] >= min(2, len(statements), len(idiom.patterns()))
    ]
