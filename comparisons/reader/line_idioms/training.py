"""Idioms of losses and optimizers."""

from comparisons.reader.line_idioms.idiom import LineIdiom

TRAINING = (
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
        r"\(\s*outputs(: Tensor)?, targets(:|\)  )",
        r"\(targets, outputs",
        r"\(\s*outputs(: Array)?, targets(:|\)  )",
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
        r"ops\.logsumexp\(|ops\.one_hot\($|label_smoothing=",
        r"= logsumexp\(|smooth_labels\(",
        "PyTorch's cross-entropy smooths integer labels; Keras and Optax "
        "smooth one-hot targets only.",
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
)
