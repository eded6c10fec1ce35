"""User data: read alike from any format, split, trained on."""

from __future__ import annotations

import itertools
import json
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from factories.processes import compare, records
from hypothesis import given
from hypothesis import strategies as st

from comparisons.arguments.options import parse_options
from comparisons.runs.plan import make_plan
from shared.datasets.user.labelled import read_table
from shared.datasets.user.tagged import read_tags
from shared.errors import DataError
from shared.files.user_file import UserTable, UserTags, hashes, sha256_of
from shared.tasks import dataset_name, get_task
from shared.tasks.classification.name_data import NamesData
from shared.text.splits import PARTS, split_sentences, split_texts
from shared.text.tagged import Sentence

pytestmark = pytest.mark.usefixtures("numpy_training")

TASK = get_task("names")

ROWS = [
    ('say "NA",\nthen; stop', "4 stars"),
    ("NA", "null"),
    ("B\u00e9ranger", "N/A"),
    ("\u6771\u4eac\ttower", "\u00e9t\u00e9 [b]"),
]
ROWS += [(f"{word} {i}", word) for word in ("low", "high") for i in range(6)]
TABLE = pd.DataFrame(ROWS, columns=["text", "label"])

WRITERS = {
    "a.csv": lambda path: TABLE.to_csv(path, index=False),
    "a.CSV": lambda path: TABLE.to_csv(
        path, index=False, lineterminator="\r\n"
    ),
    "a.csv.gz": lambda path: TABLE.to_csv(path, index=False),
    "a.tsv": lambda path: TABLE.to_csv(path, index=False, sep="\t"),
    "a.jsonl": lambda path: TABLE.to_json(path, orient="records", lines=True),
    "a.json": lambda path: TABLE.to_json(path, orient="records", lines=True),
    "a.ndjson.gz": lambda path: TABLE.to_json(
        path, orient="records", lines=True, force_ascii=False
    ),
    "a.parquet": lambda path: TABLE.astype("category").to_parquet(path),
}


def table_of(path: Path, rows, **options) -> UserTable:
    """The options of a CSV file of these rows."""
    pd.DataFrame(rows, columns=["text", "label"]).to_csv(path, index=False)
    return UserTable(data=str(path), **options)


@pytest.mark.parametrize("name", WRITERS)
def test_every_format_gives_the_same_rows(tmp_path, name):
    WRITERS[name](tmp_path / name)
    texts, labels, _ = read_table(UserTable(data=str(tmp_path / name)))
    assert list(zip(texts, labels, strict=True)) == ROWS


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_other_encodings_are_read_when_named(tmp_path, encoding):
    path = tmp_path / "a.csv"
    TABLE.to_csv(path, index=False, encoding=encoding)
    given = "utf-8" if encoding == "utf-8-sig" else encoding
    texts, *_ = read_table(UserTable(data=str(path), encoding=given))
    assert texts == list(TABLE["text"])


def test_columns_are_chosen_and_values_stripped_and_normalized(tmp_path):
    path = tmp_path / "a.csv"
    lines = [f" Be\u0301a {i} ,{i},{'abc'[i % 3]} \n\n" for i in range(18)]
    path.write_text("name,id,kind\n" + "".join(lines))
    options = UserTable(str(path), text_column="name", label_column="kind")
    texts, labels, _ = read_table(options)
    assert texts == [f"B\u00e9a {i}" for i in range(18)]
    assert labels == list("abc" * 6)


@pytest.mark.parametrize("name", ["a.jsonl", "a.parquet"])
def test_labels_that_are_numbers_are_read_as_written(tmp_path, name):
    path, table = tmp_path / name, TABLE.assign(label=np.arange(16) % 2)
    if name == "a.jsonl":
        table.to_json(path, orient="records", lines=True)
    else:
        table.to_parquet(path)
    assert read_table(UserTable(data=str(path)))[1] == ["0", "1"] * 8


CONLLU = "# text = It works\n1\tIt\tit\tPRON{0}\n2\tworks\twork\tVERB{0}\n\n"
COLUMNS = "#\tSYM\nIt\tPRON\n\n"


