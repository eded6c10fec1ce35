"""One idiom: how each framework says it, and why they differ."""

from typing import NamedTuple


class LineIdiom(NamedTuple):
    """A title, the pattern of each package, one sentence, and a file."""

    title: str
    pytorch: str
    keras: str
    jax: str
    why: str
    file: str = ""

    def patterns(self) -> dict[str, str]:
        found = {
            "pytorch_impl": self.pytorch,
            "keras_impl": self.keras,
            "jax_impl": self.jax,
        }
        return {package: text for package, text in found.items() if text}
