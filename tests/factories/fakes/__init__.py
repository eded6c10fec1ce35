"""A device, an implementation, and a model whose answers are known."""
