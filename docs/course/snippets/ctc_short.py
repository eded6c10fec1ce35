# %% pytorch
log_probs = torch.zeros(3, 1, 4).log_softmax(-1)  # (T, B, K), 0 is the blank
log_probs.requires_grad_()
labels = torch.tensor([[1, 1, 2]])
loss = F.ctc_loss(log_probs, labels, torch.tensor([3]), torch.tensor([3]))
loss.backward()
print("loss", loss.item(), "gradient", log_probs.grad[0, 0, 0].item())

# %% keras
outputs, labels = ops.zeros((1, 3, 4)), ops.array([[1, 1, 2]])
frames, count = ops.array([3]), ops.array([3])
loss = ops.ctc_loss(labels, outputs, count, frames, mask_index=0)
print("finite:", bool(ops.isfinite(loss[0])), "above 10:", bool(loss[0] > 10))

# %% jax
logits, labels = jnp.zeros((1, 3, 4)), jnp.array([[1, 1, 2]])
loss = optax.ctc_loss(logits, jnp.zeros((1, 3)), labels, jnp.zeros((1, 3)))
print("finite:", bool(jnp.isfinite(loss[0])), "above 10:", bool(loss[0] > 10))
