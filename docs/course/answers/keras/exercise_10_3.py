def largest_hidden_size(budget: int, blocks: int, inputs: int) -> int:
    """The most units H with blocks (D + H + 1) H within the budget."""
    hidden = 0
    while blocks * (inputs + hidden + 2) * (hidden + 1) <= budget:
        hidden += 1
    return hidden
