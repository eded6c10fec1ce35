"""The sequence autoencoder reads each sequence to its own end."""

import numpy as np
import pytest
from factories.implementations import PACKAGES, configured

from shared.specs import ModelSpec
from shared.weights.layout import weight_shapes


@pytest.mark.parametrize(
    ("package", "impl"),
    [*((package, "native") for package in PACKAGES), (PACKAGES[0], "scratch")],
)
def test_padding_does_not_reach_the_code(package, impl):
    implementation, rng = (
        configured(package, "float64"),
        np.random.default_rng(0),
    )
    spec = ModelSpec(
        "autoencoder",
        "gru",
        impl=impl,
        input_size=2,
        output_size=2,
        hidden_size=4,
        bidirectional=True,
    )
    model = implementation.build_model(spec)
    shapes = weight_shapes(spec).items()
    weights = {name: rng.normal(size=shape) for name, shape in shapes}
    implementation.load_weights(model, weights)
    x = rng.normal(size=(2, 6, 2)).astype("f4")
    padded = implementation.predict(model, x, np.array([4, 6], np.int32))
    alone = implementation.predict(model, x[:1, :4], None)
    np.testing.assert_allclose(padded[:1, :4], alone, rtol=1e-12)
