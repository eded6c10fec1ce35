"""What one framework alone needs, each with its reason.

The table is the summary of how the frameworks differ: whatever does not
stand in it, all three packages hold under the same name.
"""

from __future__ import annotations

from collections.abc import Iterable

EAGER = "PyTorch runs operations as they come; compilation is a choice"
PURE = "jax.jit takes pure functions: state goes in and comes out"
LAYOUT = "torch and Keras keep weights in other layouts, NNX in the canonical"
SECOND = "torch's RNN and LSTM have a second bias, redundant to the first"
ASSEMBLED = (
    "NNX has no stacked or two-way layer by a flag, and a GRU cell short"
)
TIED = "torch ties weights by one Parameter under two names"
PASSED = "a compiled Keras model hands its state in and out"
TRACED = "Keras compiles a step anew for each model object that holds it"
LATE = "Keras' exponential schedule cannot wait for some epochs"
CARRIED = "NNX carries the state through its pure step, the others hold it"
PACKED = (
    "torch's own layers learn of lengths only by packing; NNX takes lengths "
    "and Keras a mask"
)
SLOW = "packing is slow on a CPU: there torch turns each sequence round itself"
FROZEN = "Keras' RNN freezes the state of masked steps itself"
BUILT = "a Keras layer makes its weights when it first sees its input"
REPEATED = "the cell that layers.RNN repeats"
NESTED = "NNX names a weight by its path, which depends on the cell"

LOOP = "Keras' loop over time takes a cell and one tensor of inputs"
SIZED = "a compiled step has one shape: rows are filled up to a few sizes"
UNSLOPED = "Keras has no gradient of its own: a step of a model's fit takes it"
ALONE = "Keras traces a model's step where that is what a model object is"

