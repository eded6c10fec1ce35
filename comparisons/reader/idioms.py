"""What one framework alone needs, each with its reason.

The table is the summary of how the frameworks differ: every definition that
is not in it exists under the same name in all three packages. An entry for a
class covers its methods.
"""

from __future__ import annotations

from collections.abc import Iterable

FROZEN = "Keras' RNN freezes the state of masked steps itself"
TIED = "PyTorch ties weights by one Parameter under two names"
LAYOUT = "PyTorch and Keras store weights in other layouts, NNX canonically"
STATEFUL = "NNX carries the state through its step, the others store it"

EAGER = "PyTorch runs operations as they come; compilation is a choice"
SECOND_BIAS = "PyTorch's RNN and LSTM have a second, redundant bias"
PACKING = "packing is slow on a CPU: PyTorch reads reversed padded sequences"

ASSEMBLED = "NNX has no stacked or bidirectional layer, nor the GRU's bias b_h"
JITTED = "nnx.jit caches what it compiles by a function at the top level"
PURE = "a step that is a pure function can be scanned over a whole epoch"

ONE_LOOP = "one loop over time repeats several Keras layers by their cells"
REPEATED = "Keras writes attention over time as a cell under layers.RNN"
COMPILED = "Keras compiles a model's call alone, and that once for each object"
FITTED = "Keras users train by Model.fit, which takes batches and callbacks"
UNBUILT = "a subclassed Keras model has no weights before its first call"

IDIOM_ONLY = {
    "pytorch_impl/device.py ALL_THREADS": (
        "PyTorch sets threads at any time; Keras and JAX at their start"
    ),
    "pytorch_impl/cells.py freeze": FROZEN,
    "pytorch_impl/recurrent.py Recurrent.run_padded": PACKING,
    "pytorch_impl/recurrent.py uses_packing": PACKING,
    "pytorch_impl/recurrent.py reverse_padded": PACKING,
    "pytorch_impl/recurrent.py one_direction": PACKING,
    "pytorch_impl/recurrent.py freeze_second_biases": SECOND_BIAS,
    "pytorch_impl/tbptt.py StatefulLanguageModel": STATEFUL,
    "pytorch_impl/tbptt.py detach": (
        "PyTorch's graph reaches back through a state until it is cut off"
    ),
    "pytorch_impl/training.py compile_loop": EAGER,
    "pytorch_impl/weights.py second_biases": SECOND_BIAS,
    "pytorch_impl/weights.py relayout": LAYOUT,
    "keras_impl/cells.py ScratchCell": (
        "Keras repeats a cell, which is a layer and holds its weights, over "
        "time by layers.RNN; its ops.scan fails on TensorFlow where T varies"
    ),
    "keras_impl/cells.py ScratchLayer.build": (
        "a Keras layer makes its weights when it first sees its input"
    ),
    "keras_impl/cells.py ScratchLayer.step": ONE_LOOP,
    "keras_impl/cells.py ScratchRecurrent.step": ONE_LOOP,
    "keras_impl/recurrent.py Recurrent.step": ONE_LOOP,
    "keras_impl/seq2seq.py DecoderCell": REPEATED,
    "keras_impl/seq2seq.py SamplingCell": REPEATED,
    "keras_impl/seq2seq.py split_columns": (
        "layers.RNN repeats a cell over one tensor: its columns are what the "
        "cell reads"
    ),
    "keras_impl/seq2seq.py dropout_mask": (
        "JAX, a backend of Keras, draws nothing at random within a loop"
    ),
    "keras_impl/device.py Compiled": COMPILED,
    "keras_impl/device.py compiled": COMPILED,
    "keras_impl/decoding.py encode": COMPILED,
    "keras_impl/decoding.py best_tokens": COMPILED,
    "keras_impl/decoding.py scores": COMPILED,
    "keras_impl/generation.py draw_next": COMPILED,
    "keras_impl/tbptt.py window_nll": COMPILED,
    "keras_impl/tbptt.py StatefulLanguageModel": STATEFUL,
    "keras_impl/training.py TrainedModel": (
        "with JAX, Keras trains by `call` itself, which tells no layer within"
    ),
    "keras_impl/training.py fit_loop": FITTED,
    "keras_impl/training.py Batches": FITTED,
    "keras_impl/training.py EpochCallback": FITTED,
    "keras_impl/training.py cut": FITTED,
    "keras_impl/state_gradients.py PerturbedModel": (
        "Keras has no gradient of its own: a step of a model's training "
        "takes it"
    ),
    "keras_impl/language_model.py Bias": TIED,
    "keras_impl/language_model.py HEADS": TIED,
    "keras_impl/models.py ONE_STEP": UNBUILT,
    "keras_impl/models.py EXAMPLES": UNBUILT,
    "keras_impl/optimizers.py exact": (
        "Keras takes a Python float for float32 even in float64"
    ),
    "keras_impl/optimizers.py HeavyBall": (
        "Keras' momentum sums steps, those of PyTorch and Optax sum "
        "gradients: under a schedule these are different rules"
    ),
    "keras_impl/optimizers.py Exponential": (
        "Keras' exponential schedule cannot wait for some epochs"
    ),
    "keras_impl/weights.py BIAS_ROWS": (
        "Keras' GRU holds both biases as the rows of one weight"
    ),
    "keras_impl/weights.py joint_tensor": (
        "Keras finds a variable by the object that holds it"
    ),
    "keras_impl/weights.py is_gru": (
        "Keras alone has the GRU's gates in another order, z before r"
    ),
    "keras_impl/weights.py relayout": LAYOUT,
    "jax_impl/cells.py freeze": FROZEN,
    "jax_impl/recurrent.py build_layer": ASSEMBLED,
    "jax_impl/recurrent.py build_cell": ASSEMBLED,
    "jax_impl/models.py create": (
        "drawing each weight by itself would compile a program for each"
    ),
    "jax_impl/language_model.py Bias": TIED,
    "jax_impl/language_model.py HEADS": TIED,
    "jax_impl/seq2seq.py STATE_AXES": (
        "nnx.scan takes which variables of a module its loop changes"
    ),
    "jax_impl/decoding.py padded_rows": (
        "a compiled step has one shape: rows are padded to a few sizes"
    ),
    "jax_impl/decoding.py top_tokens": JITTED,
    "jax_impl/generation.py CHUNK": (
        "a compiled loop has one length: longer texts take it several times"
    ),
    "jax_impl/generation.py generate_chunk": JITTED,
    "jax_impl/training.py train_step": JITTED,
    "jax_impl/training.py apply": JITTED,
    "jax_impl/training.py pure_loop": PURE,
    "jax_impl/training.py split_arrays": PURE,
    "jax_impl/training.py build_pure_step": PURE,
    "jax_impl/training.py scan_loop": PURE,
    "jax_impl/training.py scan_epoch": PURE,
}
"""Package, file and name -> why the others have none, or another one."""


def excused(package: str, file: str, name: str) -> str | None:
    """Why this package alone has a definition, or its class; else None."""
    place = f"{package}/{file}"
    whole = f"{place} {name.partition('.')[0]}"
    return IDIOM_ONLY.get(f"{place} {name}", IDIOM_ONLY.get(whole))


def reason(packages: Iterable[str], file: str, name: str) -> str | None:
    """Why only these packages hold a definition; None where none is given."""
    reasons = [excused(package, file, name) for package in packages]
    return "; ".join(dict.fromkeys(filter(None, reasons))) or None
