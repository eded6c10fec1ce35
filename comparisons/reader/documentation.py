"""Where the frameworks document a name, as the code writes it."""

import re
from functools import cache

from comparisons.reader.source import PACKAGES
from comparisons.records.environment import ROOT

GUIDE = "https://docs.pytorch.org/docs/stable"
TORCH = f"{GUIDE}/generated"
KERAS = "https://keras.io/api"
JAX = "https://docs.jax.dev/en/latest/_autosummary"
FLAX = "https://flax.readthedocs.io/en/stable/api_reference/flax.nnx"
OPTAX = "https://optax.readthedocs.io/en/latest/api"

PAGES = {
    "pytorch_impl": f"""
{TORCH}/torch.nn.*.html  nn: Module Linear Dropout LSTM GRU RNN RNNBase
  Identity ModuleList ModuleDict Embedding Conv2d
{TORCH}/torch.nn.parameter.*.html  nn: Parameter
{TORCH}/torch.nn.functional.*.html  F: cross_entropy mse_loss one_hot dropout
  binary_cross_entropy_with_logits pad layer_norm ctc_loss relu
{TORCH}/torch.nn.utils.*.html  nn.utils: clip_grad_norm_ clip_grad_value_
{TORCH}/torch.nn.utils.rnn.*.html  : pack_padded_sequence pad_packed_sequence
{TORCH}/torch.optim.*.html  optim: Adam AdamW RMSprop SGD
{TORCH}/torch.optim.lr_scheduler.*.html  : CosineAnnealingLR LambdaLR
{TORCH}/torch.*.html  torch: cat where tanh stack sigmoid relu ones arange
  zeros empty_like addcmul addmm gt lerp manual_seed from_numpy
  ones_like no_grad get_default_dtype
  set_default_dtype set_num_threads get_num_threads
{TORCH}/torch.autograd.*.html  torch.autograd: grad
{TORCH}/torch.autograd.grad_mode.*.html  torch: inference_mode
{GUIDE}/backends.html#torch.backends.mkldnn.*  torch.backends.mkldnn:
  is_available
{GUIDE}/nn.init.html#torch.nn.init.*  nn.init: uniform_ zeros_
{GUIDE}/tensors.html#torch.*  torch: Tensor
{GUIDE}/tensor_attributes.html#torch.*  torch: device
""",
    "keras_impl": f"""
{KERAS}/layers/recurrent_layers/lstm/  layers: LSTM
{KERAS}/layers/recurrent_layers/gru/  layers: GRU
{KERAS}/layers/recurrent_layers/simple_rnn/  layers: SimpleRNN
{KERAS}/layers/recurrent_layers/rnn/  layers: RNN
{KERAS}/layers/recurrent_layers/bidirectional/  layers: Bidirectional
{KERAS}/layers/core_layers/dense/  layers: Dense
{KERAS}/layers/core_layers/embedding/  layers: Embedding
{KERAS}/layers/convolution_layers/convolution2d/  layers: Conv2D
{KERAS}/layers/reshaping_layers/zero_padding2d/  layers: ZeroPadding2D
{KERAS}/layers/core_layers/identity/  layers: Identity
{KERAS}/layers/core_layers/input/  keras: Input
{KERAS}/layers/regularization_layers/dropout/  layers: Dropout
{KERAS}/layers/base_layer/  layers: Layer
{KERAS}/layers/base_layer/  keras: Layer
{KERAS}/layers/base_layer/#add_weight-method  self: add_weight
{KERAS}/models/model/  keras: Model
{KERAS}/ops/numpy/#*-function  ops: concatenate expand_dims matmul sum where
  tanh mean split reshape maximum argmax arange transpose swapaxes multiply
  repeat ones_like cumsum take take_along_axis stack squeeze power flip max add
  copy zeros roll full_like zeros_like pad logaddexp
{KERAS}/ops/nn/#*-function  ops: sigmoid softmax relu log_softmax one_hot
  binary_crossentropy sparse_categorical_crossentropy layer_normalization
  ctc_loss
{KERAS}/ops/core/#*-function  ops: cast shape convert_to_numpy scan unstack
  convert_to_tensor stop_gradient while_loop associative_scan custom_gradient
{KERAS}/ops/core/#*-function  keras.ops: convert_to_numpy
{KERAS}/ops/  ops: top_k logsumexp
{KERAS}/losses/regression_losses/  losses: mean_squared_error
{KERAS}/losses/probabilistic_losses/  losses: sparse_categorical_crossentropy
  categorical_crossentropy
{KERAS}/optimizers/adam/  optimizers: Adam
{KERAS}/optimizers/adamw/  optimizers: AdamW
{KERAS}/optimizers/rmsprop/  optimizers: RMSprop
{KERAS}/optimizers/sgd/  optimizers: SGD
{KERAS}/optimizers/  optimizers: Optimizer
{KERAS}/optimizers/learning_rate_schedules/cosine_decay/  schedules: CosineDecay
{KERAS}/optimizers/learning_rate_schedules/learning_rate_schedule/  schedules:
  LearningRateSchedule
{KERAS}/utils/python_utils/#set_random_seed-function  keras.utils:
  set_random_seed
{KERAS}/utils/  keras.utils: PyDataset
{KERAS}/callbacks/base_callback/  keras.callbacks: Callback
{KERAS}/tree/tree_utilities/  keras.tree: map_structure flatten
{KERAS}/utils/config_utils/  keras.config: backend floatx set_floatx
  set_dtype_policy
{KERAS}/utils/config_utils/  keras: device
""",
    "jax_impl": f"""
{FLAX}/nn/recurrent.html#flax.nnx.nn.recurrent.*  nnx: OptimizedLSTMCell GRUCell
  SimpleCell RNN Bidirectional
{FLAX}/nn/linear.html#flax.nnx.*  nnx: Linear Embed Conv
{FLAX}/nn/stochastic.html#flax.nnx.*  nnx: Dropout
{FLAX}/nn/activations.html#flax.nnx.*  nnx: sigmoid softmax relu tanh identity
  log_softmax
{FLAX}/module.html#flax.nnx.*  nnx: Module
{FLAX}/rnglib.html#flax.nnx.*  nnx: Rngs reseed
{FLAX}/rnglib.html  nnx: RngState
{FLAX}/variables.html#flax.nnx.*  nnx: Param
{FLAX}/training/optimizer.html  nnx: Optimizer
{FLAX}/transforms.html#flax.nnx.*  nnx: scan jit value_and_grad
{FLAX}/transforms.html  nnx: StateAxes Carry
{FLAX}/graph.html#flax.nnx.*  nnx: split merge update state iter_graph
  cached_partial GraphDef
{FLAX}/state.html#flax.nnx.*  nnx: State to_pure_dict
{FLAX}/index.html  nnx: List Dict
{JAX}/jax.numpy.*.html  jnp: where tanh concatenate zeros split asarray arange
  take_along_axis stack repeat ones maximum array argsort full add zeros_like
{JAX}/jax.lax.*.html  lax: scan top_k associative_scan
{JAX}/jax.*.html  jax: jit grad devices device_get Array custom_vjp
{JAX}/jax.tree.*.html  jax.tree: map
{JAX}/jax.random.*.html  jax.random: uniform
{JAX}/jax.nn.*.html  jax.nn: one_hot standardize
{JAX}/jax.nn.*.html  : logsumexp one_hot
{OPTAX}/optimizers.html#optax.*  optax: adam adamw rmsprop sgd
{OPTAX}/losses.html  optax: squared_error sigmoid_binary_cross_entropy
  softmax_cross_entropy_with_integer_labels ctc_loss softmax_cross_entropy
  smooth_labels
{OPTAX}/optimizer_schedules.html  optax: cosine_decay_schedule exponential_decay
{OPTAX}/transformations.html  optax: GradientTransformation clip
  clip_by_global_norm
{OPTAX}/combining_optimizers.html  optax: chain
""",
}
"""Package -> addresses, with * for the name, and names by their owner."""

