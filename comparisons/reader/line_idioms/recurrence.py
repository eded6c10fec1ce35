"""Idioms of cells, recurrent layers and their states."""

from comparisons.reader.line_idioms.idiom import LineIdiom

RECURRENCE = (
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
        "scratch.py",
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
        "scratch.py",
    ),
    LineIdiom(
        "Native recurrent layers",
        r"nn\.(RNN|GRU|LSTM)\b(?!Base)",
        r"layers\.(SimpleRNN|GRU|LSTM)\b",
        r"nnx\.(SimpleCell|GRUCell|OptimizedLSTMCell)\b",
        "PyTorch and Keras have whole layers; Flax has cells, which nnx.RNN "
        "repeats over time.",
        "cells.py",
    ),
    LineIdiom(
        "Order of the state",
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
        "last output alone and Flax the outputs alone by default.",
    ),
    LineIdiom(
        "Zeros",
        r"new_zeros\(",
        r"get_initial_state\(",
        r"jnp\.zeros\(",
        "new_zeros takes the device and the type of a weight; JAX is given "
        "the type; Keras' recurrent layers make their own initial state.",
    ),
)
