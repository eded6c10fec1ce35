# %% pytorch
import numpy as np

array = np.ones((2, 5, 3))  # NumPy computes in float64
print(torch.from_numpy(array).dtype)
nn.GRU(3, 4)(torch.from_numpy(array))

# %% keras
import numpy as np

array = np.ones((2, 5, 3))  # NumPy computes in float64
print(ops.convert_to_tensor(array).dtype.name)
print(layers.GRU(4)(array).dtype.name)

# %% jax
array = np.ones((2, 5, 3))  # NumPy computes in float64
print(jnp.asarray(array).dtype)
print(jnp.asarray(array, dtype="float64").dtype)
