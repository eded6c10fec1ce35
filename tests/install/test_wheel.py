"""The wheel holds all that the code reads, and runs outside the checkout."""

import shutil
import sys
import tomllib
import zipfile

import pytest
from factories.processes import run

from comparisons.records.environment import ROOT
from comparisons.records.files import records_file

PACKAGES = ("comparisons", "shared", "pytorch_impl", "keras_impl", "jax_impl")
FILES = ("pyproject.toml", "README.md", "LICENSE")
BUILD = "from setuptools.build_meta import build_wheel; build_wheel('dist')"
SCHEMA = "share/rnn-comparisons/schema/"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel of the checkout, built from a copy."""
    folder = tmp_path_factory.mktemp("source")
    ignored = shutil.ignore_patterns("__pycache__", "*.egg-info")
    for name in (*PACKAGES, "docs/schema"):
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    for name in FILES:
        shutil.copy(ROOT / name, folder)
    words = ["-c", f"import os; os.chdir({str(folder)!r}); {BUILD}"]
    done = run([sys.executable, *words])
    assert done.code == 0, done
    (path,) = (folder / "dist").glob("rnn_comparisons-*.whl")
    return path


@pytest.fixture(scope="module")
def unpacked(wheel, tmp_path_factory):
    """The folder of an environment into which the wheel is unpacked."""
    folder = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def test_the_wheel_holds_every_file_of_the_packages(wheel):
    with zipfile.ZipFile(wheel) as archive:
        found = {n for n in archive.namelist() if ".dist-info/" not in n}
    kept = {n for n in found if ".data/" not in n}
    expected = {
        path.relative_to(ROOT).as_posix()
        for name in PACKAGES
        for path in (ROOT / name).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert kept == expected
    assert any(name.endswith("templates/page.html") for name in kept)
    schemas = {path.name for path in (ROOT / "docs" / "schema").iterdir()}
    assert {n.rpartition(SCHEMA)[2] for n in found - kept} == schemas


def test_the_metadata_have_every_extra_and_the_command(unpacked):
    (folder,) = unpacked.glob("*.dist-info")
    metadata = (folder / "METADATA").read_text()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    for extra in project["optional-dependencies"]:
        assert f"\nProvides-Extra: {extra}\n" in metadata
    script = "compare.py = comparisons.compare:main"
    assert script in (folder / "entry_points.txt").read_text()


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("list", "task sine: "),
        ("exercise list", "1.1"),
        ("code --task sine --html", "code.html"),
        ("report records", "report.html"),
    ],
)
def test_commands_run_from_the_wheel(unpacked, tmp_path, words, text):
    (tmp_path / "records").mkdir()
    records = records_file(ROOT / "docs" / "sine")
    shutil.copy(records, tmp_path / "records")
    start = (
        f"import os, sys; os.chdir({str(tmp_path)!r}); import comparisons; "
        f"assert comparisons.__file__.startswith({str(unpacked)!r}); "
        "from comparisons.compare import main; main()"
    )
    env = {"PYTHONPATH": str(unpacked), "PYTHONSAFEPATH": "1"}
    done = run([sys.executable, "-c", start, *words.split()], env=env)
    assert (done.code, done.err) == (0, ""), done
    assert text in done.out, done
