"""Compressed records are read as plain ones."""

from __future__ import annotations

import gzip

import msgspec
import pytest
from factories import records as made
from factories.processes import assert_refused, compare

from comparisons.analysis.loading import read_latest, read_parts
from comparisons.analysis.sweeps.folders import comparisons_in
from comparisons.publish.content import group_of
from comparisons.records.files import folders_of_records, records_file
from comparisons.records.lines import ends_line, is_utf8, lines_of
from comparisons.records.merge import merge
from comparisons.records.reading import read_all
from comparisons.records.store import Store, StoreError, read_records
from comparisons.report.citation import citation_section
from comparisons.report.markdown import write_markdown
from shared.errors import UserError


def written(records):
    return [msgspec.json.encode(one, enc_hook=list) for one in records]


def report(folder):
    (part,) = read_parts([folder])
    write_markdown(part.summary, folder / "report.md")
    return (folder / "report.md").read_text()


def test_a_compressed_folder_has_the_records_and_the_report_of_a_plain_one(
    plain, packed
):
    file = records_file(packed)
    assert file.name == "runs.jsonl.gz"
    records = read_records(plain / "runs.jsonl")
    assert read_records(file) == records
    found = read_all(file)[0], read_all(plain / "runs.jsonl")[0]
    assert written(found[0]) == written(found[1])
    assert report(packed) == report(plain)
    assert made.file_names(packed) == ["report.md", "runs.jsonl.gz"]


def test_a_page_and_a_tracker_have_the_file_that_there_is(packed):
    (packed / "runs.parquet").touch()
    (part,) = read_parts([packed])
    names_of_links = [*citation_section(part)[0].targets]
    assert names_of_links == ["runs.jsonl.gz", "runs.parquet"]
    assert group_of(part).files == [packed / "runs.jsonl.gz"]


def test_the_command_reports_a_compressed_folder(packed):
    done = compare("report", packed, "--format", "csv")
    assert (done.code, done.err) == (0, ""), done
    assert "rmse" in done.out


def test_folders_are_found_by_either_file_and_once(plain, packed):
    root = plain.parent
    assert folders_of_records(root) == [packed, plain]
    assert folders_of_records(plain) == [plain]
    (packed / "runs.jsonl").write_bytes((plain / "runs.jsonl").read_bytes())
    assert folders_of_records(root, "*") == [packed, plain]
    assert records_file(packed).name == "runs.jsonl"
    packed.rename(root / "lag=1")
    assert comparisons_in(root) == [root / "lag=1"]
    with pytest.raises(UserError, match=r"did you mean .*lag=1"):
        read_parts([root / "lag=2"])


def test_records_in_both_files_count_once(plain, packed):
    content = (packed / "runs.jsonl.gz").read_bytes()
    (plain / "runs.jsonl.gz").write_bytes(content)
    (part,) = read_parts([plain])
    assert len(part.records) == 3
    assert merge([plain, packed], plain.with_name("out")) == (4, 4)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_other_encodings_and_damaged_lines_are_those_of_a_plain_file(
    plain, packed, encoding
):
    text = (plain / "runs.jsonl").read_text() + '{"schema": 1'
    for path, opener in (
        (plain / "runs.jsonl", open),
        (packed / "runs.jsonl.gz", gzip.open),
    ):
        with opener(path, "wt", encoding=encoding) as file:
            file.write(text)
    found = [
        (read_all(path)[1], [*lines_of(path)], is_utf8(path), ends_line(path))
        for path in map(records_file, (plain, packed))
    ]
    assert found[0] == found[1]
    assert [one.number for one in found[1][0]] == [5]
    assert is_utf8(records_file(packed)) is (encoding != "utf-16")
    with pytest.raises(StoreError, match=r"runs\.jsonl\.gz', line 5: "):
        read_records(records_file(packed))


DAMAGES = {
    "empty": lambda content: b"",
    "cut header": lambda content: content[:5],
    "truncated": lambda content: content[:-20],
    "no checksum": lambda content: content[:-8],
    "wrong checksum": lambda content: content[:-8] + bytes(8),
    "flipped bits": lambda content: content[:40] + b"\xff" * 9 + content[49:],
    "plain text": gzip.decompress,
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_file_is_one_error_that_names_it(packed, damage):
    path = packed / "runs.jsonl.gz"
    content = damage(path.read_bytes())
    path.write_bytes(content)
    wrong = r"runs\.jsonl\.gz is no whole gzip file \(.+\)$"
    for read in (read_records, read_all, lambda p: read_latest(p, None)):
        with pytest.raises(StoreError, match=wrong):
            read(path)
    for use in (Store, lambda f: merge([f], f.with_name("out"))):
        with pytest.raises(StoreError, match=wrong):
            use(packed)
    assert (made.file_names(packed), path.read_bytes()) == (
        ["runs.jsonl.gz"],
        content,
    )


def test_a_truncated_file_is_refused_in_one_line(packed):
    path = packed / "runs.jsonl.gz"
    path.write_bytes(path.read_bytes()[:-20])
    for words in (("report", packed), ("merge", packed, "--out", "out")):
        assert_refused(compare(*words), str(path), "is no whole gzip file")
