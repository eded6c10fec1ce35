"""Archives of one's own: read, or refused in one line."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile

import numpy as np
import pytest
import soundfile

from shared.datasets.fsdd import read_recordings
from shared.errors import DataError
from shared.files import limits
from shared.tasks.audio import digits
from shared.tasks.audio.speech_data import SpokenData


def sound(seconds=0.05, rate=8000, value=None, kind="WAV", subtype=None):
    samples = np.sin(np.arange(int(seconds * rate)) / 9)
    stream = io.BytesIO()
    samples = samples if value is None else np.full_like(samples, value)
    soundfile.write(stream, samples, rate, format=kind, subtype=subtype)
    return stream.getvalue()


GOOD = {
    f"r/{digit}_ann_{take}.wav": sound() for digit in (0, 1) for take in (0, 5)
}


def link(name: str, target: str, kind=tarfile.SYMTYPE) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.type, member.linkname = kind, target
    return member


def archive(path, members, links=(), mode="w:gz"):
    with tarfile.open(path, mode) as made:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            made.addfile(member, io.BytesIO(content))
        for member in links:
            made.addfile(member)
    return path


def refused(path) -> str:
    with pytest.raises(DataError) as error:
        read_recordings(path)
    message = str(error.value)
    assert message.startswith(str(path))
    assert "\n" not in message
    return message


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
def test_archives_of_each_compression_are_read(tmp_path, mode):
    path = archive(tmp_path / "a", GOOD, mode=mode)
    found, notes = read_recordings(path)
    assert len(found) == 4
    assert not notes


@pytest.mark.parametrize(
    ("name", "target", "kind"),
    [
        ("r/2_ann_0.wav", "nothing.wav", tarfile.SYMTYPE),
        ("r/2_ann_0.wav", "2_ann_0.wav", tarfile.SYMTYPE),
        ("r/2_ann_0.wav", "../../../etc/passwd", tarfile.SYMTYPE),
        ("r/2_ann_0.wav", "nothing.wav", tarfile.LNKTYPE),
        ("r/2_ann_0.wav", "r/2_ann_0.wav", tarfile.LNKTYPE),
    ],
)
def test_a_link_that_leads_nowhere_is_named(tmp_path, name, target, kind):
    path = archive(tmp_path / "a", GOOD, [link(name, target, kind)])
    words = f"{name} is a link to '{target}', which leads to no file"
    assert words in refused(path)


def test_members_that_are_no_recordings_do_no_harm(tmp_path):
    kinds = (tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.DIRTYPE)
    links = [link("r/2_ann_1.wav", "", kind) for kind in kinds]
    links += [link("readme", "nothing"), link("r/3_ann_0.wav", "0_ann_0.wav")]
    more = {
        "/etc/4_ann_0.wav": sound(),
        "../../5_ann_0.wav": sound(),
        "r/._1_ann_0.wav": b"of macOS",
        "notes.txt": b"hello",
    }
    found, notes = read_recordings(archive(tmp_path / "a", GOOD | more, links))
    assert {r.digit for r in found} == {0, 1, 3, 4, 5}
    assert not notes


def test_what_is_left_out_is_noted(tmp_path):
    path = archive(tmp_path / "a.tar", GOOD, mode="w")
    more = {
        "r/12_ann_0.wav": sound(),  # no digit
        "r/x.WAV": sound(),
        "r/0_ann_0.wav": sound(0.5),
    }
    archive(path, more, mode="a")
    found, notes = read_recordings(path)
    assert [len(r.samples) for r in found] == [4000, 400, 400, 400]
    assert notes == [
        "2 recordings are not named like 7_theo_12.wav and left out",
        "1 recordings follow one of the same name, which they replace",
    ]


def altered(content: bytes, start: int, new: bytes) -> bytes:
    return content[:start] + new + content[start + len(new) :]


def named(value: bytes | str) -> str | None:
    """No bytes in a name: libsndfile writes the time of writing into some."""
    return "" if isinstance(value, bytes) else None


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"hello", "is no sound (Format not recognised.)"),
        (b"", "is no sound"),
        (sound(0), "holds no sample"),
        (sound(value=np.nan, subtype="FLOAT"), "a sample that is no number"),
        (sound(value=1e30, subtype="FLOAT"), "or far beyond 1"),
        (sound()[:500], "is cut short: 500 of 844 bytes"),
        (sound(0.004), "is too short: 32 samples at 8,000 a second"),
        (sound(0.004, rate=44100), "is too short: 32 samples at 8,000"),
        (sound(9, rate=1), "has 1 samples a second, not 1,000 to"),
        (sound(1e-6, rate=2_000_000_011), "has 2,000,000,011 samples a"),
        (altered(sound(), 22, b"\xff\xff"), "is no sound"),
        (altered(sound(), 24, b"\0\0\0\0"), "is no sound"),
        (
            altered(sound(kind="FLAC"), 21, b"\xff" * 5),
            "samples, more than 67,108,864, the limit of a recording",
        ),
    ],
    ids=named,
)
def test_a_bad_recording_is_named(tmp_path, content, words):
    path = archive(tmp_path / "a", GOOD | {"r/1_ann_8.wav": content})
    said = refused(path)
    assert "r/1_ann_8.wav" in said
    assert words in said


def test_a_header_that_claims_more_than_there_is_costs_nothing(tmp_path):
    content = altered(sound(), 40, b"\xff\xff\xff\x7f")
    found, _ = read_recordings(
        archive(tmp_path / "a", GOOD | {"2_x_0.wav": content})
    )
    assert len(found[-1].samples) == 400


def test_a_take_of_any_length_is_named(tmp_path):
    name = f"r/1_ann_{'9' * 5000}.wav"
    path = archive(tmp_path / "a", GOOD | {name: sound()})
    said = refused(path)
    assert "a take of 5,000 digits" in said
    assert len(said) < 300


def make_zip(path):
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("1_ann_0.wav", sound())


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (make_zip, "is a ZIP archive, not TAR"),
        (lambda path: path.write_bytes(b""), "is empty"),
        (
            lambda path: path.write_bytes(b"hello\n" * 999),
            "is no whole archive",
        ),
        (lambda path: path.write_bytes(bytes(10240)), "holds no file named"),
        (
            lambda path: path.write_bytes(gzip.compress(b"x")),
            "is no whole arch",
        ),
        (
            lambda path: path.write_bytes(
                archive(path, GOOD).read_bytes()[:-99]
            ),
            "is no whole archive",
        ),
    ],
)
def test_what_is_no_archive_is_named(tmp_path, make, words):
    path = tmp_path / "a.tar.gz"
    make(path)
    assert words in refused(path)


def claimed(name: str, size: int, kind: bytes = tarfile.REGTYPE) -> bytes:
    member = tarfile.TarInfo(name)
    member.size, member.type = size, kind
    return gzip.compress(
        member.tobuf(tarfile.GNU_FORMAT) + bytes(10240), mtime=0
    )


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (claimed("1_ann_0.wav", 6 << 30), "has 6,442,450,944 bytes, more than"),
        (claimed("readme", 6 << 30), "readme has 6,442,450,944 bytes"),
        (claimed("x", 1 << 40), "more than 1 GiB, the limit of a file"),
        (claimed("x", -512), "is no whole archive"),
        (claimed("x", 1 << 29, tarfile.XHDTYPE), "a header of 536,870,912 by"),
        (claimed("x", 1 << 29, tarfile.GNUTYPE_LONGNAME), "a header of 536"),
    ],
)
def test_a_size_beyond_the_limits_is_refused_unread(tmp_path, content, words):
    path = tmp_path / "a.tar.gz"
    path.write_bytes(content)
    assert words in refused(path)


def test_members_and_samples_are_counted(tmp_path, monkeypatch):
    path = archive(tmp_path / "a", GOOD)
    monkeypatch.setattr(limits, "SOUND", 1599)
    assert "more than 1,599 samples, the limit of" in refused(path)
    monkeypatch.setattr(limits, "MEMBERS", 3)
    assert "has more than 3 members" in refused(path)
    monkeypatch.setattr(limits, "MEMBERS", 4)
    monkeypatch.setattr(limits, "CONTENT", 1024)
    assert "holds more than" in refused(path)


def spoken(path, names) -> SpokenData:
    return SpokenData(
        data=str(archive(path, {f"{n}.wav": sound() for n in names}))
    )


def test_two_digits_have_baselines_and_one_is_refused(tmp_path, monkeypatch):
    names = [f"{d}_ann_{t}" for d in (3, 4) for t in (0, 5, 10, 11)]
    data = spoken(tmp_path / "a", names)
    dataset = digits.load(data, 0)
    assert set(digits.baselines(dataset)) == {
        "majority class",
        "logistic regression",
    }
    monkeypatch.setattr(limits, "FRAMES", 100)
    with pytest.raises(DataError, match="padded to the 0 seconds of the long"):
        digits.load(data, 0)
    data = spoken(tmp_path / "b", names[:4])
    with pytest.raises(DataError, match="has one class only: '3'"):
        digits.load(data, 0)


def test_silence_has_features(tmp_path):
    silent = {
        f"{d}_ann_{t}.wav": sound(value=0.0) for d in (3, 4) for t in (0, 5, 10)
    }
    data = SpokenData(data=str(archive(tmp_path / "a", silent)))
    assert np.isfinite(digits.load(data, 0).train.x).all()
