"""What makes a wrong function of the right one: (right, package) -> wrong."""

import importlib
from dataclasses import replace

import numpy as np

from comparisons.equivalence.case import HIDDEN

COLUMNS = np.arange(4 * HIDDEN).reshape(4, HIDDEN)  # of the LSTM's gates
SWAPPED = COLUMNS[[1, 0, 2, 3]].ravel()  # (G·H,), f before i
FORGET = np.isin(COLUMNS.ravel(), COLUMNS[1]).astype(float)  # (G·H,)


def constant(package, array):
    """A constant of the package's kind; torch takes no numpy."""
    if package == "pytorch_impl":
        return importlib.import_module("torch").as_tensor(array)
    return array


def step(change):
    """A step of a cell from scratch with its arguments changed."""

    def plant(right, package):
        def wrong(wx, state, *weights):
            wx, *weights = change(package, wx, *weights)
            return right(wx, state, *weights)

        return wrong

    return plant


def swap_gates(package, wx, w_hh):
    matrix = constant(package, np.eye(4 * HIDDEN)[SWAPPED])
    return wx @ matrix, w_hh @ matrix


def add_forget_bias(package, wx, w_hh):
    return wx + constant(package, FORGET), w_hh


def loading(change):
    """A `load_weights` that gets each recurrent weight wrong."""

    def plant(right, package):
        def wrong(model, weights):
            changed = {
                name: change(name.rpartition(".")[2], w)
                if name.startswith("rnn.")
                else w
                for name, w in weights.items()
            }
            right(model, changed)

        return wrong

    return plant


def swap_directions(right, package):
    def wrong(model, weights):
        ahead, back = "rnn.0.", "rnn.0.reverse."
        swapped = {
            name.replace(back, ahead)
            if back in name
            else name.replace(ahead, back): w
            for name, w in weights.items()
        }
        right(model, {name: swapped[name] for name in weights})

    return wrong


def never_reversed(right, package):
    def wrong(self, *arguments):
        flags = [False if a is True else a for a in arguments]
        right(self, *flags)

    return wrong


def lengths(change):
    """Layers that read sequences of other lengths, of those padded."""

    def plant(right, package):
        def wrong(self, x, lengths=None, **keywords):
            if lengths is not None:
                lengths = change(lengths, x.shape[1])
            return right(self, x, lengths, **keywords)

        return wrong

    return plant


def later_mask(right, package):
    """The step after the end counts, where there is one."""

    def wrong(x, lengths):
        return right(x, None if lengths is None else lengths + 1)

    return wrong


def characters(change):
    def plant(right, package):
        return lambda self, x: change(lambda x: right(self, x), x)

    return plant


def loss(change):
    def plant(right, package):
        order = -1 if package == "keras_impl" else 1  # Keras: targets first

        def wrong(*given):
            outputs, targets = given[::order]
            return change(lambda *args: right(*args[::order]), outputs, targets)

        return wrong

    return plant


def clip_per_parameter(right, package):
    if package == "keras_impl":

        def wrong(rate, spec, global_clipnorm, **others):
            return right(rate, spec, clipnorm=global_clipnorm, **others)

    elif package == "pytorch_impl":

        def wrong(parameters, limit):
            for parameter in parameters:
                if parameter.grad is not None:
                    right([parameter], limit)

    else:
        optax, tree = (
            importlib.import_module(name) for name in ("optax", "jax.tree")
        )

        def wrong(limit):
            clip = right(limit)
            return optax.stateless(
                lambda gradients, _: tree.map(
                    lambda g: clip.update(g, clip.init(g))[0], gradients
                )
            )

    return wrong


def fresh_state(right, package):
    def wrong(self, x, state, **keywords):
        batch = x.shape[0]  # None where Keras compiles for any
        fresh = None if batch is None else self.initial_state(batch)
        return right(self, x, fresh, **keywords)

    return wrong


def batches(**fields):
    """Batches of another training."""

    def plant(right, package):
        return lambda split, spec, epoch: right(
            split, replace(spec, **fields), epoch
        )

    return plant


def changed_batches(change):
    def plant(right, package):
        return lambda *given: (change(batch) for batch in right(*given))

    return plant


def late_tokens(batch):
    """The decoder reads each token of the target a step late."""
    source, tokens = batch.x[..., 0], batch.x[..., 1]
    late = np.stack([source, np.roll(tokens, 1, axis=1)], axis=2)
    return batch._replace(x=late)


def late_predictions(batch):
    """The decoder reads its own predictions a step late."""
    if batch.sample_mask is None:
        return batch
    return batch._replace(sample_mask=np.roll(batch.sample_mask, 1, axis=1))


def no_attention_mask(right, package):
    def wrong(attention, queries, memory):
        everywhere = memory.mask | True
        return right(attention, queries, memory._replace(mask=everywhere))

    return wrong


def options(**fields):
    """Generation or decoding with other options, the last argument."""

    def plant(right, package):
        return lambda *given: right(*given[:-1], replace(given[-1], **fields))

    return plant
