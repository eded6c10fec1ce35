"""Chapter 6: language models and generation."""

import numpy as np

from shared.exercises.draws import (
    Generator,
    layer_weights,
    nll,
    normal,
    softmax,
)
from shared.exercises.exercise import Exercise, Mistake
from shared.reference.softmax import log_softmax as log_softmax  # of mistakes
from shared.specs import Array


def next_token_pairs(tokens: Array) -> tuple[Array, Array]:
    return tokens[:, :-1], tokens[:, 1:]


def draw_pairs(rng: Generator) -> tuple:
    return (rng.integers(0, 9, (3, 8)),)


PAIRS = Exercise(
    number="6.1",
    level=1,
    title="Inputs and targets of a language model",
    statement="""\
A language model predicts each token from those before it. Make inputs and
targets from a window of T + 1 tokens: the target of a step is the token after
its input.""",
    arguments={"tokens": "(B, T + 1) indices"},
    returns={"x": "(B, T) inputs", "y": "(B, T) targets"},
    reference=next_token_pairs,
    draw=draw_pairs,
    mistakes=(
        Mistake(
            "targets not shifted: the model would only copy its input",
            "tokens[:, 1:]",
            "tokens[:, :-1]",
        ),
        Mistake(
            "inputs and targets exchanged: the targets come later",
            "tokens[:, :-1], tokens[:, 1:]",
            "tokens[:, 1:], tokens[:, :-1]",
        ),
        Mistake(
            "wrapped around: the last target is the first token",
            "tokens[:, :-1], tokens[:, 1:]",
            "tokens, np.roll(tokens, -1, axis=1)",
        ),
    ),
    hints=(
        "Both are slices of the same array.",
        "All tokens but the last, and all but the first.",
    ),
)


def perplexity(logits: Array, targets: Array) -> Array:
    return np.exp(nll(logits, targets).mean())


def draw_perplexity(rng: Generator) -> tuple:
    return normal(rng, 3, 5, 4), rng.integers(0, 4, (3, 5))


PERPLEXITY = Exercise(
    number="6.2",
    level=1,
    title="Perplexity",
    statement="""\
Compute the perplexity of the targets: e to the mean, over all tokens, of the
negative log-likelihood in nats under softmax(logits).""",
    arguments={
        "logits": "(B, T, V) logits of the next token",
        "targets": "(B, T) index of the next token",
    },
    returns={"perplexity": "() a number of at least 1"},
    reference=perplexity,
    draw=draw_perplexity,
    mistakes=(
        Mistake(
            "2 to the mean: nats need e, bits need 2",
            "np.exp(",
            "np.exp2(",
        ),
        Mistake(
            "mean of perplexities: the mean is taken before the exponential",
            "np.exp(nll(logits, targets).mean())",
            "np.exp(nll(logits, targets)).mean()",
        ),
        Mistake(
            "softmax over the wrong axis: over time, not the vocabulary",
            "nll(logits, targets)",
            "-np.take_along_axis(np.swapaxes(log_softmax(np.swapaxes(logits, "
            "1, 2)), 1, 2), targets[..., None], 2)[..., 0]",
        ),
        Mistake(
            "mean loss returned: its exponential is wanted",
            "np.exp(nll(logits, targets).mean())",
            "nll(logits, targets).mean()",
        ),
        Mistake(
            "perplexity of each sequence averaged: one mean over all tokens",
            "np.exp(nll(logits, targets).mean())",
            "np.exp(nll(logits, targets).mean(axis=1)).mean()",
        ),
    ),
    hints=(
        "Exercise 4.3 for each step of each sequence, then e to the mean.",
        "The classes are the last axis; PyTorch's loss expects them second.",
    ),
)


def temperature_probs(logits: Array, temperature: float) -> Array:
    return softmax(logits / temperature)


def draw_temperature(rng: Generator) -> tuple:
    return normal(rng, 3, 5), float(rng.choice([0.5, 0.7, 1.6]))


TEMPERATURE = Exercise(
    number="6.3",
    level=1,
    title="Temperature",
    statement="""\
Compute the probabilities of the next token at a temperature: the softmax of the
logits divided by it. Below 1 the distribution is sharper, above 1 flatter.""",
    arguments={
        "logits": "(B, V) logits of the next token",
        "temperature": "a float above 0",
    },
    returns={"probs": "(B, V) probabilities"},
    reference=temperature_probs,
    draw=draw_temperature,
    mistakes=(
        Mistake(
            "temperature after softmax: the logits are divided, not the "
            "probabilities",
            "softmax(logits / temperature)",
            "softmax(logits) / temperature",
        ),
        Mistake(
            "temperature without effect: probabilities divided and normalized "
            "again are the same",
            " / temperature",
            "",
        ),
        Mistake(
            "multiplied by the temperature: divide by it",
            "logits / temperature",
            "logits * temperature",
        ),
        Mistake(
            "softmax over the wrong axis: over the batch",
            "softmax(logits / temperature)",
            "softmax(logits.T / temperature).T",
        ),
    ),
    hints=(
        "The order matters: first the division, then the softmax.",
        "softmax(logits / temperature) over the last axis.",
    ),
)


