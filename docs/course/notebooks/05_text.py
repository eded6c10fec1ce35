# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
#   language_info:
#     name: python
# ---

# %% [markdown]
# # Notebook 5: words, padding, and masks
#
# A vocabulary, a padded batch, what padding does to a state and a mean,
# packing, both directions, the entities of a sequence of tags, and a CRF.
# Frameworks that are not installed are left out.

# %%
import importlib.util
import os
import re
from collections import Counter

import numpy as np

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
rng = np.random.default_rng(0)


def installed(*names):
    return all(importlib.util.find_spec(name) for name in names)


# %% [markdown]
# ## Tokens and vocabulary
#
# Words in lower case and punctuation. Words that occur once are left out.

# %%
TEXTS = (
    "A good film, and a moving one.",
    "Not a good film.",
    "The plot is dull; the film is not.",
    "Good!",
)


def tokenize(text):
    return re.findall(r"\w+|[^\w\s]", text.lower())


counts = Counter(token for text in TEXTS for token in tokenize(text))
words = sorted(token for token, count in counts.items() if count > 1)
index = {word: n for n, word in enumerate(words, 2)}
print(words)
encoded = [[index.get(w, 1) for w in tokenize(text)] for text in TEXTS]
print(encoded[0], "1 is an unknown word")
assert encoded[0].count(1) == 4  # , and moving one

# %% [markdown]
# ## Padding and its mask

# %%
lengths = np.array([len(tokens) for tokens in encoded])
B, T, V = len(encoded), lengths.max(), len(words) + 2
x = np.zeros((B, T), int)
for row, tokens in enumerate(encoded):
    x[row, : len(tokens)] = tokens
mask = np.arange(T) < lengths[:, None]  # (B, T)
print(x)
print(f"padding {1 - mask.mean():.0%}")
assert ((x > 0) == mask).all()

# %% [markdown]
# ## The state
#
# A vanilla RNN with and without the mask. Only the frozen state is the one that
# the text has without padding.

# %%
E, H = 3, 4
table = rng.normal(size=(V, E))
W = rng.normal(size=(E, H)) / np.sqrt(E)
U = rng.normal(size=(H, H)) / np.sqrt(H)


def last_state(x, mask):
    h = np.zeros((len(x), H))
    for t in range(x.shape[1]):
        new = np.tanh(table[x[:, t]] @ W + h @ U)
        h = np.where(mask[:, t, None], new, h)
    return h


frozen = last_state(x, mask)
wrong = last_state(x, np.ones_like(mask))
for row, tokens in enumerate(encoded):
    alone = last_state(np.array([tokens]), np.ones((1, len(tokens)), bool))
    assert np.allclose(frozen[row], alone[0])
print("deviation by padding", np.abs(wrong - frozen).max(axis=1).round(2))

# %% [markdown]
# ## Packing, masks, and lengths in the frameworks
#
# Each takes the lengths in its own way, and all agree with the loop above.

# %%
vectors = table[x].astype("float32")  # (B, T, E)
states = {"NumPy": frozen}

if installed("torch"):
    import torch
    from torch import nn
    from torch.nn.utils.rnn import pack_padded_sequence

    layer = nn.RNN(E, H, batch_first=True, bias=False)
    with torch.no_grad():
        layer.weight_ih_l0.copy_(torch.from_numpy(W.T))
        layer.weight_hh_l0.copy_(torch.from_numpy(U.T))
        packed = pack_padded_sequence(
            torch.from_numpy(vectors),
            torch.from_numpy(lengths),
            batch_first=True,
            enforce_sorted=False,
        )
        print("sequences at each step", packed.batch_sizes.tolist())
        _, h = layer(packed)
    states["PyTorch"] = h[0].numpy()

if installed("keras", "tensorflow"):
    import keras

    layer = keras.layers.SimpleRNN(H, use_bias=False)
    layer.build(vectors.shape)
    layer.set_weights([W, U])
    h = layer(vectors, mask=keras.ops.convert_to_tensor(mask))
    states["Keras"] = keras.ops.convert_to_numpy(h)

if installed("jax"):
    import jax
    import jax.numpy as jnp

    def step(h, inputs):
        x, present = inputs
        new = jnp.tanh(x @ W + h @ U)
        return jnp.where(present[:, None], new, h), None

    inputs = jnp.asarray(vectors.swapaxes(0, 1)), jnp.asarray(mask.T)
    h, _ = jax.lax.scan(step, jnp.zeros((B, H)), inputs)
    states["JAX"] = np.asarray(h)

for name, state in states.items():
    deviation = np.abs(state - frozen).max()
    print(f"{name:8} {deviation:.1e}")
    assert deviation < 1e-5, name

# %% [markdown]
# ## The mean over time
#
# Without the mask a text that is half padding has half the mean.

# %%
ones = np.where(mask, 1.0, 0.0)
print("mean", ones.mean(axis=1).round(2))
print("with the mask", (ones.sum(axis=1) / lengths).round(2))
assert np.allclose(ones.mean(axis=1), lengths / T)

# %% [markdown]
# ## Both directions
#
# The backward layer begins at the last word. Reversing the whole array would
# begin with the padding; each row is reversed within its length.

# %%
steps = np.arange(T)
order = np.where(mask, lengths[:, None] - 1 - steps, steps)  # (B, T)
reversed_x = np.take_along_axis(x, order, axis=1)
print(x[1], "->", reversed_x[1])
assert [n for n in reversed_x[1] if n] == encoded[1][::-1]
assert np.array_equal(np.take_along_axis(reversed_x, order, axis=1), x)
both = np.concatenate([frozen, last_state(reversed_x, mask)], axis=1)
print("both last states", both.shape)

# %% [markdown]
# ## Entities and their F1
#
# Entities are spans: a span and its type both have to be right.


# %%
def entities(tags):
    found, start = set(), None
    for place, tag in enumerate([*tags, "O"]):
        if start is not None and not tag.startswith("I-"):
            found.add((start, place, tags[start][2:]))
            start = None
        if tag.startswith("B-"):
            start = place
    return found


true = ["O", "B-place", "I-place", "O", "B-person"]
predicted = ["O", "B-place", "O", "O", "B-person"]
right = entities(true) & entities(predicted)
precision = len(right) / len(entities(predicted))
recall = len(right) / len(entities(true))
f1 = 2 * precision * recall / (precision + recall)
accuracy = np.mean([a == b for a, b in zip(true, predicted, strict=True)])
print(f"word accuracy {accuracy:.1f}, entity F1 {f1:.1f}")
assert (accuracy, f1) == (0.8, 0.5)

# %% [markdown]
# ## A CRF over three tags
#
# The sum over all sequences by the forward recursion, and by counting them all.

# %%
from itertools import pairwise, product  # noqa: E402

scores = rng.normal(size=(4, 3))  # (T, K) of the network
moves = rng.normal(size=(3, 3))  # from a tag to the next
alpha = scores[0]
for row in scores[1:]:
    alpha = np.log(np.exp(alpha[:, None] + moves).sum(axis=0)) + row
forward = np.log(np.exp(alpha).sum())
paths = [
    sum(scores[t, k] for t, k in enumerate(path))
    + sum(moves[a, b] for a, b in pairwise(path))
    for path in product(range(3), repeat=4)
]
assert np.isclose(forward, np.log(np.exp(paths).sum()))
print(f"log of the sum {forward:.4f}, over {len(paths)} sequences")
