"""One dropout mask where each step and each example has its own."""

CALLS = {
    "pytorch_impl": ("Tagger.forward", "self.features(x)"),
    "keras_impl": ("Tagger.call", "self.features(inputs['x'])"),
    "jax_impl": ("Tagger.__call__", "self.features(x)"),
}
"""Package -> the method of its tagger, and the vectors that it drops."""

SHARED = {
    "one mask for all steps of a sequence": "[:, :1]",
    "one mask for all sequences of a batch": "[:1]",
}


def row(file: str, definition: str, vectors: str, meaning: str) -> tuple:
    """The mask of a part of the vectors times all of them."""
    ones = f"(0 * {vectors}{SHARED[meaning]} + 1)"
    return (
        file,
        definition,
        f"self.input_dropout({vectors})",
        f"{vectors} * self.input_dropout({ones})",
        meaning,
    )


ERRORS = [
    row(f"{package}/{file}.py", definition, vectors, meaning)
    for package, (method, read) in CALLS.items()
    for file, definition, vectors in (
        ("tagger", method, read),
        ("language_model", "LanguageModel.forward_from", "self.features(x)"),
    )
    for meaning in SHARED
]
