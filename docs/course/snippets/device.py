# %% pytorch
device = "cuda" if torch.cuda.is_available() else "cpu"
model = nn.GRU(3, 4, batch_first=True).to(device)  # never by itself
print(model(x.to(device))[0].device)

# %% keras
# A GPU is used where there is one; the backend decides.
with keras.device("cpu:0"):
    h = layers.GRU(4)(x)
print(h.device.rsplit("/", 1)[1])

# %% jax
# A GPU is used where the installed jaxlib has one.
print(jax.devices()[0].platform, x.device.platform)
