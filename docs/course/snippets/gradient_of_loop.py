# %% pytorch
w, u = nn.Parameter(torch.tensor(1.0)), nn.Parameter(torch.tensor(0.8))
h = torch.tensor(0.0)
for value in (1.0, 0.0, 0.0, 0.0):
    h = torch.tanh(w * value + u * h)
h.backward()  # through all four steps
print(f"u {u.grad:.4f}  w {w.grad:.4f}")


# %% keras
# Keras has no function for a gradient: with SGD of rate 1, train_on_batch
# changes each weight by its negative.
class Unit(keras.Model):
    def __init__(self):
        super().__init__()
        self.w = self.add_weight((), keras.initializers.Constant(1.0))
        self.u = self.add_weight((), keras.initializers.Constant(0.8))

    def call(self, x):
        h = 0.0 * x[:, 0]
        for t in range(4):
            h = ops.tanh(self.w * x[:, t] + self.u * h)
        return h


unit = Unit()
unit.compile(keras.optimizers.SGD(1.0), loss=lambda y, h: h)
unit.train_on_batch(ops.array([[1.0, 0.0, 0.0, 0.0]]), ops.zeros((1,)))
print(f"u {0.8 - float(unit.u):.4f}  w {1 - float(unit.w):.4f}")


# %% jax
def last_state(weights, inputs):
    w, u = weights
    h, _ = jax.lax.scan(
        lambda h, x: (jnp.tanh(w * x + u * h), None), 0.0, inputs
    )
    return h


inputs = jnp.array([1.0, 0.0, 0.0, 0.0])
w, u = jax.grad(last_state)((1.0, 0.8), inputs)  # as a function of weights
print(f"u {u:.4f}  w {w:.4f}")