def test_tags_are_read_from_conllu_and_from_columns(tmp_path):
    path = tmp_path / "any.txt"
    own = UserTags(data=str(path), encoding="latin-1")
    texts = [
        CONLLU.format("\t_" * 6).replace("It", f"\u00e9{i}") for i in range(7)
    ]
    path.write_text("".join(texts), encoding="latin-1")
    assert read_tags(own).sentences[3] == (
        ["\u00e93", "works"],
        ["PRON", "VERB"],
    )
    texts = [COLUMNS.replace("It", f"\u00e9{i}") for i in range(7)]
    path.write_text("".join(texts), encoding="latin-1")
    assert read_tags(own).sentences[3] == (["#", "\u00e93"], ["SYM", "PRON"])


@given(
    st.lists(
        st.tuples(st.integers(0, 60).map(str), st.sampled_from("abc")),
        min_size=1,
        max_size=200,
    ),
    st.integers(0, 9),
)
def test_a_split_keeps_each_row_once_and_equal_texts_together(rows, seed):
    texts, labels = zip(*rows, strict=True)
    parts = split_texts(texts, labels, seed)
    assert tuple(parts) == PARTS
    assigned = itertools.chain.from_iterable(parts.values())
    assert sorted(assigned) == list(range(len(rows)))
    found = [{texts[row] for row in own} for own in parts.values()]
    assert sum(map(len, found)) == len(set(texts))
    assert split_texts(texts, labels, seed) == parts
    for own in parts.values():
        assert own == sorted(own)


def test_each_class_is_split_and_rare_ones_go_to_training():
    sizes = {"a": 100, "b": 30, "c": 6, "d": 5, "e": 1}
    labels = [label for label, size in sizes.items() for _ in range(size)]
    texts = list(map(str, range(len(labels))))
    parts = split_texts(texts, labels, 3)
    counts = {p: Counter(labels[r] for r in own) for p, own in parts.items()}
    assert counts["test"] == counts["validation"] == {"a": 10, "b": 3, "c": 1}
    assert (counts["train"]["d"], counts["train"]["e"]) == (5, 1)
    assert split_texts(texts, labels, 4) != parts


def test_equal_sentences_are_in_one_split():
    sentences = [Sentence([f"w{i % 40}"], [f"t{i}"]) for i in range(120)]
    parts = split_sentences(sentences, 0)
    assert [len(parts[part]) for part in PARTS] == [96, 12, 12]
    for own in parts.values():
        assert {(row + 40) % 120 for row in own} == set(own)


