"""Files that users save: which layers are read from each."""

from __future__ import annotations

import numpy as np
import pytest
from factories.implementations import configured

from comparisons.equivalence.deviation import deviation
from comparisons.export.files import from_h5, source_framework
from comparisons.export.layers import PATTERNS, find_layers
from shared.errors import UserError
from shared.specs import ModelSpec


def spec_of(layers):
    """The sizes that the file implies."""
    found = layers.spec
    sizes = found.input_size, found.hidden_size, found.num_layers
    return found.cell, *sizes, found.bidirectional


@pytest.fixture
def keras():
    configured("keras_impl", "float32")
    return pytest.importorskip("keras", reason="needs Keras")


def read(package, path, framework):
    implementation = configured(package, "float32")
    return implementation.read_tensors(str(path), PATTERNS[framework])


@pytest.mark.keras
def test_layers_of_a_keras_file_are_found(tmp_path, keras):
    gru = keras.layers.GRU(4, return_sequences=True)
    model = keras.Sequential(
        [
            keras.Input((None,)),
            keras.layers.Embedding(7, 3),
            keras.layers.Bidirectional(gru),
            keras.layers.Dense(2),
        ]
    )
    model.save(tmp_path / "user.keras")
    tensors, cell = read("keras_impl", tmp_path / "user.keras", "keras")
    assert cell == "gru"
    found = find_layers("keras", tensors, cell)
    assert spec_of(found) == ("gru", 3, 4, 1, True)
    both = model.layers[1]
    kernel = both.backward_layer.cell.kernel.numpy()  # z r h
    columns = np.split(found.weights["rnn.0.reverse.w_ih"], 3, axis=1)
    assert np.array_equal(columns[1], kernel[:, :4])
    assert np.array_equal(columns[0], kernel[:, 4:8])
    model.save_weights(tmp_path / "user.weights.h5")
    again = find_layers("keras", from_h5(tmp_path / "user.weights.h5"))
    assert spec_of(again) == spec_of(found)
    for name, array in found.weights.items():
        assert np.array_equal(again.weights[name], array)


@pytest.mark.keras
@pytest.mark.parametrize(
    "options",
    [{"activation": "relu"}, {"reset_after": False}, {"go_backwards": True}],
)
def test_a_keras_layer_that_computes_otherwise_is_refused(
    tmp_path, keras, options
):
    layer = keras.layers.GRU(2, **options)
    keras.Sequential([keras.Input((None, 3)), layer]).save(tmp_path / "a.keras")
    with pytest.raises(UserError, match="differs from the default"):
        read("keras_impl", tmp_path / "a.keras", "keras")


@pytest.mark.jax
def test_layers_of_an_orbax_folder_are_found(tmp_path):
    nnx = pytest.importorskip("flax.nnx", reason="needs Flax")
    orbax = pytest.importorskip("orbax.checkpoint", reason="needs Orbax")
    cell = nnx.OptimizedLSTMCell(3, 4, rngs=nnx.Rngs(0))
    cell.dense_h.bias.set_value(np.arange(16.0, dtype=np.float32))
    state = nnx.state(nnx.RNN(cell, rngs=False), nnx.Param)
    with orbax.StandardCheckpointer() as checkpointer:
        checkpointer.save(tmp_path / "user", nnx.to_pure_dict(state))
    tensors, _ = read("jax_impl", tmp_path / "user", "jax")
    found = find_layers("jax", tensors)
    assert spec_of(found) == ("lstm", 3, 4, 1, False)
    assert found.weights["rnn.0.b_ih"].tolist() == list(range(16))
    assert source_framework(tmp_path / "user") == "jax"


@pytest.mark.keras
def test_layers_of_a_model_within_a_keras_model_are_found(tmp_path, keras):
    first = keras.layers.LSTM(4, return_sequences=True, name="first")
    inner = keras.Sequential([keras.Input((None, 3)), first], name="inner")
    model = keras.Sequential([keras.Input((None, 3)), inner])
    model.save(tmp_path / "user.keras")
    tensors, cell = read("keras_impl", tmp_path / "user.keras", "keras")
    assert cell == "lstm"
    assert "inner.first.cell.kernel" in tensors
    kernel = keras.ops.convert_to_numpy(first.cell.kernel)  # i f c o
    found = find_layers("keras", tensors, cell)
    assert np.array_equal(found.weights["rnn.0.w_ih"], kernel)


@pytest.mark.jax
def test_the_gates_of_an_nnx_lstm_cell_are_joined(tmp_path):
    implementation = configured("jax_impl", "float32")
    nnx = pytest.importorskip("flax.nnx", reason="needs Flax")
    orbax = pytest.importorskip("orbax.checkpoint", reason="needs Orbax")
    rng = np.random.default_rng(3)
    cell = nnx.LSTMCell(3, 4, rngs=nnx.Rngs(0))
    for dense in (cell.hi, cell.hf, cell.hg, cell.ho):
        dense.bias.set_value(rng.standard_normal(4).astype(np.float32))
    layer = nnx.RNN(cell)
    with orbax.StandardCheckpointer() as checkpointer:
        checkpointer.save(tmp_path / "user", nnx.state(layer))
    tensors, _ = read("jax_impl", tmp_path / "user", "jax")
    found = find_layers("jax", tensors)
    assert spec_of(found) == ("lstm", 3, 4, 1, False)
    x = rng.standard_normal((2, 5, 3)).astype(np.float32)
    parts = [[d.tensors for d in layer] for layer in found.directions]
    outputs = implementation.run_layers("lstm", parts, x)
    assert deviation(outputs, np.asarray(layer(x))) <= 1e-5


@pytest.mark.torch
def test_a_state_dict_within_a_checkpoint_is_found(tmp_path):
    torch = pytest.importorskip("torch", reason="needs PyTorch")
    model = torch.nn.ModuleDict({"rnn": torch.nn.GRU(3, 4)})
    optimizer = torch.optim.Adam(model.parameters())
    checkpoint = {"epoch": 3, "model": model.state_dict()}
    checkpoint["optimizer"] = optimizer.state_dict()
    torch.save(checkpoint, tmp_path / "checkpoint.pt")
    tensors, _ = read("pytorch_impl", tmp_path / "checkpoint.pt", "pytorch")
    assert "model.rnn.weight_ih_l0" in tensors
    assert spec_of(find_layers("pytorch", tensors)) == ("gru", 3, 4, 1, False)


@pytest.mark.torch
def test_what_pytorch_writes_is_read_by_pytorch(tmp_path):
    implementation = configured("pytorch_impl", "float32")
    tensors = {"rnn.weight_hh_l0": np.ones((8, 2), np.float32)}
    path = str(tmp_path / "model.pt")
    implementation.save_model(ModelSpec(), tensors, path)
    found, cell = implementation.read_tensors(path, PATTERNS["pytorch"])
    assert (list(found), cell) == (list(tensors), "")
    nothing, _ = implementation.read_tensors(path, "^none$")
    assert nothing == {}
