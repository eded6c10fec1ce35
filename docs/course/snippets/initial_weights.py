# %% pytorch
layer = nn.LSTM(3, 4)
u = layer.weight_hh_l0.detach()[:4]  # of the first gate
print("orthogonal:", torch.allclose(u @ u.T, torch.eye(4), atol=1e-5))
print("uniform up to 1 / sqrt(H):", bool(u.abs().max() <= 0.5))
forget = (layer.bias_ih_l0 + layer.bias_hh_l0)[4:8]
print("forget bias 1:", bool((forget == 1).all()))

# %% keras
import numpy as np

layer = layers.LSTM(4)
layer.build(x.shape)
w, u, b = layer.get_weights()  # u: (H, 4H), orthogonal as a whole
print("orthogonal:", bool(abs(u @ u.T - np.eye(4)).max() < 1e-5))
print("forget bias 1:", bool((b[4:8] == 1).all()))

# %% jax
layer = nnx.OptimizedLSTMCell(3, 4, rngs=rngs)
u = layer.dense_h.kernel[...]  # (H, 4H)
print("orthogonal:", bool(jnp.abs(u @ u.T - jnp.eye(4)).max() < 1e-5))
print("forget bias 1:", bool((layer.dense_h.bias[4:8] == 1).all()))
