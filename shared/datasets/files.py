"""Every data file: where it comes from and what it must hold."""

from __future__ import annotations

from typing import NamedTuple


class DataFile(NamedTuple):
    """A file of fixed content at an address that does not change."""

    url: str
    sha256: str


def _rows(folder: str, source: str, table: str) -> dict[str, DataFile]:
    """Path in the data folder -> file, from lines of sha256 and name."""
    pairs = [line.split() for line in table.strip().splitlines()]
    return {
        f"{folder}/{name}": DataFile(f"{source}/{name}", sha256)
        for sha256, name in pairs
    }


# Surnames of 18 languages; MIT, Sean Robertson 2017.
NAMES = _rows(
    "names",
    "https://raw.githubusercontent.com/spro/practical-pytorch/"
    "c520c52e68e945d88fff563dba1c028b6ec0197b/data/names",
    """
6f424a8dbe51cbbbabab7a57d38b617210125e4e3991f3c657cb79b8f104bafc Arabic.txt
09ba8f1f7e38dbc99372d461b26ad4433b811fc6bfa6a3ecca6fe11a9a777465 Chinese.txt
e17ab0ec47616a72c39cb85c783f70c3663ab64488721e5d8378f146d2226be7 Czech.txt
924f32b635170eae561f84538632138fc07d4c8bbd70ba3fb980de1ecc4d2af3 Dutch.txt
9cca037066d3d5989e24bc01801416162de506b5e28e15b7c092a47905d29bf2 English.txt
81e65b36c60ed5b89a17422f6edcadbb89546f38ad69e960e64e7ba682012a95 French.txt
7449cd590b97a733e18d613a4155decd77ec35dc5f8aadd7a82204dce4f051db German.txt
3555b5186de7f401e6d991b088e9e644ca3099116477818c25ab5793801389e6 Greek.txt
cf8c7013256252a88d2503127b87282a11f21b2ff6db1bded68834c19a1ec058 Irish.txt
f88414c27d0606a11a678b4859277828c2565d6cc4d9ee932deef6e94f3b35e4 Italian.txt
e0e717e114fec3e7eade4d9dabe0067c475f43147e36a22b47902ee76ad9e67f Japanese.txt
cd54221ccb362a6cba4c78828838cf3268a0e59744767a37cf6ec4b74036b136 Korean.txt
45bab898af2f60ed3a728bbf6980e28821011a7caa53227553b5785903a40826 Polish.txt
50a8735f41f4f73757c8ce5b16cb0275cd86b2b214bcbc8c9805f508cb131c53 Portuguese.txt
0cfe53ac18041e8f63666aa77313e0a3ff378facb132abee052d8ebdc8c3d62c Russian.txt
78d0252711d87d948ea86fe34826c51d2d794a8e52d15b5d6f7b6244d45d62dd Scottish.txt
1bcb462ed3316756a85781d68232bddae04498fdddd5d9219c53fd1fbdeba7a7 Spanish.txt
f3f9e4164ab47601178a6e45b216464a64122f49d05541f24bf18a757253281d Vietnamese.txt
""",
)

FILES: dict[str, DataFile] = {**NAMES}
"""Path in the data folder -> file, of all data sets."""
