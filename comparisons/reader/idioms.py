"""What one framework alone needs, each with its reason.

The table is the summary of how the frameworks differ: every definition that
is not in it exists under the same name in all three packages. An entry for a
class covers its methods.
"""

import re
from collections.abc import Iterable

IDIOMS = """\
PyTorch writes a function with a gradient of its own as a class, and runs
operations as they come: none is on padding
    pytorch_impl/bptt.py Unroll BpttRecurrent.call
on processors of AMD, the products of PyTorch reach half the speed of oneDNN's
    pytorch_impl/bptt_cells.py matmul
packing is slow on a CPU: PyTorch reads reversed padded sequences
    pytorch_impl/recurrent.py Recurrent.run_padded
    pytorch_impl/recurrent.py reverse_padded one_direction
PyTorch's RNN and LSTM have a second, redundant bias
    pytorch_impl/recurrent.py freeze_second_biases
    pytorch_impl/weights.py second_biases
NNX carries the state through its step, the others store it
    pytorch_impl/tbptt.py StatefulLanguageModel
    keras_impl/tbptt.py StatefulLanguageModel
PyTorch's graph reaches back through a state until it is cut off
    pytorch_impl/tbptt.py detach
PyTorch has an LSTM of oneDNN, which packs its weights at each call
    pytorch_impl/device.py without_onednn
PyTorch runs operations as they come; compilation is a choice
    pytorch_impl/training.py compile_loop
PyTorch stores weights transposed, Keras the GRU's gates z before r
    pytorch_impl/weights.py canonical_view
    keras_impl/weights.py relayout
Keras repeats a cell, which is a layer and holds its weights, over time by
layers.RNN; its ops.scan fails on TensorFlow where T varies
    keras_impl/scratch.py ScratchCell
    keras_impl/bptt.py scan
a Keras layer makes its weights when it first sees its input
    keras_impl/scratch.py ScratchLayer.build
one loop over time repeats several Keras layers by their cells
    keras_impl/scratch.py ScratchLayer.step ScratchRecurrent.step
    keras_impl/recurrent.py Recurrent.step
layers.RNN is also the loop over time of a CRF, for the same reason
    keras_impl/crf.py ForwardCell
Keras writes attention over time as a cell under layers.RNN
    keras_impl/seq2seq.py DecoderCell SamplingCell
layers.RNN repeats a cell over one tensor: its columns are what the cell reads
    keras_impl/seq2seq.py split_columns
JAX, a backend of Keras, draws nothing at random within a loop
    keras_impl/seq2seq.py dropout_mask
Keras compiles a model's call alone, and that once for each object
    keras_impl/device.py Compiled compiled
    keras_impl/decoding.py best_tokens scores
    keras_impl/generation.py sample_next
    keras_impl/tbptt.py window_nll
with JAX, Keras trains by `call`, which sets `training` of no inner layer
    keras_impl/training.py TrainedModel
Keras users train by Model.fit, which takes batches and callbacks
    keras_impl/training.py fit_loop Batches EpochCallback as_dataset
Keras has no gradient of its own: a step of a model's training takes it
    keras_impl/state_gradients.py PerturbedModel
PyTorch ties weights by one Parameter under two names
    keras_impl/language_model.py Bias HEADS
    jax_impl/language_model.py Bias HEADS
a subclassed Keras model has no weights before its first call
    keras_impl/models.py INDICES
Keras computes CTC in float32 alone on TensorFlow
    keras_impl/losses.py exact_ctc_loss
Keras takes a Python float for float32 even in float64
    keras_impl/optimizers.py exact
Keras' momentum sums steps, those of PyTorch and Optax sum gradients: under a
schedule these are different rules
    keras_impl/optimizers.py HeavyBall
Keras' exponential schedule cannot wait for some epochs
    keras_impl/optimizers.py Exponential
the file of a Keras model is the graph of its layers, not weights alone
    keras_impl/export.py FunctionalModel
Keras' GRU holds both biases as the rows of one weight
    keras_impl/weights.py BIAS_ROWS
Keras finds a variable by the object that holds it
    keras_impl/weights.py joint_tensor
NNX has no stacked or bidirectional layer, nor the GRU's bias b_h
    jax_impl/recurrent.py build_layer build_cell
NNX calls no cuDNN; jax.experimental.rnn does for an LSTM
    jax_impl/recurrent.py CudnnLayer
drawing each weight by itself would compile a program for each
    jax_impl/models.py create
nnx.scan takes which variables of a module its loop changes
    jax_impl/seq2seq.py STATE_AXES
a compiled step has one shape: rows are padded to a few sizes
    jax_impl/decoding.py padded_rows
nnx.jit caches what it compiles by a function at the top level
    jax_impl/decoding.py top_tokens
    jax_impl/generation.py generate_chunk
    jax_impl/training.py train_step apply
a step that is a pure function can be scanned over a whole epoch
    jax_impl/training.py pure_loop split_arrays build_pure_step scan_loop
    jax_impl/training.py scan_epoch
"""
"""Why others have none, or another one; indented: a file and its names."""

IDIOM_ONLY = {
    f"{file} {name}": " ".join(reason.split())
    for reason, files in re.findall(r"((?:\S.*\n)+)((?: .*\n)+)", IDIOMS)
    for file, *names in map(str.split, files.splitlines())
    for name in names
}
"""Package, file and name -> the reason."""


def excused(package: str, file: str, name: str) -> str | None:
    """Why this package alone has a definition, or its class; else None."""
    place = f"{package}/{file}"
    whole = f"{place} {name.partition('.')[0]}"
    return IDIOM_ONLY.get(f"{place} {name}", IDIOM_ONLY.get(whole))


def reason(packages: Iterable[str], file: str, name: str) -> str | None:
    """Why only these packages hold a definition; None where none is given."""
    reasons = [excused(package, file, name) for package in packages]
    return "; ".join(dict.fromkeys(filter(None, reasons))) or None