NAME = re.compile(r"(?<![\w.])[A-Za-z_]\w*(?:\.\w+)*")

LAYER = re.compile(r'^    "([\w-]+)": (?:partial\()?(\w+\.\w+)', re.MULTILINE)


def native_layers() -> dict[str, tuple[str, ...]]:
    """Cell -> the layer of each package, of cells that have one."""
    texts = [(ROOT / p / "cells.py").read_text("utf-8") for p in PACKAGES]
    tables = [text.partition("\nLAYERS = {")[2] for text in texts]
    found = [dict(LAYER.findall(table.partition("}")[0])) for table in tables]
    return {cell: tuple(names[cell] for names in found) for cell in found[0]}


NATIVE_LAYERS = native_layers()


@cache
def addresses(package: str) -> dict[str, str]:
    """Name as the code writes it -> address of its documentation."""
    found = {}
    rows = re.sub(r"\n +", " ", PAGES.get(package, "").strip()).splitlines()
    for row in rows:
        page, owner, names = re.fullmatch(r"(\S+) +(\S*): (.*)", row).groups()  # type: ignore[union-attr]
        for name in names.split():
            key = f"{owner}.{name}".removeprefix(".")
            found[key] = page.replace("*", name)
    return found


def links(package: str, text: str) -> list[tuple[int, int, str]]:
    """Documented names of a line: columns, from and to, and address."""
    known = addresses(package)
    return [
        (name.start(), name.end(), known[name[0]])
        for name in NAME.finditer(text)
        if name[0] in known
    ]
