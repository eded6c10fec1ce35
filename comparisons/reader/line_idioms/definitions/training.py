"""Why devices, losses, steps, and loops are organized differently."""

TRAINING = r"""
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
PyTorch's cross-entropy smooths integer targets; those of Keras and Optax
smooth one-hot targets, which are made of them.
    losses.py cross_entropy
PyTorch and Keras want targets of the type of the logits, which JAX promotes by
itself.
    losses.py binary_cross_entropy: probs =
PyTorch's cross-entropy takes the steps of each head as one flat batch; those
of Keras and Optax keep their shape.
    losses.py multi_task
PyTorch's CTC takes log-probabilities with time first, and how many frames and
labels there are; Keras' takes logits and these numbers, Optax' takes logits and
which steps are padding.
    losses.py ctc
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
A state that is passed on is stored in a wrapped model of PyTorch and
Keras; JAX's step takes and returns it.
    training.py fit: stateful|StatefulLanguageModel|inner = |reset_state
PyTorch's loss is summed on the device; JAX's losses come as a list, which is
read at the end of the epoch.
    training.py fit: losses|total \+=|total = 0|float\(total
Keras' state is in variables, which are filled; PyTorch's is any tensor, which
is replaced.
    tbptt.py StatefulLanguageModel.__init__ StatefulLanguageModel.reset_state
    tbptt.py StatefulLanguageModel.call
Outputs of PyTorch and Keras may be bfloat16, which NumPy lacks; those of JAX
have the type of its weights.
    training.py predict: outputs|with CURRENT
Keras scores a window in one compiled function; PyTorch and JAX convert arrays
around the model's call.
    tbptt.py token_nll
"""
