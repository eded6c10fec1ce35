"""Text of users in pictures: as it is, without a warning or a fault."""

import warnings

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib import font_manager
from PIL import Image

from comparisons.figures.fonts import drawn, fallbacks, glyphs, use_fallbacks
from comparisons.figures.lines import Line
from comparisons.figures.matplotlib import draw_lines
from comparisons.figures.saving import save
from comparisons.report import static_figures
from comparisons.report.static_figures import draw_matrix
from shared.exhibits.kinds import Matrix

FOREIGN = (
    *("$\\frac{$", "a_{$b", "$$", "$$$", "^", "_hidden", "\\", "%$#&~{}"),
    *("正面", "ไทย", "عربي", "हिन्दी", "😀", "ﷺ", "\ufdfa\u200d"),
    *("\x1b[31mred\x07", "two\nlines\r", "\udce9", "<b>x</b>", "", "x" * 300),
)


def matrix(names: tuple[str, ...]) -> Matrix:
    values = tuple(map(tuple, np.eye(len(names)).tolist()))
    return Matrix(
        *("confusion", "title", "text", "$x$", "a_{$b", names, names, values),
        shares=values,
    )


@pytest.fixture(autouse=True)
def no_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def test_any_label_is_drawn(tmp_path):
    path = tmp_path / "a.png"
    draw_matrix(matrix(FOREIGN), path)
    with Image.open(path) as image:
        assert min(image.size) > 200


@pytest.mark.parametrize("log", ["", "x", "y"])
def test_any_name_of_a_line_is_drawn_on_any_axis(tmp_path, log):
    lines = [
        Line(name, [1.0, 1000.0], [1e-5, 1.0], "#000000") for name in FOREIGN
    ]
    draw_lines({"$$": lines}, ("$\\x$", "$y"), tmp_path / "a.png", log=log)


def test_a_logarithmic_axis_shows_numbers(tmp_path, monkeypatch):
    seen = []
    monkeypatch.setattr(
        "comparisons.figures.saving.use_fallbacks",
        lambda figure: seen.extend(
            text.get_text() for text in figure.axes[0].get_yticklabels()
        ),
    )
    lines = {"": [Line("a", [1.0, 2.0], [1e-5, 1.0], "#000000")]}
    draw_lines(lines, ("x", "y"), tmp_path / "a.png", log="y")
    assert "10⁻²" in seen
    assert not any("$" in text for text in seen)


def test_a_line_whose_name_begins_with_an_underscore_is_in_the_legend():
    figure, axis = plt.subplots()
    axis.plot([1], label=drawn("_x"))
    assert axis.get_legend_handles_labels()[1] == [" _x"]
    plt.close(figure)


def test_a_figure_of_very_many_classes_has_some_of_their_names(
    tmp_path, monkeypatch
):
    sizes = []
    monkeypatch.setattr(
        static_figures,
        "save",
        lambda figure, path: sizes.extend(
            (len(figure.axes[0].get_xticks()), *figure.get_size_inches())
        ),
    )
    draw_matrix(matrix(("a",) * 1001), tmp_path / "a.png")
    plt.close("all")
    assert sizes == [167, 40.0, 40.0]


def test_a_wide_matrix_fits_and_has_as_many_names_as_fit():
    names = tuple(map(str, range(150)))
    wide = Matrix(
        *("m", "title", "text", "rows", "columns", ("a", "b"), names),
        ((0.5,) * len(names),) * 2,
    )
    figure = static_figures.matrix_figure(wide, 9.0)
    axis = figure.axes[0]
    assert figure.get_figwidth() == 9.0
    assert axis.get_aspect() == "auto"
    assert 20 <= len(axis.get_xticks()) <= 35
    assert len(axis.get_yticks()) == 2
    whole = static_figures.matrix_figure(wide).axes[0]
    assert (whole.get_aspect(), len(whole.get_xticks())) == (1.0, 150)


def test_control_characters_are_blanks_and_long_labels_end_in_dots():
    assert drawn("a\x1b[0m\nb") == "a [0m b"
    assert drawn("正" * 41) == "正" * 39 + "…"


def test_a_font_is_found_for_what_the_usual_one_lacks():
    usual = glyphs(font_manager.findfont("DejaVu Sans"))
    other = "STIXGeneral"
    letter = min(glyphs(font_manager.findfont(other)) - usual)
    figure, axis = plt.subplots()
    axis.set_title(f"a{chr(letter)}")
    use_fallbacks(figure)
    families = axis.title.get_fontfamily()
    plt.close(figure)
    assert families[0] == "sans-serif"
    assert fallbacks(frozenset({letter})) == families[1:]
    path = font_manager.findfont(families[-1])
    assert letter in glyphs(path)


def test_no_font_is_added_where_none_has_the_characters():
    assert fallbacks(frozenset({0x10FFFD})) == []


def test_a_file_that_is_no_font_has_no_characters(tmp_path):
    path = tmp_path / "a.ttf"
    path.write_bytes(b"none")
    assert glyphs(str(path)) == frozenset()


def test_a_full_disk_leaves_no_part_of_a_picture(tmp_path, monkeypatch):
    figure, _ = plt.subplots()
    folder = tmp_path / "a.png"
    folder.mkdir()
    with pytest.raises(Exception, match=r"cannot write '.*a.png': Is a dir"):
        save(figure, folder)
    assert list(tmp_path.iterdir()) == [folder]
