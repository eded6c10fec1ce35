# %% pytorch
def step(h):
    print("Python runs", tuple(h.shape))
    return torch.tanh(h)


for h in (x, x, x[:, :3]):
    step(h)  # torch.compile(step) is a choice


# %% keras
class Step(keras.Model):
    def call(self, h):
        print("Python runs", h.shape)
        return ops.tanh(h)


model = Step()
model.compile()
for h in (x, x, x[:, :3]):
    model.predict_on_batch(h)


# %% jax
@jax.jit
def step(h):
    print("Python runs", h.shape)
    return jnp.tanh(h)


for h in (x, x, x[:, :3]):
    step(h)
