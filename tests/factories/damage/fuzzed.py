"""Readers of foreign files, and a small good file for each."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from factories import generated, records
from shared.tasks import get_task, resolve

packed = partial(gzip.compress, mtime=0)  # the same bytes at any time
WORDS = [f"{a}{b}" for a in "bdfgk" for b in ("a", "elo", "irt", "ost")]
LABELS = ("bad", "good")


@dataclass(frozen=True)
class Reader:
    """name: the file's name; content: a good file; read: path -> anything."""

    name: str
    content: bytes
    read: Callable[[Path], Any]


def loading(task: str, **options: Any) -> Callable[[Path], Any]:
    """What a run does with a file before it trains."""

    def read(path: Path) -> list[str]:
        data = resolve(task=task, framework="pytorch", cell="gru", seed=0)
        found = resolve(
            task=task,
            framework="pytorch",
            cell="gru",
            seed=0,
            data={**vars(data.data), **options, "data": str(path)},
        )
        dataset = get_task(task).load(found.data, 0)
        return get_task(task).summarize(dataset)

    return read


def rows(separator: str, head: tuple[str, str] = ("text", "label")) -> bytes:
    lines = [head, *labelled()]
    return "".join(f"{separator.join(line)}\n" for line in lines).encode()


def labelled() -> list[tuple[str, str]]:
    """Forty texts of two classes, all different."""
    return [
        (f"{WORDS[i % 20]} {WORDS[i * 7 % 20]} {i}x", LABELS[i % 2])
        for i in range(40)
    ]


def objects() -> list[dict[str, str]]:
    return [{"text": text, "label": label} for text, label in labelled()]


def json_lines() -> bytes:
    return "".join(f"{json.dumps(row)}\n" for row in objects()).encode()


def series(separator: str = ",", decimal: str = ".") -> bytes:
    """Daily values of four months."""
    days = np.arange("2021-01-01", "2021-05-01", dtype="datetime64[D]")
    lines = [f"time{separator}value"]
    for i, day in enumerate(days):
        value = f"{100 + i % 7 + i / 10:.2f}".replace(".", decimal)
        lines.append(f"{day}{separator}{value}")
    return "".join(f"{line}\n" for line in lines).encode()


def wide() -> bytes:
    """A series in a row, under the names of its months."""
    months = np.arange("2001-01", "2011-01", dtype="datetime64[M]")
    values = (f"{100 + n % 7 + n / 10:.2f}" for n in range(len(months)))
    head = ",".join(months.astype(str))
    return f"name,{head}\nsales,{','.join(values)}\n".encode()


def parquet(of_series: bool) -> bytes:
    import pandas as pd

    content = series() if of_series else rows(",")
    frame = pd.read_csv(io.BytesIO(content))
    stream = io.BytesIO()
    frame.to_parquet(stream)
    return stream.getvalue()


def tagged(line: str, tags: tuple[str, ...]) -> bytes:
    """Forty sentences of three words."""
    sentences = [
        "".join(
            line.format(n + 1, WORDS[(i + n) % 20], tags[(i + n) % len(tags)])
            for n in range(3)
        )
        for i in range(40)
    ]
    return "\n".join(sentences).encode()


CONLLU = "{0}\t{1}\t_\t{2}\t_\t_\t_\t_\t_\t_\n"
BIO = ("B-PER", "I-PER", "O", "O")
POS = ("NOUN", "VERB", "ADP")


def text() -> bytes:
    return "".join(f"{t}. {label}!\n" for t, label in labelled() * 40).encode()


def pairs() -> bytes:
    lines = [f"{t}\t{t[::-1]} {label}\n" for t, label in labelled() * 3]
    return "".join(f"{i}{line}" for i, line in enumerate(lines)).encode()


def recordings(form: str = "tar") -> bytes:
    """An archive of three takes of two digits by two speakers."""
    import soundfile

    stream, sound = io.BytesIO(), io.BytesIO()
    tone = np.sin(np.arange(1600) / 3)
    soundfile.write(sound, tone, 8000, format="WAV")
    content = sound.getvalue()
    names = [
        f"recordings/{digit}_{speaker}_{take}.wav"
        for digit in (1, 2)
        for speaker in ("theo", "ann")
        for take in (0, 6, 12)
    ]
    if form == "zip":
        with zipfile.ZipFile(stream, "w") as archive:
            for name in names:
                archive.writestr(name, content)
        return stream.getvalue()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name in names:
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return stream.getvalue()


