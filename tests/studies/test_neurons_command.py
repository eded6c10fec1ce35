"""The command of the study of neurons, and its files."""

import csv
import re
from dataclasses import replace
from html import unescape

import pytest
from factories.neurons import TEXT, VOCABULARY, made, tokens
from factories.specs import run_spec

from comparisons.compare import dispatch
from comparisons.studies.neurons import command, search
from comparisons.studies.neurons.colors import stripped
from comparisons.studies.neurons.command import expected
from comparisons.studies.neurons.page import page
from comparisons.studies.neurons.study import Study
from shared.errors import UserError
from shared.weights.checkpoints import Checkpoint, save_checkpoint
from shared.weights.init import initial_weights


@pytest.fixture
def trained():
    """A random model of characters, two layers deep."""
    return made()


@pytest.fixture
def saved(tmp_path, trained):
    """The flags that read TEXT with it and write to a folder."""
    path = tmp_path / "model.safetensors"
    save_checkpoint(path, trained)
    arguments = ("--checkpoint", str(path), "--out", str(tmp_path / "out"))
    return ["study", "neurons", *arguments, "--text", TEXT]


@pytest.fixture
def answered(monkeypatch):
    """What a framework answers is that of the reference."""

    def read(options, framework):
        return expected(options.trained, options.tokens, options.layer)

    monkeypatch.setattr(command, "read", read)


