"""Idioms of modules, layers and their states."""

from comparisons.reader.line_idioms.idiom import LineIdiom

MODULES = (
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
)