def top_k_probs(logits: Array, k: int) -> Array:
    order = np.argsort(-logits, axis=1)
    top = np.zeros(logits.shape, bool)
    np.put_along_axis(top, order[:, :k], True, axis=1)
    probs = np.where(top, softmax(logits), 0.0)
    return probs / probs.sum(axis=1, keepdims=True)


def draw_top_k(rng: Generator) -> tuple:
    return normal(rng, 3, 7), int(rng.integers(2, 5))


TOP_K = Exercise(
    number="6.4",
    level=2,
    title="Top-k sampling",
    statement="""\
Compute the probabilities from which top-k sampling draws (Fan, Lewis and
Dauphin 2018): those of the k most probable tokens under softmax(logits),
normalized to a sum of 1, and 0 for all other tokens.""",
    arguments={
        "logits": "(B, V) logits of the next token",
        "k": "number of tokens that remain, an int",
    },
    returns={"probs": "(B, V) probabilities"},
    reference=top_k_probs,
    draw=draw_top_k,
    mistakes=(
        Mistake(
            "one token too many: k remain", "order[:, :k]", "order[:, : k + 1]"
        ),
        Mistake(
            "least probable tokens: the k largest logits remain",
            "argsort(-logits",
            "argsort(logits",
        ),
        Mistake(
            "not normalized: the probabilities add up to less than 1",
            "probs / probs.sum(axis=1, keepdims=True)",
            "probs",
        ),
        Mistake(
            "other logits set to 0: e to the 0 is 1; -inf removes a token",
            "np.where(top, softmax(logits), 0.0)",
            "softmax(np.where(top, logits, 0.0))",
        ),
    ),
    hints=(
        "Find the k-th largest logit of each row.",
        "Replace smaller logits by -inf; the softmax then gives them 0 and "
        "normalizes the others.",
    ),
)


def nucleus_probs(logits: Array, p: float) -> Array:
    order = np.argsort(-logits, axis=1)
    ranked = np.take_along_axis(softmax(logits), order, axis=1)
    before = np.cumsum(ranked, axis=1) - ranked
    ranked = np.where(before < p, ranked, 0.0)
    probs = np.zeros(logits.shape)
    np.put_along_axis(probs, order, ranked, axis=1)
    return probs / probs.sum(axis=1, keepdims=True)


def draw_nucleus(rng: Generator) -> tuple:
    return normal(rng, 3, 7, scale=0.8), float(rng.choice([0.75, 0.8, 0.85]))


NUCLEUS = Exercise(
    number="6.5",
    level=2,
    title="Nucleus sampling",
    statement="""\
Compute the probabilities from which nucleus (top-p) sampling draws (Holtzman et
al. 2020). Rank the tokens by their probability under softmax(logits); the
smallest number of them whose probabilities add up to p or more remain,
normalized to a sum of 1; all others have 0. So a token remains if the sum of
those ranked before it is below p.""",
    arguments={
        "logits": "(B, V) logits of the next token",
        "p": "probability of the nucleus, a float below 1",
    },
    returns={"probs": "(B, V) probabilities, in the order of the logits"},
    reference=nucleus_probs,
    draw=draw_nucleus,
    mistakes=(
        Mistake(
            "nucleus a token short: the one that reaches p remains",
            "before < p",
            "before + ranked < p",
        ),
        Mistake(
            "not normalized: the probabilities add up to less than 1",
            "probs / probs.sum(axis=1, keepdims=True)",
            "probs",
        ),
        Mistake(
            "ranked from the least probable token on",
            "argsort(-logits",
            "argsort(logits",
        ),
        Mistake(
            "order not restored: the probabilities are still ranked",
            "np.put_along_axis(probs, order, ranked, axis=1)",
            "probs = ranked",
        ),
    ),
    hints=(
        "Sort in descending order, and subtract each probability from the "
        "cumulative sum: that is the sum before it.",
        "Undo the sorting by a scatter, or by the argsort of the order.",
    ),
)


def generate(
    prompt: Array,
    table: Array,
    w_ih: Array,
    w_hh: Array,
    b: Array,
    w_out: Array,
    steps: int,
) -> Array:
    h = np.zeros((len(prompt), len(w_hh)))
    for t in range(prompt.shape[1]):
        h = np.tanh(table[prompt[:, t]] @ w_ih + h @ w_hh + b)
    generated = []
    for _ in range(steps):
        tokens = (h @ w_out).argmax(axis=1)
        generated.append(tokens)
        h = np.tanh(table[tokens] @ w_ih + h @ w_hh + b)
    return np.stack(generated, axis=1)


def draw_generate(rng: Generator) -> tuple:
    table, layer = normal(rng, 9, 4), layer_weights(rng, 4, 6)
    return rng.integers(0, 9, (4, 3)), table, *layer, normal(rng, 6, 9), 6


