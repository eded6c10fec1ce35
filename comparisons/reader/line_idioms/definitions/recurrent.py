"""Why cells and recurrent layers are organized differently."""

RECURRENT = r"""
Each package imports its own framework and its own modules, and of both only
what it uses.
    * module
PyTorch and Flax create all weights at once, since they are given the input
size; Keras creates those of the input in build, and the others in a cell.
    scratch.py ScratchLayer.__init__
lax and keras.ops have a scan for any associative function; PyTorch composes
pairs of steps here, and Keras composes 2, 4, 8, ... where TensorFlow does not
know T.
    scan.py associative_scan
PyTorch's modules, Keras' layers and Flax' modules hold the weights; what is
computed from them is the same.
    scratch.py ScratchLayer.scan
PyTorch splits columns by their number, Keras and JAX where a span ends.
    layer_norm.py layer_norm
nn.Dropout and nnx.Dropout know whether the model trains; a layer of Keras is
informed where it is called.
    recurrent_dropout.py recurrent_masks
layers.RNN of Keras creates the zeros for its cell; PyTorch and JAX create them
here.
    scratch.py ScratchLayer.initial_state
PyTorch collects the outputs of a loop in Python; layers.RNN and lax.scan
return those of all steps at once.
    scratch.py ScratchLayer.call
The gradient of a state is taken at what is added to it in Keras and JAX;
PyTorch takes gradients at any tensor of its graph.
    scratch.py ScratchLayer.steps: perturbation(:| is|=)
layers.RNN of Keras returns the outputs of a backward loop in the loop's order.
    scratch.py ScratchLayer.steps: ops.flip
PyTorch yields step by step from a loop in Python, Keras hands all inputs to
layers.RNN, and JAX hands a function of one step to lax.scan.
    scratch.py ScratchLayer.steps
Keras builds a list for each number of directions; the directions are named,
since layers and their weights have names.
    scratch.py ScratchRecurrent.__init__: directions( =|\[)
Layers in lists: PyTorch and Flax need special ones, and the size of each
layer's input; Keras numbers the layers for their names.
    scratch.py ScratchRecurrent.__init__
layers.RNN starts from zeros where it is given no state; PyTorch and JAX
create them.
    scratch.py ScratchRecurrent.call: state or
PyTorch and Flax use one Dropout for all layers, Keras has one for each.
    scratch.py ScratchRecurrent.call: dropout
    recurrent.py Recurrent.call: dropout
Keras' lists hold the layer of each direction; the loop is the same.
    scratch.py ScratchRecurrent.call
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
PyTorch writes a derivative over what it is computed from, and a gradient over
the derivative; XLA compiles the steps of Keras and JAX and assigns memory.
    bptt_cells.py rnn_forward rnn_relu_forward gru_forward lstm_forward
    bptt_cells.py rnn_backward gru_backward lstm_backward
PyTorch loops in Python; Keras and JAX hand a function of one step to a scan,
which reads the inputs of each step and collects its outputs.
    bptt.py unroll_forward unroll_backward
PyTorch flattens the steps by flatten, Keras and JAX by reshape.
    bptt.py weight_gradient
PyTorch writes both passes as a class, which takes tensors one by one; a
function of Keras returns its gradient with its result; JAX registers a pair.
    bptt.py unroll
The cell of layers.RNN holds the recurrent weights in Keras, the layer holds all
in PyTorch and Flax.
    bptt.py BpttLayer.call
"""
