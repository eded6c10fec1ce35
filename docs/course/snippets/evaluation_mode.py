# %% pytorch
x = torch.randn(1000, 2)
y = (x.prod(1) > 0).long()
model = nn.Sequential(
    nn.Linear(2, 20), nn.ReLU(), nn.Dropout(0.8), nn.Linear(20, 2)
)
optimizer = torch.optim.Adam(model.parameters(), 0.02)
for _ in range(100):
    optimizer.zero_grad()
    F.cross_entropy(model(x), y).backward()
    optimizer.step()


def accuracy():
    return (model(x).argmax(1) == y).float().mean().item()


print(f"training mode: {accuracy():.1f}")
model.eval()
print(f"evaluation mode: {accuracy():.1f}")

# %% keras
x = keras.random.normal((1000, 2))
y = ops.cast(ops.prod(x, 1) > 0, "int32")
model = keras.Sequential(
    [
        layers.Dense(20, activation="relu"),
        layers.Dropout(0.8),
        layers.Dense(2),
    ]
)
model.compile(
    keras.optimizers.Adam(0.02),
    losses.SparseCategoricalCrossentropy(from_logits=True),
)
model.fit(x, y, batch_size=1000, epochs=100, verbose=0)


def accuracy(training):
    answers = ops.argmax(model(x, training=training), 1)
    return ops.mean(ops.cast(answers == ops.cast(y, answers.dtype), "float32"))


print(f"training=True: {float(accuracy(True)):.1f}")
print(f"training=False: {float(accuracy(False)):.1f}")

# %% jax
x = jax.random.normal(rngs.params(), (1000, 2))
y = (x.prod(1) > 0).astype(int)
model = nnx.Sequential(
    nnx.Linear(2, 20, rngs=rngs),
    nnx.relu,
    nnx.Dropout(0.8, rngs=rngs),
    nnx.Linear(20, 2, rngs=rngs),
)
optimizer = nnx.Optimizer(model, optax.adam(0.02), wrt=nnx.Param)


@nnx.jit
def train_step(model, optimizer):
    def loss_fn(model):
        losses = optax.softmax_cross_entropy_with_integer_labels(model(x), y)
        return losses.mean()

    optimizer.update(model, nnx.grad(loss_fn)(model))


for _ in range(100):
    train_step(model, optimizer)


def accuracy():
    return (model(x).argmax(1) == y).mean()


print(f"training mode: {accuracy():.1f}")
model.eval()
print(f"evaluation mode: {accuracy():.1f}")
