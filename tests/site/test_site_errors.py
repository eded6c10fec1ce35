"""What a page of the course may not say: each error fails the build."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from comparisons.site.build import SOURCE, write_pages
from comparisons.site.course.page.chapters import CHAPTERS

CONF = """
extensions = ["myst_nb", "sphinx_design", "comparisons.site.course"]
myst_enable_extensions = ["attrs_block", "colon_fence", "dollarmath"]
html_math_renderer = "mathml"
nb_execution_mode = "off"
"""
WRONG = {
    "definition": (
        "```{definition} cells.rnn_stp\n```",
        "unknown definition 'cells.rnn_stp'; did you mean 'cells.rnn_step'?",
    ),
    "one_of_several": (
        "```{definition} cells.rnn_step cells.LAYRES\n```",
        "unknown definition 'cells.LAYRES'",
    ),
    "idiom": ("```{idiom} Gradient clippin\n```", "'Gradient clipping'"),
    "snippet": ("```{says} time_frst\n```", "did you mean 'time_first'?"),
    "folder": ("```{record} docs/sin\n```", "'docs/sin' has no runs.jsonl"),
    "column": (
        "```{record} docs/sine\n:columns: framework, cel\n```",
        "unknown column 'cel'; did you mean 'cell'?",
    ),
    "figure": (
        "```{figure-of} docs/sine learning-curve\n```",
        "did you mean 'learning-curves'?",
    ),
    "panel": (
        "```{figure-of} docs/sine forecast\n:panels: wave 9\n```",
        "unknown panel 'wave 9'",
    ),
    "figure_folder": (
        "```{figure-of} docs/sin learning-curves\n```",
        "'docs/sin' has no runs.jsonl",
    ),
    "table": ("```{table-of} swep docs/echo-sweep\n```", "'sweep'"),
    "table_records": (
        "```{table-of} padding docs/x.jsonl\n```",
        "'docs/x.jsonl' does not exist",
    ),
    "commands": ("```{commands-of} docs/x\n```", "'docs/x' has no runs.jsonl"),
    "value": ("{value}`scor docs/sine lstm`", "did you mean 'score'?"),
    "value_folder": ("{value}`score docs/x lstm`", "has no runs.jsonl"),
    "value_cell": ("{value}`score docs/sine lstn`", "did you mean 'lstm'?"),
    "value_words": ("{value}`score docs/sine`", "missing 1 required"),
    "claim": (
        "{claim}`settled docs/sine rnn lstm`",
        "the records do not support it",
    ),
    "checked": (
        "{checked}`share-left rnn radius-0.5 rnn radius-1 20`",
        "what is computed does not support it",
    ),
    "check": ("{checked}`share-lefd rnn`", "did you mean 'share-left'?"),
    "computed": ("{computed}`powr 0.9 50`", "did you mean 'power'?"),
    "table_computed": (
        "```{computed} retentio\n```",
        "did you mean 'retention'?",
    ),
    "drawing": ("```{drawn} clif\nx\n```", "did you mean 'cliff'?"),
    "reference": (
        "```{reference} cells.rnn_backwrd\n```",
        "did you mean 'rnn_backward'?",
    ),
    "reference_file": (
        "```{reference} cell.rnn\n```",
        "'shared/reference/cell.py' does not exist",
    ),
    "claim_of_folders": (
        "{claim}`unsettled-against docs/tagging-directions/bidirectional=on "
        "docs/tagging-directions/bidirectional=off gru`",
        "the records do not support it",
    ),
    "unsettled_claim": (
        "{claim}`settled docs/sine lstm gru`",
        "the records do not support it",
    ),
    "command": (
        "```{run} compare.py --task sine --epoch 3\n```",
        "unknown flag '--epoch'",
    ),
    "program": ("```{run} compere.py --task sine\n```", "is not compare.py"),
    "time": (
        "```{run} compare.py --task sine --preset quick\n"
        ":record: docs/sine\n```",
        "the records are not of preset quick",
    ),
    "time_of_task": (
        "```{run} compare.py --task echo\n:record: docs/sine\n```",
        "the records are of task sine",
    ),
    "picture": ("```{picture} unroled\n```", "unknown picture"),
    "notebook": ("```{notebook} 02_x\n```", "unknown notebook '02_x'"),
    "equation": ("$\\fraction{1}{2}$", "equation"),
    "link": ("[there](nowhere.md)", "nowhere.md"),
}
"""Page -> what is wrong in it, and what the build says."""

RIGHT = """# Right