IDIOM_ONLY = {
    "pytorch_impl/recurrent.py Recurrent.read_packed": PACKED,
    "pytorch_impl/recurrent.py Recurrent.read_padded": SLOW,
    "pytorch_impl/recurrent.py Recurrent.one_way": SLOW,
    "pytorch_impl/recurrent.py FUNCTIONS": SLOW,
    "pytorch_impl/recurrent.py FASTER": SLOW,
    "pytorch_impl/recurrent.py WAYS": SLOW,
    "pytorch_impl/recurrent.py turn": SLOW,
    "pytorch_impl/training.py reading_loop": SLOW,
    "pytorch_impl/recurrent.py freeze_second_biases": SECOND,
    "pytorch_impl/training.py compile_loop": EAGER,
    "pytorch_impl/weights.py second_biases": SECOND,
    "pytorch_impl/weights.py to_canonical": LAYOUT,
    "pytorch_impl/weights.py from_canonical": LAYOUT,
    "pytorch_impl/streams.py Carried": CARRIED,
    "pytorch_impl/streams.py Carried.__init__": CARRIED,
    "pytorch_impl/streams.py Carried.forget": CARRIED,
    "pytorch_impl/streams.py Carried.call": CARRIED,
    "pytorch_impl/streams.py detached": (
        "PyTorch's graph reaches back through a state until it is cut off"
    ),
    "keras_impl/streams.py Carried": CARRIED,
    "keras_impl/streams.py Carried.__init__": CARRIED,
    "keras_impl/streams.py Carried.forget": CARRIED,
    "keras_impl/streams.py Carried.call": CARRIED,
    "keras_impl/streams.py Scored": PASSED,
    "keras_impl/streams.py Scored.__init__": PASSED,
    "keras_impl/streams.py Scored.call": PASSED,
    "keras_impl/streams.py scored_by": TRACED,
    "keras_impl/flow.py Nudged": UNSLOPED,
    "keras_impl/flow.py Nudged.__init__": UNSLOPED,
    "keras_impl/flow.py Nudged.trainable_variables": UNSLOPED,
    "keras_impl/flow.py Nudged.call": UNSLOPED,
    "keras_impl/generation.py writer_of": TRACED,
    "keras_impl/generation.py Writer": PASSED,
    "keras_impl/generation.py Writer.__init__": PASSED,
    "keras_impl/generation.py Writer.call": PASSED,
    "keras_impl/cells.py ScratchRecurrent.prepare": BUILT,
    "keras_impl/cells.py ScratchRecurrent.masks": LOOP,
    "keras_impl/cells.py ScratchRecurrent.step": LOOP,
    "keras_impl/recurrent.py Recurrent.prepare": BUILT,
    "keras_impl/recurrent.py Recurrent.masks": LOOP,
    "keras_impl/recurrent.py Recurrent.step": LOOP,
    "keras_impl/recurrent.py Step": LOOP,
    "keras_impl/recurrent.py Step.__init__": LOOP,
    "keras_impl/recurrent.py Step.call": LOOP,
    "keras_impl/recurrent.py over_time": LOOP,
    "keras_impl/seq2seq.py Seq2seq.by_steps": LOOP,
    "keras_impl/seq2seq.py parts": LOOP,
    "keras_impl/seq2seq.py stand": LOOP,
    "keras_impl/weights.py joint_tensor": (
        "Keras finds a variable by the object that holds it"
    ),
    "keras_impl/decoding.py Encoder": ALONE,
    "keras_impl/decoding.py Encoder.__init__": ALONE,
    "keras_impl/decoding.py Encoder.call": ALONE,
    "keras_impl/decoding.py Decoder": ALONE,
    "keras_impl/decoding.py Decoder.__init__": ALONE,
    "keras_impl/decoding.py Decoder.call": ALONE,
    "keras_impl/decoding.py Forced": ALONE,
    "keras_impl/decoding.py Forced.__init__": ALONE,
    "keras_impl/decoding.py Forced.call": ALONE,
    "keras_impl/decoding.py encoder_of": TRACED,
    "keras_impl/decoding.py decoder_of": TRACED,
    "keras_impl/decoding.py forced_by": TRACED,
    "jax_impl/decoding.py SIZES": SIZED,
    "jax_impl/decoding.py filled": SIZED,
    "jax_impl/decoding.py encode": PURE,
    "jax_impl/decoding.py read": PURE,
    "jax_impl/decoding.py told": PURE,
    "jax_impl/recurrent.py CARRIES": "NNX carries an LSTM's c before its h",
    "jax_impl/seq2seq.py BY_STEPS": (
        "nnx.scan must be told what of a module a loop changes"
    ),
    "jax_impl/streams.py score": PURE,
    "jax_impl/generation.py CHUNK": (
        "a compiled loop has one length: longer texts take it several times"
    ),
    "jax_impl/generation.py write": PURE,
    "pytorch_impl/device.py ALL_THREADS": (
        "torch sets threads at any time; Keras and JAX read them at the start"
    ),
    "pytorch_impl/cells.py freeze": FROZEN,
    "jax_impl/cells.py freeze": FROZEN,
    "keras_impl/cells.py ScratchCell": (
        "Keras repeats a cell, which is a layer and holds the weights, over "
        "time by layers.RNN; its ops.scan fails on TensorFlow where T varies"
    ),
    "keras_impl/cells.py ScratchCell.__init__": REPEATED,
    "keras_impl/cells.py ScratchCell.build": BUILT,
    "keras_impl/inputs.py Embedding.build": BUILT,
    "keras_impl/language_model.py Bias": TIED,
    "keras_impl/language_model.py Bias.__init__": TIED,
    "keras_impl/language_model.py Bias.call": TIED,
    "keras_impl/language_model.py HEADS": TIED,
    "jax_impl/language_model.py Bias": TIED,
    "jax_impl/language_model.py Bias.__init__": TIED,
    "jax_impl/language_model.py Bias.call": TIED,
    "jax_impl/language_model.py HEADS": TIED,
    "keras_impl/cells.py ScratchCell.call": REPEATED,
    "keras_impl/cells.py mask_of": "Keras takes a mask instead of lengths",
    "keras_impl/optimizers.py exact": (
        "Keras takes a Python float for float32 even in float64"
    ),
    "keras_impl/optimizers.py HeavyBall": (
        "Keras' momentum sums steps, those of torch and optax sum gradients: "
        "under a schedule these are different rules"
    ),
    "keras_impl/optimizers.py HeavyBall.update_step": (
        "the one step in which that difference lies"
    ),
    "keras_impl/optimizers.py Exponential": LATE,
    "keras_impl/optimizers.py Exponential.__init__": LATE,
    "keras_impl/optimizers.py Exponential.call": LATE,
    "keras_impl/weights.py BIAS_ROWS": (
        "Keras' GRU holds both biases as the rows of one weight"
    ),
    "keras_impl/weights.py is_gru": (
        "Keras alone has the GRU's gates in another order, z before r"
    ),
    "keras_impl/weights.py to_canonical": LAYOUT,
    "keras_impl/weights.py from_canonical": LAYOUT,
    "keras_impl/models.py ONE_STEP": BUILT,
    "keras_impl/models.py EXAMPLES": (
        "a subclassed Keras model has no weights before its first call"
    ),
    "jax_impl/models.py create": (
        "drawing each weight by itself would compile a program for each"
    ),
    "jax_impl/recurrent.py build_layer": ASSEMBLED,
    "jax_impl/recurrent.py build_cell": ASSEMBLED,
    "jax_impl/training.py scan_loop": (
        "a step is a pure function, so that lax.scan takes a whole epoch"
    ),
    "jax_impl/training.py scan_epoch": PURE,
    "jax_impl/training.py build_step": PURE,
    "jax_impl/training.py apply": PURE,
    "jax_impl/weights.py KERNELS": NESTED,
}
"""Package, file and name -> why the others have none, or another one."""


def reason(packages: Iterable[str], file: str, name: str) -> str | None:
    """Why only these packages have a definition; None if unexplained."""
    keys = (f"{package}/{file} {name}" for package in packages)
    found = [IDIOM_ONLY[key] for key in keys if key in IDIOM_ONLY]
    return "; ".join(dict.fromkeys(found)) or None
