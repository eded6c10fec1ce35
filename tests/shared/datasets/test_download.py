"""Files are downloaded once, checked, and named when missing."""

from __future__ import annotations

import functools
import hashlib
import http.server
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.datasets.imdb import ARCHIVES
from shared.errors import DataError
from shared.files import catalogue
from shared.files.catalogue import FILES
from shared.files.registry import DataFile

GREEK = "names/Greek.txt"
COMMIT = re.compile("[0-9a-f]{40}")

RENAMED = {
    "forecast/bike-sharing-hour.csv": "hour.csv",
    "forecast/melbourne-max-temperature.csv": "daily-max-temperatures.csv",
    "forecast/sp500-daily.csv": "sp500-2000.csv",
    "charlm/tinyshakespeare.txt": "input.txt",
    "chatbot/self_dialogue.jsonl": "corpus",
    "forecast/sunspots-yearly.csv": "sunspots.csv",
    "speech/fsdd-recordings.tar.xz": "recordings",
    "wordlm/wikitext-2/wiki.train.tokens": "train.txt",
    "wordlm/wikitext-2/wiki.valid.tokens": "valid.txt",
    "wordlm/wikitext-2/wiki.test.tokens": "test.txt",
}
"""Files that have another name at their address."""


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files and records the requested paths."""

    requested: list[str] = []

    def do_GET(self) -> None:
        self.requested.append(self.path)
        super().do_GET()

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache, and no RNN_DATA_DIR."""
    folder = tmp_path / "cache"
    monkeypatch.setattr(catalogue, "cache_folder", lambda: folder)
    monkeypatch.delenv("RNN_DATA_DIR", raising=False)
    monkeypatch.setenv("NO_PROXY", "*")
    return folder


@pytest.fixture
def server(
    tiny_names: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[list[str]]:
    """The tiny files behind a local address; yields the requested paths."""
    Quiet.requested = []
    handler = functools.partial(Quiet, directory=str(tiny_names))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as http_:
        threading.Thread(target=http_.serve_forever, args=(0.02,)).start()
        base = f"http://127.0.0.1:{http_.server_port}"
        served = {
            name: DataFile(f"{base}/{name}", file.sha256)
            for name, file in catalogue.FILES.items()
        }
        monkeypatch.setattr(catalogue, "FILES", served)
        yield Quiet.requested
        http_.shutdown()


def one_line(error: pytest.ExceptionInfo[DataError]) -> str:
    message = str(error.value)
    assert "\n" not in message
    return message


def test_every_registered_url_is_pinned_and_every_checksum_whole():
    assert len(catalogue.names_under("names")) == 18
    for name, file in FILES.items():
        assert len(file.digest) == {"sha256": 64, "md5": 32}[file.algorithm]
        assert int(file.digest, 16)
        if name in ARCHIVES:
            # Its authors' page has no commits; the sum alone pins it.
            assert file.url.startswith("https://ai.stanford.edu/~amaas/")
            continue
        assert Path(file.url).name == RENAMED.get(name, Path(name).name)
        parts = file.url.split("/")
        assert sum(bool(COMMIT.fullmatch(part)) for part in parts) == 1


def test_every_file_has_a_source_and_a_license():
    assert all(file.source and file.license for file in FILES.values())
    found = FILES["names/Greek.txt"]
    assert found[3:] == ("Surnames of 18 languages (Robertson 2017)", "MIT")
    assert {f.license for n, f in FILES.items() if n.startswith("wordlm/")} == {
        "CC BY-SA 3.0"
    }


def test_a_download_names_source_and_license_once(server, capfd, monkeypatch):
    known = {
        name: file._replace(source="Surnames", license="MIT")
        for name, file in catalogue.FILES.items()
    }
    monkeypatch.setattr(catalogue, "FILES", known)
    names = catalogue.names_under("names")
    for _ in range(2):  # the second time nothing is downloaded
        catalogue.fetch(names, progress=True)
    assert capfd.readouterr().err.count("Surnames; license: MIT\n") == 1


def test_real_files_have_the_registered_checksums(data_dir):
    for name in catalogue.names_under("names"):
        assert catalogue.locate(name) == data_dir / name


def test_data_dir_is_read_without_network(tiny_names):
    catalogue.fetch(catalogue.names_under("names"), progress=True)
    assert catalogue.locate(GREEK) == tiny_names / GREEK


@pytest.mark.parametrize("change", [lambda b: b[:-3], lambda b: b + b"x\n"])
def test_an_altered_file_is_named_with_both_checksums(tiny_names, change):
    path = tiny_names / GREEK
    path.write_bytes(change(path.read_bytes()))
    with pytest.raises(DataError) as error:
        catalogue.locate(GREEK)
    message = one_line(error)
    assert str(path) in message
    assert catalogue.FILES[GREEK].sha256[:12] in message
    assert hashlib.sha256(path.read_bytes()).hexdigest()[:12] in message


def test_a_file_missing_from_data_dir_is_named(tiny_names):
    (tiny_names / GREEK).unlink()
    with pytest.raises(DataError) as error:
        catalogue.fetch([GREEK])
    message = one_line(error)
    assert str(tiny_names / GREEK) in message
    assert "RNN_DATA_DIR" in message


def test_download_happens_once_and_quietly(server, cache, capfd):
    names = catalogue.names_under("names")
    catalogue.fetch(names)
    assert capfd.readouterr() == ("", "")
    assert catalogue.locate(GREEK) == cache / GREEK
    assert len(server) == len(names)
    catalogue.fetch(names)
    assert len(server) == len(names)


def test_progress_is_shown_on_request(server, cache, capfd):
    catalogue.fetch([GREEK], progress=True)
    shown = capfd.readouterr()
    assert shown.err == "downloading 1/1 Greek.txt\n"
    assert shown.out == ""


def test_nothing_is_shown_where_the_cache_cannot_be_written(
    server, cache, capfd
):
    cache.write_text("a file")
    with pytest.raises(DataError) as error:
        catalogue.fetch([GREEK], progress=True)
    assert "cannot be written" in one_line(error)
    assert capfd.readouterr() == ("", "")
    assert server == []


def test_an_altered_cached_file_is_refused_then_fetched_anew(server, cache):
    catalogue.fetch([GREEK])
    (cache / GREEK).write_text("Other\n")
    with pytest.raises(DataError, match="altered"):
        catalogue.locate(GREEK)
    catalogue.fetch([GREEK])
    assert catalogue.locate(GREEK).read_text().startswith("Papadas\n")


def test_a_served_file_of_other_content_is_refused(server, cache, tiny_names):
    (tiny_names / GREEK).write_text("Other\n")
    with pytest.raises(DataError) as error:
        catalogue.fetch([GREEK])
    assert catalogue.FILES[GREEK].url in one_line(error)
    assert not (cache / GREEK).exists()


def test_a_file_missing_at_its_url_is_named(server, cache, tiny_names):
    (tiny_names / GREEK).unlink()
    with pytest.raises(DataError) as error:
        catalogue.fetch([GREEK])
    assert catalogue.FILES[GREEK].url in one_line(error)


@pytest.mark.parametrize("call", [catalogue.locate, None])
def test_no_network_and_no_data_name_the_remedies(tiny_names, cache, call):
    with pytest.raises(DataError) as error:
        (call or (lambda name: catalogue.fetch([name])))(GREEK)
    message = one_line(error)
    assert catalogue.FILES[GREEK].url in message
    assert "RNN_DATA_DIR" in message
    assert "run again" in message
