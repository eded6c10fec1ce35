"""The page of the code: whole, escaped, without requests, marked rightly."""

import re
from itertools import pairwise

import pytest
from factories.html.parsed import Page

from comparisons.commands import code
from comparisons.reader import page as reader_page
from comparisons.reader import source_links
from comparisons.reader.equations import EQUATIONS
from comparisons.reader.page import fragment, page
from comparisons.reader.source import read_packages
from comparisons.reader.story import numbers
from comparisons.reader.view import view
from comparisons.records.environment import ROOT
from comparisons.report.page import LEFT_OUT
from shared.errors import UserError
from shared.exhibits.names import cell_name
from shared.specs import CELLS
from shared.tasks import get_task, task_names

SOURCES = read_packages()
LINE = re.compile(r"(\w+_impl/\w+\.py)-L(\d+)")


@pytest.fixture(scope="module", autouse=True)
def local():
    """The links are the same in a checkout of a remote and without one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(source_links, "repository", lambda root: "")
        yield


@pytest.fixture(scope="module")
def whole(local):
    return page(task_names(), folder=ROOT)


@pytest.fixture(scope="module")
def parsed(whole):
    return Page(whole)


def visible(path, name):
    """Whether a view shows an element."""
    marks = (found.get("data-views", name).split() for _, found in path)
    return all(name in mark for mark in marks)


@pytest.fixture(scope="module")
def lines(parsed):
    """The elements of lines of code: what they are in, and their id."""
    return [found for found in parsed.all("id") if LINE.fullmatch(found[1])]


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("task", task_names())
def test_a_view_shows_exactly_the_lines_of_the_task_and_cell(lines, task, cell):
    shown = {name for path, name in lines if visible(path, f"{task}-{cell}")}
    assert shown == {
        f"{package}/{row.file}-L{line.number}"
        for row in view(get_task(task), cell, packages=SOURCES)
        for package, lines in row.lines.items()
        for line in lines
        if line.text.strip()
    }


def test_each_line_has_its_number_its_text_and_an_anchor(parsed, lines):
    for path, name in lines:
        file, number = LINE.fullmatch(name).groups()
        text = (ROOT / file).read_text().splitlines()[int(number) - 1]
        assert path[-1] == ("a", {"id": name})
        assert parsed.of(path[-2][1]) == f"{number}{text}\n"
    assert len(lines) > 1000


def test_each_link_has_its_target_and_each_target_is_one(parsed):
    ids = [name for _, name in parsed.all("id")]
    assert len(ids) == len(set(ids))
    for _, target in parsed.all("href"):
        if target.startswith("#"):
            assert target[1:] in ids, target
        elif target != "data:," and not target.startswith("https://"):
            assert (ROOT / target.partition("#")[0]).is_file(), target
    for name in ("aria-labelledby", "for"):
        for _, targets in parsed.all(name):
            assert set(targets.split()) <= set(ids), targets


def test_the_page_loads_nothing_external(whole, parsed):
    assert not parsed.all("src") + parsed.all("srcset") + parsed.all("action")
    addresses = {text for _, text in parsed.all("href")}
    assert {path[-1][0] for path, _ in parsed.all("href")} == {"a", "link"}
    for text in re.findall(r"https?://[^\"<> ]+", whole):
        assert text in addresses, text
    for text in ("url(", "@import"):
        assert text not in whole
    assert not re.search(r"\b(fetch|import)\(", whole)


def test_ids_of_the_fragment_have_its_prefix():
    found = fragment(["sine"])
    parsed = Page(found.html)
    names = {word for _, text in parsed.all("class") for word in text.split()}
    names |= {name for _, name in parsed.all("id") if not LINE.match(name)}
    assert all(name.startswith("code-") for name in names)
    selectors = re.sub(r"\{[^{}]*\}", " ", found.css)
    classes = set(re.findall(r"\.([a-z][\w-]*)", selectors))
    assert classes <= names | {"code-tip"}
    for name in re.findall(r"--[\w-]+", found.css):
        assert name.startswith("--code-")


@pytest.mark.parametrize(("tasks", "limit"), [(1, 1_000_000), (2, 1_300_000)])
def test_a_fragment_leaves_room_for_the_report(tasks, limit):
    found = fragment(task_names()[:tasks], without=LEFT_OUT)
    assert "bptt.py-L" not in found.html
    assert "bptt.py-L" in fragment(task_names()[:1]).html
    assert sum(len(text.encode()) for text in found) < limit


def test_source_text_is_text_and_no_markup(monkeypatch):
    packages = read_packages()
    planted = "<script>alert('x & y')</script>"
    comparison = "losses.mean() <script> 1"
    file = packages["jax_impl"]["losses.py"]
    text = file.text.replace("over (B,)", f"{planted} (B,)")
    text = text.replace("losses.mean()", comparison)
    changed = type(file)(text, file.definitions, file.imports)
    packages["jax_impl"]["losses.py"] = changed
    monkeypatch.setattr(reader_page, "read_packages", lambda: packages)
    found = fragment(["names"]).html
    assert "<script" not in found
    for text in (planted, comparison):
        assert text in texts(found)


def texts(html):
    """All text of a page as it is read."""
    parsed = Page(html)
    return parsed.of(parsed.elements[0][0][1])


@pytest.mark.parametrize("task", ["sine", "charlm", "translate"])
def test_what_only_some_have_gives_its_reason(task):
    found = texts(fragment([task]).html)
    rows = [row for cell in CELLS for row in view(get_task(task), cell)]
    reasons = {text for row in rows for text in row.reasons.values()}
    assert len(reasons) > 5
    for text in reasons:
        assert text.replace("`", "") in found


def test_each_definition_links_to_its_file_and_line(parsed):
    places = [
        re.fullmatch(r"(\w+_impl/\w+\.py)#L(\d+)", target)
        for path, target in parsed.all("href")
        if any(e.get("class") == "code-row" for _, e in path)
    ]
    found = {place.groups() for place in places if place}
    assert len(found) > 300
    for file, number in found:
        line = (ROOT / file).read_text().splitlines()[int(number) - 1]
        assert re.match(r"\s*(def|class|[A-Z]\w+ =|State|\"\"\")", line), line


def test_the_numbers_are_those_of_the_records(parsed):
    (caption,) = [
        parsed.of(path[-1][1])
        for path in parsed.elements
        if path[-1][0] == "caption" and "sine:" in parsed.of(path[-1][1])
    ]
    assert "Lower RMSE is better" in caption
    rows = numbers(get_task("sine")).rows
    assert [row[:2] for row in rows[:2]] == [
        ("RNN", "PyTorch"),
        ("RNN", "Keras"),
    ]
    assert numbers(get_task("sine"), ROOT / "tests").rows == []


@pytest.mark.parametrize("cell", CELLS)
def test_each_cell_has_its_equations_and_their_source(parsed, cell):
    marks = {
        parsed.of(path[-1][1]): set(views.split())
        for path, views in parsed.all("data-views")
        if path[-1][0] == "figure"
    }
    (text,) = [
        t for t in marks if EQUATIONS[cell].source in t and cell_name(cell) in t
    ]
    assert marks[text] == {f"{task}-{cell}" for task in task_names()}
    spoken = " ".join(text for _, text in parsed.all("alttext"))
    assert all(line in spoken for line in EQUATIONS[cell].lines)


def test_shapes_are_explained_to_all(parsed):
    shapes = [
        path[-1][1]
        for path, name in parsed.all("class")
        if name == "code-shape"
    ]
    assert len(shapes) > 100
    for found in shapes:
        words = parsed.of(found)
        assert found["tabindex"] == "0"
        assert found["aria-label"].startswith(f"{words}: ")
        letters = set(re.findall("[A-Z]'?", words))
        explained = found["aria-label"].removeprefix(f"{words}: ").split("; ")
        assert letters == {text.partition(" ")[0] for text in explained}


def test_headings_descend_by_one(parsed):
    levels = [
        int(path[-1][0][1])
        for path in parsed.elements
        if re.fullmatch("h[1-6]", path[-1][0])
    ]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b <= a + 1 for a, b in pairwise(levels))


def test_the_controls_show_the_requested_view():
    chosen = [
        path[-1][1]["value"]
        for path, _ in Page(page(["sine"], "gru", "loss")).all("selected")
    ]
    assert chosen == ["sine", "gru", "loss"]
    page_of_group = Page(page(["sine"], "gru", "training"))
    last = [p[-1][1]["value"] for p, _ in page_of_group.all("selected")][-1]
    assert last == "step"
    usual = [p[-1][1]["value"] for p, _ in Page(page(["sine"])).all("selected")]
    assert usual == ["sine", "lstm", "cell"]


def test_the_command_writes_the_page(whole, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert code.main(["--html"]) == 0
    assert "code.html" in capsys.readouterr().out
    text = (tmp_path / "code.html").read_text()
    assert text == page(task_names(), folder=None)
    place = 'data-place="pytorch_impl/cells.py:'
    assert place in text
    assert place not in whole
    path = tmp_path / "new" / "sine.html"
    arguments = ["--task", "sine", "--cell", "gru", "--part", "cell"]
    assert code.main([*arguments, "--out", str(path)]) == 0
    assert path.read_text() == page(["sine"], "gru", "cell", path.parent)


def test_a_page_that_cannot_be_written_is_an_error_of_one_line(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(UserError, match=r"cannot write .*file/code.html"):
        code.main(
            ["--task", "sine", "--out", str(tmp_path / "file" / "code.html")]
        )