def record_lines() -> bytes:
    lines = [json.dumps(record) for record in records.comparison()]
    return "".join(f"{line}\n" for line in lines).encode()


def read_store(path: Path) -> None:
    from comparisons.records.store import Store

    Store(path.parent).close()


def read_report(path: Path) -> None:
    from comparisons.analysis.loading import read_parts

    read_parts([path.parent])


def checkpoint() -> bytes:
    import tempfile

    from shared.weights.checkpoints import save_checkpoint

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.safetensors"
        save_checkpoint(path, generated.saved())
        return path.read_bytes()


def read_checkpoint(path: Path) -> None:
    from comparisons.records.checkpoints import load_checkpoint

    load_checkpoint(path)


def read_config(path: Path) -> None:
    from comparisons.arguments.config import with_config

    with_config("run", ["--config", str(path)])


CONFIG = b'task = "sine"\ncells = ["rnn", "gru"]\nseeds = 2\nepochs = 3\n'


def readers() -> dict[str, Reader]:
    """All readers by what they read."""
    found = {
        "csv": ("a.csv", rows(","), loading("sentiment")),
        "semicolons": ("a.csv", rows(";"), loading("sentiment")),
        "tsv": ("a.tsv", rows("\t"), loading("sentiment")),
        "names": ("a.csv", rows(","), loading("names")),
        "json lines": ("a.jsonl", json_lines(), loading("sentiment")),
        "json array": (
            "a.json",
            json.dumps(objects()).encode(),
            loading("sentiment"),
        ),
        "csv.gz": ("a.csv.gz", packed(rows(",")), loading("sentiment")),
        "parquet": ("a.parquet", parquet(False), loading("sentiment")),
        "series": ("a.csv", series(), loading("forecast", window=8, horizon=2)),
        "series of all columns": (
            "a.csv",
            series(),
            loading("forecast", window=8, horizon=2, multivariate=True),
        ),
        "decimal commas": (
            "a.csv",
            series(";", ","),
            loading("forecast", window=8, horizon=2),
        ),
        "series in rows": (
            "a.csv",
            wide(),
            loading("forecast", window=8, horizon=2),
        ),
        "filled series": (
            "a.csv",
            series(),
            loading("forecast", window=8, horizon=2, fill="linear"),
        ),
        "series.parquet": (
            "a.parquet",
            parquet(True),
            loading("forecast", window=8, horizon=2),
        ),
        "conllu": ("a.conllu", tagged(CONLLU, POS), loading("tagging")),
        "word and tag": (
            "a.tsv",
            tagged("{1}\t{2}\n", BIO),
            loading("tagging"),
        ),
        "conll": ("a.txt", tagged("{1} X Y {2}\n", BIO), loading("tagging")),
        "text": ("a.txt", text(), loading("charlm", bptt=8)),
        "text.gz": (
            "a.txt.gz",
            packed(text()),
            loading("charlm", bptt=8),
        ),
        "utf-16": (
            "a.txt",
            text().decode().encode("utf-16"),
            loading("charlm", bptt=8, encoding="utf-16"),
        ),
        "pairs": ("a.txt", pairs(), loading("translate", min_count=1)),
        "dialogues": ("a.txt", pairs(), loading("chatbot", min_count=1)),
        "tar": ("a.tar", recordings(), loading("digits")),
        "tar.gz": ("a.tar.gz", packed(recordings()), loading("digits")),
        "zip": ("a.zip", recordings("zip"), loading("digits")),
        "records": ("runs.jsonl", record_lines(), read_store),
        "records of a report": ("runs.jsonl", record_lines(), read_report),
        "checkpoint": ("model.safetensors", checkpoint(), read_checkpoint),
        "config": ("a.toml", CONFIG, read_config),
    }
    return {name: Reader(*reader) for name, reader in found.items()}
