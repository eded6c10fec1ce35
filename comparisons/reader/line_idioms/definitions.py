"""Why a definition is organized differently: of rows that no idiom explains."""

import re

DEFINITIONS = r"""
Each package imports its own framework and its own modules, and of both only
what it uses.
    * module
PyTorch and Flax create all weights at once, since they are given the input
size; Keras creates those of the input in build, and the others in a cell.
    cells.py ScratchLayer.__init__
lax and keras.ops have a scan for any associative function; PyTorch composes
pairs of steps here, and Keras composes 2, 4, 8, ... where TensorFlow does not
know T.
    cells.py associative_scan
PyTorch's modules, Keras' layers and Flax' modules hold the weights; what is
computed from them is the same.
    cells.py ScratchLayer.scan
layers.RNN of Keras creates the zeros for its cell; PyTorch and JAX create them
here.
    cells.py ScratchLayer.initial_state
PyTorch collects the outputs of a loop in Python; layers.RNN and lax.scan
return those of all steps at once.
    cells.py ScratchLayer.call
The gradient of a state is taken at what is added to it in Keras and JAX;
PyTorch takes gradients at any tensor of its graph.
    cells.py ScratchLayer.steps: perturbation(:| is|=)
layers.RNN of Keras returns the outputs of a backward loop in the loop's order.
    cells.py ScratchLayer.steps: ops.flip
PyTorch yields step by step from a loop in Python, Keras hands all inputs to
layers.RNN, and JAX hands a function of one step to lax.scan.
    cells.py ScratchLayer.steps
Keras builds a list for each number of directions; the directions are named,
since layers and their weights have names.
    cells.py ScratchRecurrent.__init__: directions( =|\[)
Layers in lists: PyTorch and Flax need special ones, and the size of each
layer's input; Keras numbers the layers for their names.
    cells.py ScratchRecurrent.__init__
layers.RNN starts from zeros where it is given no state; PyTorch and JAX
create them.
    cells.py ScratchRecurrent.call: state or
PyTorch and Flax use one Dropout for all layers, Keras has one for each.
    cells.py ScratchRecurrent.call: dropout
    recurrent.py Recurrent.call: dropout
Keras' lists hold the layer of each direction; the loop is the same.
    cells.py ScratchRecurrent.call
nn.LSTM stacks layers and directions by itself; Keras and Flax take one layer
for each, with dropout between them.
    recurrent.py Recurrent.__init__
In one direction nn.LSTM may read the padding, which follows the sequence;
nnx.RNN returns no state where it is given lengths.
    recurrent.py Recurrent.call: lengths is None
Keras' layers start from zeros where they are given no state; Flax is given
a carry of zeros.
    recurrent.py Recurrent.call: state or
One call of nn.LSTM runs all layers; in Keras and Flax a loop runs layer by
layer, and collects their states.
    recurrent.py Recurrent.call
nn.LSTM has one state for all layers, (L, B, H); Keras and Flax have one for
each layer.
    recurrent.py Recurrent.initial_state Recurrent.select_rows State
    recurrent.py Recurrent.state_from: torch.stack
    recurrent.py Recurrent.select_rows: isinstance|part|:, rows
    recurrent.py State: State
PyTorch keeps the device and how to treat padding, Keras the device, and JAX
the type and the seed of modules.
    device.py CURRENT: CURRENT
PyTorch is given the device and the type of each tensor, and wants indices of
64 bits; Keras moves NumPy arrays itself, and JAX needs the type alone.
    device.py to_device
    device.py to_device: def
Keras takes one dictionary of inputs, without those that are absent; PyTorch
and JAX take separate arguments, which may be None.
    device.py batch_to_device
    device.py batch_to_device: def
PyTorch's cross-entropy skips targets and smooths labels by itself; both are
written out for Keras and Optax.
    losses.py masked_cross_entropy
    losses.py masked_cross_entropy: ignore_index|smoothing \*
PyTorch's cross-entropy takes the steps as one flat batch, so that losses get
their shape (B, T) back; those of Keras and Optax keep it.
    losses.py step_losses
PyTorch's loop returns a function of one step, JAX's a function of an epoch;
Keras' is given the model and runs all epochs.
    training.py step_loop: (def|return) |break
PyTorch and JAX compute the loss in the step itself; Keras is given it by
compile.
    training.py step_loop: compute_loss =
One step: PyTorch writes out forward pass, gradients and update; JAX calls a
function compiled by nnx.jit, Keras calls train_on_batch.
    training.py step_loop
PyTorch's optimizer is given parameters, and changes them in place; a rule of
Keras or Optax is made without them.
    optimizers.py adam: def
    optimizers.py adamw: def
    optimizers.py rmsprop: def
    optimizers.py sgd: def
    optimizers.py build_optimizer: def
Adam's epsilon is 1e-8 by default in PyTorch and Optax, 1e-7 in Keras, which
adds it to the uncorrected root of v; eps_root of Optax would be under the root.
    optimizers.py adam: return
    optimizers.py adamw: return
A scheduler of PyTorch belongs to an optimizer and changes its learning rate;
in Keras and Optax a schedule is a function of the step.
    optimizers.py constant cosine exponential
A scheduler of PyTorch wraps the optimizer; in Keras and Optax the schedule
comes first and is the optimizer's learning rate.
    optimizers.py build_optimizer: SCHEDULES
nnx.jit compares the update rule by identity: equal settings give one object,
for which nothing is compiled anew.
    optimizers.py build_optimizer: lru_cache
PyTorch gives the optimizer the parameters that are trained, and clips in the
step; clipping is an argument in Keras and a link of the chain in Optax.
    optimizers.py build_optimizer
PyTorch and JAX set the mode of the model here; Keras' fit sets it in its call.
    training.py fit: \.train\(\)$
Keras compiles model, optimizer and loss together and repeats the epochs in
fit; in PyTorch and JAX the loop over epochs is written here.
    training.py fit: trained.compile
    training.py fit
A state that is carried over is stored in a wrapped model of PyTorch and
Keras; JAX's step takes and returns it.
    training.py fit: stateful|StatefulLanguageModel|inner = |reset_state
PyTorch's loss is summed on the device; JAX's losses come as a list, which is
read at the end of the epoch.
    training.py fit: losses|total \+=|total = 0|float\(total
In Keras a mask makes the last state that of each sequence's end; in PyTorch
and JAX it is read from the outputs at the sequence's length.
    pooling.py final_hidden
With a mask the steps past the end are left out: in PyTorch and Keras they are
replaced first, reductions of JAX take where=.
    pooling.py mean_over_time max_over_time
A model is moved to the device in PyTorch; in Keras it is called once, since a
subclassed model has no weights before; in Flax it takes random streams.
    models.py build_model
Keras looks rows up in a weight, whose row of the padding is multiplied by 0;
PyTorch takes the padding's index, and in JAX no such step reaches the loss.
    inputs.py Embedding.__init__ Embedding.call
    inputs.py Embedding.call: learns
Arguments that a constructor does not use: NNX hands one to each input.
    inputs.py Values.__init__
Values have one type in JAX, which does not convert them by itself.
    inputs.py Values.call
The table is the head's weight: one Parameter in PyTorch, its transpose in
Keras, and attend in Flax.
    language_model.py LanguageModel.logits
    seq2seq.py Seq2seq.logits
A layer first called within a loop has no weights yet in Keras, and is built
before.
    attention.py Bahdanau.__init__: build
    seq2seq.py Seq2seq.__init__: symbolic
Keras' list needs no nn.ModuleList or nnx.List; its layers have names.
    encoder_decoder.py Bridge.__init__
Keras' inputs are a dictionary; the vectors are what PyTorch and JAX compute
first.
    forecaster.py Forecaster.call
The state of stacked layers is a list in Flax, and has a type of its own in
PyTorch and Keras.
    seq2seq.py DecoderState
With tied weights PyTorch gives one Parameter two names; Keras and Flax take a
head that is a bias alone.
    seq2seq.py Seq2seq.__init__: self.head =
Weights are tied in the constructor in PyTorch; Keras prepares the cell that
decodes.
    seq2seq.py Seq2seq.__init__
Where attention feeds its result into the next step, PyTorch loops in Python,
JAX scans, and Keras repeats DecoderCell by layers.RNN.
    seq2seq.py Seq2seq.call Seq2seq.run_decoder
Each step may read its own prediction: PyTorch loops in Python, JAX scans a
step, and Keras repeats SamplingCell by layers.RNN.
    seq2seq.py Seq2seq.decode_with_scheduled_sampling
Dropout within a loop of Keras is drawn before it, so that it may be handed in.
    seq2seq.py Seq2seq.logits: dropout
Code and its copies have the same shape: PyTorch keeps the code and expands
it, Keras inserts the axis first.
    autoencoder.py Autoencoder.call
PyTorch and Flax name each weight by a path; Keras hands the weight itself on,
with its path.
    weights.py named_tensors native_names scratch_names
A matched GRU of Flax alone may lack a bias; a bias of PyTorch and Keras may
be part of another tensor.
    weights.py load_weights export_weights
Keras' state is in variables, which are filled; PyTorch's is any tensor, which
is replaced.
    tbptt.py StatefulLanguageModel.__init__ StatefulLanguageModel.reset_state
    tbptt.py StatefulLanguageModel.call
Keras scores a window in one compiled function; PyTorch and JAX convert arrays
around the model's call.
    tbptt.py token_nll
JAX compiles a scan over CHUNK steps: texts of all lengths are filled up to
whole chunks, and the tokens of the prompt are inputs that are known.
    generation.py generate: CHUNK
PyTorch generates token by token; Keras compiles one step, and JAX a chunk of
steps as one scan, whose arrays have one size.
    generation.py generate
A compiled function of JAX cannot branch on a value: it computes both and
chooses.
    generation.py sample: greedy|sampling.values|temperature == 0
    generation.py sample_keys: greedy|sampling.values|temperature == 0
PyTorch and JAX sort the scores; ops.top_k of Keras takes how many it returns.
    generation.py sample: count = |top_k\(|sort\(
Tensors of PyTorch are changed in place; those of Keras and JAX are made anew.
    generation.py sample: probs(\[.*\] =| /= |.*0\.0)
The steps of decoding in compiled functions: of the model in Keras, with it as
a cached argument in JAX; PyTorch calls the model's methods.
    decoding.py encode_sources advance teacher_forced_scores decode
A model is read step by step: PyTorch and JAX split the tokens, Keras takes
each by its index on the chosen device.
    decoding.py attention_maps
"""
"""A sentence; indented: a file and its names, or one name and the pattern of
a statement, which goes before all other reasons."""


def _entries(patterns: bool) -> list[tuple[str, str]]:
    rows = re.findall(r"((?:\S.*\n)+)((?: .*\n)+)", DEFINITIONS)
    return [
        (" ".join(entry.split()), " ".join(why.split()))
        for why, entries in rows
        for entry in entries.splitlines()
        if (": " in entry) == patterns
    ]


WHOLE = {
    f"{file} {name}": why
    for entry, why in _entries(patterns=False)
    for file, *names in [entry.split()]
    for name in names
}
"""File and name, or `* name` -> why the whole definition differs."""

PASSAGES = [
    (place, re.compile(pattern, re.MULTILINE), why)
    for entry, why in _entries(patterns=True)
    for place, _, pattern in [entry.partition(": ")]
]
"""File and name, pattern of a statement, why it differs."""
