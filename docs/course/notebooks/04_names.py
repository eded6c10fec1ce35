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
# # Notebook 4: names, letter by letter
#
# From characters to a class, first in NumPy and by hand: vocabulary, one-hot
# vectors and embeddings, the last state of a padded batch, the softmax and its
# gradient. Then a small classifier in each framework. Frameworks that are not
# installed are left out.

# %%
import importlib.util
import os

import numpy as np

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
rng = np.random.default_rng(0)

NAMES = {
    "Japanese": (
        *("Sato", "Suzuki", "Takahashi", "Tanaka", "Watanabe", "Ito"),
        *("Yamamoto", "Nakamura", "Kobayashi", "Kato", "Yoshida", "Yamada"),
        *("Sasaki", "Matsumoto", "Inoue", "Kimura", "Hayashi", "Saito"),
    ),
    "Russian": (
        *("Ivanov", "Smirnov", "Kuznetsov", "Popov", "Vasiliev", "Petrov"),
        *("Sokolov", "Mikhailov", "Novikov", "Fedorov", "Morozov", "Volkov"),
        *("Alekseev", "Lebedev", "Semenov", "Egorov", "Pavlov", "Kozlov"),
    ),
}
classes = list(NAMES)
texts = [name for names in NAMES.values() for name in names]
labels = np.repeat(np.arange(len(classes)), [len(n) for n in NAMES.values()])


def installed(*names):
    return all(importlib.util.find_spec(name) for name in names)


# %% [markdown]
# ## Vocabulary and padding
#
# Index 0 is padding, 1 an unknown character.

# %%
characters = sorted({letter for name in texts for letter in name})
index = {letter: n for n, letter in enumerate(characters, 2)}
V, T = len(characters) + 2, max(map(len, texts))


def encode(name):
    found = [index.get(letter, 1) for letter in name[:T]]
    return found + [0] * (T - len(found))


x = np.array([encode(name) for name in texts])  # (N, T)
lengths = np.array([len(name) for name in texts])
print("vocabulary", V, "x", x.shape)
print("Hiroshi", encode("Hiroshi"))

# %% [markdown]
# ## One-hot or embedding
#
# A one-hot vector times the table is a row of the table.

# %%
E = 4
table = rng.normal(size=(V, E))
one_hot = np.eye(V)[x]  # (N, T, V)
assert np.allclose(one_hot @ table, table[x])
print(one_hot.shape, "->", table[x].shape)

# %% [markdown]
# ## The last state
#
# The state after the last letter is at another step for each name.

# %%
H = 8
W = rng.normal(size=(E, H)) / np.sqrt(E)
U = np.linalg.qr(rng.normal(size=(H, H)))[0]
h, states = np.zeros((len(x), H)), []
for t in range(T):
    h = np.tanh(table[x[:, t]] @ W + h @ U)
    states.append(h)
states = np.stack(states, axis=1)  # (N, T, H)
last = states[np.arange(len(x)), lengths - 1]  # (N, H)
shorter = lengths < T
changed = np.abs(last - states[:, -1]).max(axis=1) > 1e-6
print("changed by the padding:", changed[shorter].mean())
assert changed[shorter].all()
assert not changed[~shorter].any()

# %% [markdown]
# ## Softmax and cross-entropy
#
# The gradient by the logits is p − y, checked by a finite difference.


# %%
def loss(logits, y):
    shifted = logits - logits.max()
    return np.log(np.exp(shifted).sum()) - shifted[y]


logits, y = rng.normal(size=3), 1
p = np.exp(logits) / np.exp(logits).sum()
differences = [
    (loss(logits + step, y) - loss(logits - step, y)) / 2e-5
    for step in 1e-5 * np.eye(3)
]
assert np.allclose(differences, p - np.eye(3)[y], atol=1e-8)
print("gradient", np.round(differences, 3))

# %% [markdown]
# ## A classifier in each framework
#
# 36 names, a GRU of 16 units, and the state after the last letter. All of it is
# training data: the names below are others.

# %%
UNSEEN = ("Hiroshi", "Matsuda", "Romanov", "Orlov")
given = np.array([encode(name) for name in UNSEEN])
ends = np.array([len(name) for name in UNSEEN])
beliefs = {}

# %%
if installed("torch"):
    import torch
    from torch import nn

    torch.manual_seed(0)

    class Classifier(nn.Module):
        def __init__(self):
            super().__init__()
            self.table = nn.Embedding(V, 8, padding_idx=0)
            self.gru = nn.GRU(8, 16, batch_first=True)
            self.head = nn.Linear(16, len(classes))

        def forward(self, x, lengths):
            outputs, _ = self.gru(self.table(x))  # (B, T, H)
            last = outputs[torch.arange(len(x)), lengths - 1]
            return self.head(last)

    model = Classifier()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    data = torch.from_numpy(x), torch.from_numpy(lengths)
    for _ in range(60):
        optimizer.zero_grad()
        found = nn.functional.cross_entropy(
            model(*data), torch.from_numpy(labels)
        )
        found.backward()
        optimizer.step()
    with torch.no_grad():
        outputs = model(torch.from_numpy(given), torch.from_numpy(ends))
    beliefs["PyTorch"] = outputs.softmax(-1).numpy()

# %%
if installed("keras", "tensorflow"):
    import keras

    keras.utils.set_random_seed(0)
    model = keras.Sequential(
        [
            keras.layers.Embedding(V, 8, mask_zero=True),  # with lengths
            keras.layers.GRU(16),
            keras.layers.Dense(len(classes)),
        ]
    )
    model.compile(
        keras.optimizers.Adam(0.01),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )
    model.fit(x, labels, batch_size=len(x), epochs=60, verbose=0)
    outputs = model.predict_on_batch(given)
    beliefs["Keras"] = keras.ops.convert_to_numpy(keras.ops.softmax(outputs))

# %%
if installed("jax", "flax", "optax"):
    import jax
    import jax.numpy as jnp
    import optax
    from flax import nnx

    class Names(nnx.Module):
        def __init__(self, rngs):
            self.table = nnx.Embed(V, 8, rngs=rngs)
            cell = nnx.GRUCell(8, 16, rngs=rngs)
            self.gru = nnx.RNN(cell, return_carry=True)
            self.head = nnx.Linear(16, len(classes), rngs=rngs)

        def __call__(self, x, lengths):
            last, _ = self.gru(self.table(x), seq_lengths=lengths)
            return self.head(last)

    names = Names(nnx.Rngs(0))
    updates = nnx.Optimizer(names, optax.adam(0.01), wrt=nnx.Param)

    @nnx.jit
    def train_step(names, updates):
        def loss(names):
            outputs = names(jnp.asarray(x), jnp.asarray(lengths))
            return optax.softmax_cross_entropy_with_integer_labels(
                outputs, jnp.asarray(labels)
            ).mean()

        updates.update(names, nnx.grad(loss)(names))

    for _ in range(60):
        train_step(names, updates)
    outputs = names(jnp.asarray(given), jnp.asarray(ends))
    beliefs["JAX"] = np.asarray(jax.nn.softmax(outputs))

# %%
for framework, rows in beliefs.items():
    chosen = [classes[k] for k in rows.argmax(axis=1)]
    print(f"{framework:8}", dict(zip(UNSEEN, chosen, strict=True)))
    assert chosen == ["Japanese", "Japanese", "Russian", "Russian"], framework
