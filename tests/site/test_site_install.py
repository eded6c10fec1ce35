"""Tables of what an extra installs, and of how tokenizers cut."""

import pytest

from comparisons.site import install, tokenizers
from comparisons.site.install import CUDA, megabytes, pip_install

LINE = {
    "extra": "jax",
    "mb": 1234,
    "install_s": 12.3,
    "first_s": 45,
    "versions": {"jax": "0.10.2", "flax": "0.12.8"},
}


def test_each_extra_is_installed_from_the_checkout_with_the_pins():
    core, jax, cuda = map(pip_install, ("", "jax", CUDA))
    assert core[-3].endswith("/" + core[-1].split("/")[-2])
    assert jax[-3] == f"{core[-3]}[jax]"
    assert core[-2:] == jax[-2:] == cuda[-2:]
    assert core[-1].endswith("/constraints.txt")
    # Not from wheels on this machine.
    assert "--isolated" in cuda
    assert "--isolated" not in jax
    assert cuda[-3] == f"{core[-3]}[pytorch]"


def test_a_row_names_the_extra_and_what_it_brings():
    lines = [{**LINE, "extra": name} for name in ("", "jax", CUDA)]
    rows = install.table(lines).splitlines()[2:]
    brings = "jax 0.10.2, flax 0.12.8 | 1,234 | 12 | 45 |"
    assert rows == [
        f"| core | {brings}",
        f"| `[jax]` | {brings}",
        f"| `[pytorch]` with CUDA | {brings}",
    ]


def test_a_new_measurement_replaces_that_of_its_extra(tmp_path, monkeypatch):
    monkeypatch.setattr(install, "ROOT", tmp_path)
    monkeypatch.setattr(install.sys, "argv", ["install", "jax", ""])
    monkeypatch.setattr(install, "measure", lambda e: LINE | {"extra": e})
    (tmp_path / "docs").mkdir()
    install.main()
    monkeypatch.setattr(install.sys, "argv", ["install", "jax"])
    monkeypatch.setattr(install, "measure", lambda e: LINE | {"mb": 9})
    install.main()
    found = install.read_lines(tmp_path / install.FILE)
    assert [(line["extra"], line["mb"]) for line in found] == [
        ("", 1234),
        ("jax", 9),
    ]


def test_megabytes_are_of_the_files(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b").write_bytes(b"x" * 3_000_000)
    assert megabytes(tmp_path) == pytest.approx(3.0, abs=0.1)


def test_a_row_has_what_a_tokenizer_changes():
    line = {
        "tokenizer": "nltk",
        "version": "nltk 3.9",
        "vocabulary": 7000,
        "tokens": 19.26,
        "unknown": 0.0951,
        "texts_per_second": 1442.6,
    }
    row = tokenizers.table([line]).splitlines()[2]
    assert row == "| `nltk` | nltk 3.9 | 7,000 | 19.3 | 9.5 % | 1,443 |"
