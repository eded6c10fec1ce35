# %% pytorch
w = nn.Parameter(torch.tensor(3.0))
for _ in range(3):
    (w**2).backward()
    print(f"gradient {w.grad:.0f}")  # zero_grad() is missing

# %% keras
w = keras.Variable(3.0)
optimizer = keras.optimizers.SGD(0.0)
for _ in range(3):
    gradient = 2.0 * w.value  # a value: nothing is kept between steps
    optimizer.apply([gradient], [w])
    print(f"gradient {float(gradient):.0f}")

# %% jax
for _ in range(3):
    gradient = jax.grad(lambda w: w**2)(3.0)  # a value, new at each call
    print(f"gradient {gradient:.0f}")