def test_the_command_prints_and_writes_its_strips(
    saved, answered, trained, tmp_path, capsys
):
    assert dispatch([*saved, "--units", "2", "0", "--layer", "0"]) == 0
    out = capsys.readouterr().out
    # The names of files may be long.
    shown = [line for line in out.splitlines() if not line.startswith("files")]
    assert max(map(len, shown)) <= 80
    assert out.index("unit 2:") < out.index("unit 0:")
    assert out.count('The "hat" (a↵') == 2
    reference = expected(trained, tokens(), 0)
    with (tmp_path / "out/neurons-lstm.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert "".join(row["token"] for row in rows) == TEXT
    for t, row in enumerate(rows):
        assert float(row["unit_2"]) == reference.h[t, 2]
        assert float(row["entropy"]) == reference.entropy[t]
        assert row["next_1"] == VOCABULARY[reference.top[t, 0]]
        assert float(row["probability_5"]) == reference.top_probs[t, 4]
    assert re.search(rf" 1 +T .* h {reference.next_probs[0]:.2f} +\d", out)
    came = [row["probability_of_next"] for row in rows]
    assert came[-1] == ""
    assert [
        float(value) for value in came[:-1]
    ] == reference.next_probs.tolist()
    picture = tmp_path / "out/neurons-lstm.png"
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_the_page_shows_text_as_text_and_loads_nothing(saved, trained):
    options = command.parse_options([*saved[2:-1], '<a "A"\n.'])
    reading = expected(trained, options.tokens, 1)
    found = search.search(reading.h, options.labels)
    text = page(Study(options, reading, found, [1]))
    body = text.partition("</style>")[2]
    cells = re.findall(r'<span style="[^"]*" title="([^"]*)">(.*?)</span', body)
    assert [shown for _, shown in cells] == [
        *("&lt;", "a", " ", "&#34;", "A", "&#34;", "↵", "."),
    ]
    for t, (title, _) in enumerate(cells):
        name = stripped(VOCABULARY[reading.top[t, 0]])
        most_probable = f"{name} {reading.top_probs[t, 0]:.2f}, "
        start = f"{reading.h[t, 1]:+.3f}; next: {most_probable}"
        assert unescape(title).startswith(start)
    assert body.count("<br>") == 1
    assert not re.search(r"(src|href)=|url\(|@import", text)


def test_features_shows_the_best_correlated_unit(
    saved, answered, monkeypatch, capsys
):
    monkeypatch.setattr(command, "write_files", lambda study: [])
    assert dispatch([*saved, "--find", "vowel,upper"]) == 0
    out = capsys.readouterr().out
    best = dict(re.findall(r"^ (vowel|upper) +(\d+)", out, re.MULTILINE))
    units = re.findall(r"^unit (\d+):", out, re.MULTILINE)
    assert len(best) == 2
    assert set(units) == set(best.values())
    words = {"vowel": "a vowel", "upper": "upper case"}
    for feature, unit in best.items():
        assert re.search(f"^unit {unit}:.* {words[feature]}, r", out, re.M)


def test_a_framework_that_deviates_ends_with_1(saved, monkeypatch, capsys):
    def read(options, framework):
        found = expected(options.trained, options.tokens, options.layer)
        wrong = found.h + 1e-3 * (framework == "jax")
        return found._replace(h=wrong)

    monkeypatch.setattr(command, "read", read)
    monkeypatch.setattr(command, "write_files", lambda study: [])
    assert dispatch([*saved, "--framework", "pytorch", "jax"]) == 1
    out = capsys.readouterr().out
    assert re.search(r"^JAX: h deviates most .* \d.\de-03", out, re.M)
    assert dispatch([*saved, "--framework", "pytorch"]) == 0


def test_the_worker_agrees_with_the_reference(saved, monkeypatch, capsys):
    monkeypatch.setattr(command, "write_files", lambda study: [])
    assert dispatch([*saved, "--framework", "jax"]) == 0
    out = capsys.readouterr().out
    assert re.search(r"^JAX: h deviates most .* \d(\.\d)?e-0[6-9]", out, re.M)


def test_a_long_text_is_truncated_and_unknown_tokens_are_left_out(saved):
    arguments = [*saved[2:-1], "a€" * 700]
    with pytest.raises(UserError, match=r"'€'.*--unknown skip"):
        command.parse_options(arguments)
    options = command.parse_options([*arguments, "--unknown", "skip"])
    assert options.source == "the first 600 tokens of the text given"
    assert options.labels == ["a"] * 600
    assert options.layer == 1


def test_the_default_text_is_of_the_validation_split(
    data_dir, saved, tmp_path, trained
):
    corpus = (data_dir / "charlm/tinyshakespeare.txt").read_text()
    metadata = {**trained.metadata, "vocabulary": sorted(set(corpus))}
    size = len(metadata["vocabulary"])
    model = replace(trained.model, input_size=size, output_size=size)
    run = replace(trained.run, data={"characters": 20_000, "steps": 50})
    weights = initial_weights(model, 0)
    save_checkpoint(tmp_path / "a", Checkpoint(run, model, weights, metadata))
    options = command.parse_options(["--checkpoint", str(tmp_path / "a")])
    assert "".join(options.labels) == corpus[18_000:18_600]
    assert options.source == "the first 600 tokens of the validation split"


@pytest.mark.parametrize(
    ("arguments", "texts"),
    [
        (["--units", "0", "4"], ["unit 4", "only 0 to 3"]),
        (["--layer", "2"], ["layer 2", "only 0 to 1"]),
        (["--layer", "-1"], ["layer -1", "only 0 to 1"]),
        (["--find", "quot"], ["'quot'", "did you mean 'quote'?", "vowel"]),
        (["--find", "line", "--units", "1"], ["--units and --features"]),
        (["--text", ""], ["the text is empty"]),
        (["--text", "a"], ["knows: 1", "at least 2"]),
        (["--text", "a€é"], ["'€', 'é'", "--unknown skip"]),
        (["--text", "€", "--unknown", "skip"], ["knows: 0"]),
        (["--unknown", "skp"], ["'skp'", "did you mean 'skip'?"]),
        (["--file", "none.txt"], ["--text and --file"]),
        (["--framework", "torch"], ["'torch'", "did you mean 'pytorch'?"]),
        (["--checkpoint", "none"], ["cannot read 'none'"]),
        (["--find", "upper", "--text", "aeh"], ["'upper'", "line, vowel"]),
    ],
)
def test_impossible_options_are_refused_in_one_line(
    saved, answered, arguments, texts
):
    with pytest.raises(UserError) as refused:
        dispatch([*saved, *arguments])
    assert "\n" not in str(refused.value)
    for text in texts:
        assert text in str(refused.value)


def test_terminal_escapes_are_stripped_from_error_messages(
    saved, answered, tmp_path, trained
):
    arguments = saved[:-2]
    with pytest.raises(UserError, match=r"cannot read '.*none.txt'"):
        dispatch([*arguments, "--file", str(tmp_path / "none.txt")])
    (tmp_path / "out").write_text("in the way")
    with pytest.raises(UserError, match=r"cannot write to '.*out'"):
        dispatch(saved)
    other = trained._replace(run=run_spec("sine", "jax", "lstm"), metadata=None)
    save_checkpoint(tmp_path / "model.safetensors", other)
    with pytest.raises(UserError, match=r"'sine' has no language model"):
        dispatch(saved)