```{times}
```

{value}`score docs/sine lstm` {claim}`settled docs/sine lstm rnn`

```{table-of} padding docs/x.jsonl
:absent: Not yet.
```

```{run} compare.py --task sine
:record: docs/sine
```

```{chapters}
```
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> tuple[list[str], Path]:
    """What one build says of all of these pages, and where a right one is."""
    source = tmp_path_factory.mktemp("pages")
    (source / "conf.py").write_text(CONF)
    names = "\n".join([*WRONG, "right"])
    (source / "index.md").write_text(f"# I\n\n```{{toctree}}\n{names}\n```\n")
    (source / "right.md").write_text(RIGHT)
    for name, (text, _) in WRONG.items():
        (source / f"{name}.md").write_text(f"# {name}\n\n{text}\n")
    out = tmp_path_factory.mktemp("out")
    return write_pages(source, out), out / "right.html"


@pytest.fixture(scope="module")
def problems(built) -> list[str]:
    return built[0]


def test_records_that_do_not_exist_may_have_a_text_in_their_place(built):
    assert "<p>Not yet.</p>" in built[1].read_text("utf-8")


def test_the_time_of_all_commands_is_on_the_page(built):
    text = built[1].read_text("utf-8")
    assert re.search(r"Reading: about \d+ minutes\. Running all", text)


def test_chapters_that_are_not_written_are_no_links(built):
    text = built[1].read_text("utf-8")
    assert text.count("In preparation.") == len(CHAPTERS)


@pytest.mark.parametrize("name", WRONG)
def test_an_error_is_named_with_its_page(problems, name):
    found = [line for line in problems if line.startswith(f"{name}.md")]
    assert found, problems
    assert any(WRONG[name][1] in line for line in found), found


def test_a_page_without_an_error_is_not_named(problems):
    assert not [p for p in problems if p.startswith(("right.md", "index.md"))]


def test_a_renamed_definition_is_an_error_of_every_page_that_shows_it(
    monkeypatch, tmp_path
):
    from comparisons.site.course import definitions
    from shared.errors import UserError

    known = definitions.packages()
    renamed = {
        package: {
            **files,
            "cells.py": type(files["cells.py"])(
                files["cells.py"].text,
                {
                    name.replace("rnn_step", "step_of_rnn"): item
                    for name, item in files["cells.py"].definitions.items()
                },
                files["cells.py"].imports,
            ),
        }
        for package, files in known.items()
    }
    with pytest.raises(UserError, match=r"unknown definition 'cells.rnn_step'"):
        definitions.definition("cells.rnn_step", renamed)
    text = (SOURCE / "chapters" / "01_sequences.md").read_text("utf-8")
    assert "{definition} cells.rnn_step" in text


def test_a_definition_that_one_framework_lacks_has_the_reason():
    from comparisons.site.course.definitions import definition

    found = definition("scratch.ScratchCell")
    assert found["keras"].line > 0
    assert found["pytorch"].line == 0
    assert "layers.RNN" in found["pytorch"].reason


def test_the_method_that_applies_a_module_has_one_name():
    from comparisons.site.course.definitions import definition

    found = definition("forecaster.Forecaster.forward")
    heads = [code.text.splitlines() for code in found.values()]
    assert any("def forward" in line for line in heads[0])
    assert any("def __call__" in line for line in heads[2])
    assert found == definition("forecaster.Forecaster.call")


def test_the_pages_are_in_a_checkout():
    assert (Path(SOURCE) / "conf.py").is_file()
