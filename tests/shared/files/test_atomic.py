"""Files written whole: one line for each fault, and the old file stays."""

import errno
import os
import sys
from pathlib import Path

import pytest
from factories.processes import run

from shared.files.atomic import WriteError, write_whole
from shared.files.io import write_file


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("step", ["fsync", "replace"])
@pytest.mark.parametrize(
    "code", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO]
)
def test_a_fault_of_the_disk_leaves_the_old_file(
    tmp_path, monkeypatch, step, code
):
    path = tmp_path / "a.html"
    write_file(path, "old")

    def fail(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, step, fail)
    with pytest.raises(WriteError) as caught:
        write_file(path, "new")
    assert str(caught.value) == f"cannot write '{path}': {os.strerror(code)}"
    assert path.read_text() == "old"
    assert names(tmp_path) == ["a.html"]


def test_a_folder_in_its_place_is_one_line(tmp_path):
    path = tmp_path / "report.html"
    path.mkdir()
    with pytest.raises(WriteError, match="Is a directory"):
        write_file(path, "new")
    assert names(tmp_path) == ["report.html"]


def test_a_file_above_it_is_one_line(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(WriteError, match=r"^cannot write '.*': \w"):
        write_file(tmp_path / "file" / "a.html", "new")


def test_a_link_stays_a_link_and_a_mode_stays(tmp_path):
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("old")
    target.chmod(0o640)
    link.symlink_to(target)
    write_whole(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_new_file_has_the_mode_of_any_other(tmp_path):
    (tmp_path / "other").write_text("")
    write_whole(tmp_path / "below" / "new", b"")
    modes = [(tmp_path / n).stat().st_mode for n in ("other", "below/new")]
    assert modes[0] == modes[1]


def test_a_device_gets_the_content(tmp_path):
    with pytest.raises(WriteError, match="No space left on device"):
        write_whole(Path("/dev/full"), b"text")
    write_whole(Path("/dev/null"), b"text")
    assert Path("/dev/null").is_char_device()


def test_text_is_utf_8_whatever_it_holds(tmp_path):
    write_file(tmp_path / "a", "正\n\udce9\r\n")
    assert (tmp_path / "a").read_bytes() == "正\n\\udce9\r\n".encode()


def test_a_limit_of_the_size_of_files_is_one_line(tmp_path):
    path = tmp_path / "a"
    write_whole(path, b"old")
    program = (
        "import resource, sys, pathlib\n"
        "from shared.files.atomic import write_whole\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "write_whole(pathlib.Path(sys.argv[1]), bytes(5000))\n"
    )
    done = run([sys.executable, "-c", program, str(path)])
    assert done.err.endswith(f"cannot write '{path}': File too large\n"), done
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["a"]
