# %% pytorch
optimizer = torch.optim.SGD([nn.Parameter(torch.ones(1))], lr=0.1)
schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=10)
rates = []
for _ in range(11):
    rates.append(round(optimizer.param_groups[0]["lr"], 3))
    optimizer.step()
    schedule.step()  # forgotten: the rate never changes
print(rates[0], rates[5], rates[10])

# %% keras
schedule = keras.optimizers.schedules.CosineDecay(0.1, decay_steps=10)
optimizer = keras.optimizers.SGD(schedule)
print(*(round(float(schedule(step)), 3) for step in (0, 5, 10)))

# %% jax
schedule = optax.cosine_decay_schedule(0.1, decay_steps=10)
optimizer = optax.sgd(schedule)
print(*(round(float(schedule(step)), 3) for step in (0, 5, 10)))
