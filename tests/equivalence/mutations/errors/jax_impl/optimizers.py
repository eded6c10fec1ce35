"""Optimizers, schedules, and clipping."""

OPTIMIZERS = "jax_impl/optimizers.py"

ERRORS = [
    (
        OPTIMIZERS,
        "adam",
        "b1=spec.beta1",
        "b1=0.9",
        "beta1 of Adam left at its default",
    ),
    (
        OPTIMIZERS,
        "adam",
        "b2=spec.beta2",
        "b2=0.999",
        "beta2 of Adam left at its default",
    ),
    (
        OPTIMIZERS,
        "adam",
        "eps=spec.epsilon",
        "eps=1e-8",
        "epsilon of Adam left at optax's default",
    ),
    (
        OPTIMIZERS,
        "adamw",
        "weight_decay=spec.weight_decay",
        "weight_decay=1e-4",
        "weight decay left at optax's default",
    ),
    (
        OPTIMIZERS,
        "adamw",
        "b2=spec.beta2",
        "b2=spec.beta1",
        "beta1 in place of beta2",
    ),
    (
        OPTIMIZERS,
        "rmsprop",
        "decay=spec.rho",
        "decay=0.9",
        "rho of RMSprop left at its default",
    ),
    (
        OPTIMIZERS,
        "rmsprop",
        "initial_scale=0.0",
        "initial_scale=1.0",
        "squared gradients averaged from 1, as TensorFlow 1 did",
    ),
    (
        OPTIMIZERS,
        "rmsprop",
        "eps_in_sqrt=False",
        "eps_in_sqrt=True",
        "epsilon inside the root",
    ),
    (
        OPTIMIZERS,
        "sgd",
        "optax.sgd(schedule, momentum=spec.momentum or None)",
        "optax.sgd(schedule, momentum=spec.momentum or None, nesterov=True)",
        "Nesterov's momentum in place of the heavy ball's",
    ),
    (
        OPTIMIZERS,
        "cosine",
        "total",
        "spec.epochs",
        "cosine over as many steps as there are epochs",
    ),
    (
        OPTIMIZERS,
        "exponential",
        "spec.lr_decay_start - 1",
        "spec.lr_decay_start",
        "decay begins an epoch late",
    ),
    (
        OPTIMIZERS,
        "exponential",
        "staircase=True",
        "staircase=False",
        "decay at each step, not at each epoch",
    ),
    (
        OPTIMIZERS,
        "build_optimizer",
        "optax.chain(*clipping, optimizer)",
        "optax.chain(optimizer, *clipping)",
        "update clipped, not the gradient",
    ),
    (
        OPTIMIZERS,
        "build_optimizer",
        "(optax.clip, spec.clip_value)",
        "(optax.clip_by_global_norm, spec.clip_value)",
        "clip_value bounds the norm, not each element",
    ),
]