def test_the_key_of_a_run_depends_on_the_content_of_its_file(
    tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    table_of(Path("a.csv"), ROWS)
    flags = ["--task", "names", "--data", "a.csv", "--batch-size", "2"]
    first, again = (make_plan(parse_options(flags), "").runs for _ in range(2))
    assert first == again
    assert first[0].data.data == str(tmp_path / "a.csv")
    table_of(Path("a.csv"), [*ROWS, ("more", "low")])
    assert make_plan(parse_options(flags), "").runs[0] != first[0]
    options = first[0].data
    with pytest.raises(DataError, match=r"a\.csv has changed: its sha256"):
        TASK.load(options, 0)


def test_user_names_need_no_registered_file(tmp_path, monkeypatch):
    monkeypatch.setenv("RNN_DATA_DIR", str(tmp_path / "none"))
    path = tmp_path / "people.csv"
    table_of(path, [*ROWS, ROWS[-1], ("low 0", "high")])
    options = NamesData(data=str(path))
    TASK.fetch(options, False)
    dataset = TASK.load(options, 0)
    assert dataset.metadata["classes"] == sorted({label for _, label in ROWS})
    assert sum(dataset.metadata["class_counts"]) == len(ROWS) + 1
    assert dict(dataset.hashes) == {"people.csv": sha256_of(path)}
    assert hashes(options) == dataset.hashes
    assert dataset_name(vars(options)) == "people.csv"
    assert dataset_name(vars(NamesData())) == "names"
    scores = TASK.baselines(dataset)
    assert scores["character trigram naive Bayes"]["accuracy"] >= 0.5
    detail = TASK.details(np.zeros((len(dataset.test.y), 6)), dataset)
    assert json.loads(json.dumps(detail)) == detail


def test_the_command_trains_on_a_file(tmp_path):
    path, out = tmp_path / "people.csv", tmp_path / "out"
    flags = ("--task", "names", "--data", path, "--frameworks", "pytorch")
    flags += ("--cells", "gru", "--seeds", "1", "--epochs", "1", "--out", out)
    flags += ("--hidden-size", "4", "--batch-size", "4", "--threads", "1")
    flags += ("--report", "off")
    table_of(path, ROWS)
    rare = "4 stars 1, N/A 1, null 1, \u00e9t\u00e9 [b] 1"
    done = compare(*flags)
    assert done.code == 0, done
    assert done.err.splitlines()[:4] == [
        "16 names: 12 for training, 2 for validation, 2 for test",
        f"6 classes: high 6, low 6, {rare}",
        "longest: 20 characters; none is cut",
        f"in training only: {rare}",
    ], done
    assert "'null' is read as a class (--missing null" in done.err
    table_of(path, [*ROWS, ("more", "low")])
    done = compare(*flags, "--quiet")
    assert (done.code, done.err) == (0, ""), done
    runs = records(out)
    assert [run["dataset"] for run in runs] == ["people.csv"] * 2
    sums = [run["data_hashes"]["people.csv"] for run in runs]
    assert sums[1] == sha256_of(path) != sums[0]
    assert runs[1]["spec"]["data"]["data_sha256"] == sums[1]


def test_rows_that_mark_a_missing_value_are_left_out_and_counted(tmp_path):
    path = tmp_path / "a.csv"
    rows = [("?", "low"), ("more", " ? "), *ROWS]
    found = read_table(table_of(path, rows, missing="?,-1"))
    assert list(zip(found.texts, found.labels, strict=True)) == ROWS
    note = "left out: 2 rows without text or label, the first is line 2"
    assert found.notes[0] == note
    options = NamesData(data=str(path), missing="?")
    assert note in TASK.summarize(TASK.load(options, 0))


def test_a_mark_that_swallows_a_row_is_an_error(tmp_path):
    path = tmp_path / "a.csv"
    rows = "".join(f"{text},{label}\n" for text, label in ROWS[4:])
    path.write_text(f'text,label\n{rows}"one, yes,low\ntwo",high\n')
    with pytest.raises(
        DataError, match=r"line 14: .* like a row: 'one, yes,lo"
    ):
        read_table(UserTable(data=str(path)))
    texts = read_table(UserTable(data=str(path), quoting="standard")).texts
    assert texts[-1] == "one, yes,low\ntwo"


def test_classes_that_differ_in_case_are_noted(tmp_path):
    path = tmp_path / "a.csv"
    rows = [f"{n},{'Good' if n % 3 else 'good'}\n" for n in range(30)]
    path.write_text("text,label\n" + "".join(rows))
    notes = read_table(UserTable(data=str(path))).notes
    assert notes == ("'Good' and 'good' are two classes: correct the case",)


def test_one_number_that_is_written_in_two_ways_is_noted(tmp_path):
    path = tmp_path / "a.csv"
    rows = [f"{n},{('1', '1.0', '0')[n % 3]}\n" for n in range(30)]
    path.write_text("text,label\n" + "".join(rows))
    notes = read_table(UserTable(data=str(path))).notes
    assert notes == ("'1' and '1.0' are two classes: write them alike",)


def test_a_class_that_may_be_a_missing_label_is_noted(tmp_path):
    path = tmp_path / "a.csv"
    rows = [f"{n},{('a', 'b', 'NaN')[n % 3]}\n" for n in range(30)]
    path.write_text("text,label\n" + "".join(rows))
    (note,) = read_table(UserTable(data=str(path))).notes
    assert "--missing NaN leaves its rows out" in note
    kept = read_table(UserTable(data=str(path), missing="NaN"))
    assert set(kept.labels) == {"a", "b"}


def test_signs_without_width_make_no_other_class(tmp_path):
    path = tmp_path / "a.csv"
    labels = ("a", "a\u200b", "b")
    rows = [f"\u200bx {n},{labels[n % 3]}\n" for n in range(30)]
    path.write_text("text,label\n" + "".join(rows), encoding="utf-8")
    found = read_table(UserTable(data=str(path)))
    assert set(found.labels) == {"a", "b"}
    assert found.texts[0] == "x 0"


def test_quotation_marks_around_all_labels_are_noted(tmp_path):
    path = tmp_path / "a.tsv"
    rows = [f'"x {n}"\t"{"ab"[n % 2]}"\n' for n in range(30)]
    path.write_text("text\tlabel\n" + "".join(rows))
    (note,) = read_table(UserTable(data=str(path))).notes
    assert "--quoting standard takes them off" in note
    plain = read_table(UserTable(data=str(path), quoting="standard"))
    assert set(plain.labels) == {"a", "b"}