GENERATE = Exercise(
    number="6.6",
    level=2,
    title="Generate greedily",
    statement="""\
Continue a batch of prompts with a language model, always with the most probable
token. Read the prompt with a vanilla RNN from a state of zeros,
h' = tanh(table[token] W + h U + b); then, `steps` times, take the token with
the largest logit h w_out and read it.""",
    arguments={
        "prompt": "(B, P) indices",
        "table": "(V, E) embedding of each token",
        "w_ih": "(E, H) weights of the embedding",
        "w_hh": "(H, H) weights of the state",
        "b": "(H) bias",
        "w_out": "(H, V) weights of the head",
        "steps": "number of tokens to generate S, an int",
    },
    returns={"tokens": "(B, S) indices of the generated tokens"},
    reference=generate,
    draw=draw_generate,
    mistakes=(
        Mistake(
            "state of the prompt lost: only its last token is read",
            "generated = []",
            "generated, h = [], np.tanh(table[prompt[:, -1]] @ w_ih + b)",
        ),
        Mistake(
            "token not fed back: the last token of the prompt is read again",
            "table[tokens]",
            "table[prompt[:, -1]]",
        ),
        Mistake(
            "last token of the prompt read twice",
            "generated = []",
            "generated, h = [], "
            "np.tanh(table[prompt[:, -1]] @ w_ih + h @ w_hh + b)",
        ),
        Mistake(
            "least probable token: argmin in place of argmax",
            "argmax",
            "argmin",
        ),
        Mistake(
            "state not passed on: each token is read from a state of zeros",
            "np.tanh(table[tokens] @ w_ih + h @ w_hh + b)",
            "np.tanh(table[tokens] @ w_ih + b)",
        ),
    ),
    hints=(
        "The first generated token follows from the state after the prompt.",
        "In each turn: argmax of h @ w_out, append it, then update h with it.",
    ),
)


def tbptt(
    x: Array, y: Array, w_ih: Array, w_hh: Array, b: Array, window: int
) -> Array:
    states = [np.zeros((len(x), len(w_hh)))]
    gradients = []
    for start in range(0, x.shape[1], window):
        end, first = start + window, start
        for t in range(start, end):
            states.append(np.tanh(x[:, t] @ w_ih + states[t] @ w_hh + b))
        d_w, d_h = np.zeros(w_hh.shape), np.zeros(states[0].shape)
        for t in reversed(range(first, end)):
            if t >= start:
                error = states[t + 1] - y[:, t]
                d_h = d_h + 2 * error / (error.size * window)
            d_a = d_h * (1 - states[t + 1] ** 2)
            d_w += states[t].T @ d_a
            d_h = d_a @ w_hh.T
        gradients.append(d_w)
    return np.stack(gradients)


def draw_tbptt(rng: Generator) -> tuple:
    x, y = normal(rng, 2, 6, 3), normal(rng, 2, 6, 4)
    return x, y, *layer_weights(rng, 3, 4), int(rng.choice([2, 3]))


TBPTT = Exercise(
    number="6.7",
    level=3,
    title="Truncated backpropagation through time",
    statement="""\
Read long sequences in windows of `window` steps with a vanilla RNN,
h_t = tanh(x_t W + h_(t-1) U + b). The state goes from window to window, the
gradient does not (Williams and Peng 1990). The loss of a window is the mean of
(h_t - y_t)² over its steps, the batch and the units. Return the gradient of
each window's loss by U, by automatic differentiation; the weights stay as they
are. The first state is 0, and T is a multiple of `window`.""",
    arguments={
        "x": "(B, T, D) inputs",
        "y": "(B, T, H) targets",
        "w_ih": "(D, H) weights of the input, W",
        "w_hh": "(H, H) weights of the state, U",
        "b": "(H) bias",
        "window": "steps of a window, an int",
    },
    returns={"gradients": "(S, H, H) gradient by U, S = T / window"},
    reference=tbptt,
    draw=draw_tbptt,
    mistakes=(
        Mistake(
            "state not detached: gradients reach the windows before",
            "first = start + window, start",
            "first = start + window, 0",
        ),
        Mistake(
            "state reset: each window begins from zeros",
            "        for t in range(start, end):",
            "        states[start] = 0 * states[start]\n"
            "        for t in range(start, end):",
        ),
        Mistake(
            "sum over the steps: the loss is the mean",
            "(error.size * window)",
            "error.size",
        ),
        Mistake(
            "last step of a window alone: all of its steps are in the loss",
            "if t >= start:",
            "if t == end - 1:",
            (("(error.size * window)", "error.size"),),
        ),
        Mistake(
            "gradients accumulated: those of the windows before are added",
            "np.stack(gradients)",
            "np.cumsum(np.stack(gradients), axis=0)",
        ),
    ),
    hints=(
        "Between two windows the state is a value, no longer a part of the "
        "graph.",
        "PyTorch: h.detach(). Keras: a new tape for each window. JAX: return "
        "the state of a window as a second output (has_aux).",
    ),
)

EXERCISES = (PAIRS, PERPLEXITY, TEMPERATURE, TOP_K, NUCLEUS, GENERATE, TBPTT)
