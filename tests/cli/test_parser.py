"""One parser: help that fits a screen, errors of one line, old names."""

import subprocess
import sys

import pytest

from comparisons.analysis.formats import FORMATS as TABLES
from comparisons.arguments.command_line import (
    build_parser,
    command_of,
    parse,
)
from comparisons.arguments.commands import COMMANDS
from comparisons.arguments.families import children
from comparisons.arguments.flags import bench, study, trained
from comparisons.commands import report
from comparisons.commands.trained import predict_output, text_stream
from comparisons.compare import dispatch
from comparisons.reader.parts import GROUPS as PART_GROUPS
from comparisons.reader.parts import PARTS
from comparisons.studies.neurons.features import FEATURES
from shared.errors import UserError
from shared.tasks import get_task, task_names

GROUPS = (
    "Run:",
    "Inspect and learn:",
    "Verify, measure, publish:",
)
EXAMPLES = "Examples: "


def help_of(capsys, *words):
    with pytest.raises(SystemExit) as left:
        dispatch([*words, "--help"])
    assert left.value.code == 0
    return capsys.readouterr().out


def test_the_help_of_all_commands_fits_one_screen(capsys):
    lines = help_of(capsys).splitlines()
    assert len(lines) <= 33
    assert max(map(len, lines)) <= 80
    assert [line for line in lines if line in GROUPS] == list(GROUPS)
    names = {
        name
        for line in lines
        if line.startswith("  ")
        for name in line[2:13].replace(",", " ").split()
    }
    assert names >= set(children(""))
    (first,) = (n for n, x in enumerate(lines) if x.startswith(EXAMPLES))
    examples = [line[len(EXAMPLES) :] for line in lines[first:]]
    assert len(examples) == 3
    for example in examples:
        program, *words = example.partition("   ")[0].split()
        assert program == "compare.py"
        parse(*command_of(words))  # refuses what is unknown


def test_without_a_word_the_help_is_printed_as_an_error(capsys):
    assert dispatch([]) == 2
    done = capsys.readouterr()
    assert done.out == ""
    assert "Verify, measure, publish:" in done.err


def test_the_help_imports_no_framework_and_nothing_slow():
    code = (
        "import sys; from comparisons.arguments.command_line import "
        "build_parser; build_parser()[0].format_help(); heavy = ('torch', "
        "'keras', 'tensorflow', 'jax', 'pandas', 'plotly', 'matplotlib', "
        "'sklearn', 'scipy', 'shtab'); "
        "print(*set(heavy) & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (0, "\n"), done.stderr


def test_run_shows_common_flags_and_a_task_adds_its_own(capsys):
    shared = help_of(capsys, "run")
    assert "--hidden-size" not in shared
    assert "--task NAME --help shows them" in " ".join(shared.split())
    own = help_of(capsys, "--task", "sine")
    for title in ("data of sine:", "model (forecaster):", "training:"):
        assert title in own
    assert "--noise X" in own
    assert "--noise X" in help_of(capsys, "run", "--task=sine")
    assert "--max-length" not in own


def test_the_help_shows_the_defaults_of_the_preset(capsys):
    task = get_task("charlm")
    for preset in task.presets:
        words = ("--task", "charlm", "--preset", preset)
        text = " ".join(help_of(capsys, *words).split())
        bptt = task.presets[preset].get("data", {}).get("bptt", task.data.bptt)
        assert f"propagation through time (default: {bptt})" in text


@pytest.mark.parametrize("name", COMMANDS)
def test_each_flag_is_explained_and_each_line_is_short(name, capsys):
    task = ("--task", "translate") if COMMANDS[name].of_task else ()
    text = help_of(capsys, *name.split(), *task)
    assert max(map(len, text.splitlines())) <= 80
    for action in build_parser()[1][name]._actions:
        assert action.help


def test_every_task_explains_its_flags_with_their_defaults(capsys):
    for task in task_names():
        text = " ".join(help_of(capsys, "--task", task).split())
        flags = text[text.index("data of") : text.index("configuration:")]
        count = flags.count(" --") - flags.count(" --split is")
        count -= flags.count(" --tokenizer is")
        assert flags.count("(default: ") == count, task


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("--task sin", "unknown task 'sin'; did you mean 'sine'?"),
        ("verfy", "unknown command 'verfy'; did you mean 'verify'?"),
        ("study step", "unknown study 'step'; did you mean 'steps'?"),
        ("bench atention", "unknown benchmark 'atention'; did you mean 'att"),
        ("predict --chekpoint x", "'--chekpoint'; did you mean '--checkpoint'"),
        ("predict --checkpoint x --format jsn", "'jsn'; did you mean 'json'?"),
        ("predict --checkpoint x --top 0", "--top must be at least 1, not 0"),
        ("predict --checkpoint x --top few", "'few' is not a whole number"),
        ("predict --text a", "arguments are required: --checkpoint"),
        ("generate --task chrlm", "unknown task 'chrlm'; did you mean 'charlm"),
        ("generate --cell lsm", "unknown cell 'lsm'; did you mean 'lstm'?"),
        ("translate --task sine", "unknown task 'sine'; choices: chatbot, tra"),
        ("code --part cel", "unknown part 'cel'; did you mean 'cell'?"),
        ("report a --format htm", "unknown format 'htm'; did you mean 'html'"),
        ("verify --frameworks jx", "unknown framework 'jx'; did you mean 'jax"),
        ("verify --hidden-size 3", "unknown flag '--hidden-size'"),
        ("bench attention --noise 3", "unknown flag '--noise'"),
        ("completion fish", "unknown shell 'fish'"),
        ("--task sine --timeout soon", "--timeout: 'soon' is not a number"),
    ],
)
def test_wrong_arguments_are_named_in_one_line(words, message):
    with pytest.raises(UserError) as refused:
        dispatch(words.split())
    assert message in str(refused.value)
    assert "\n" not in str(refused.value)


def test_an_old_flag_is_in_no_help(capsys):
    text = help_of(capsys, "--task", "sentiment")
    assert "--truncate pre|post" in text
    assert "--keep" not in text
    text = help_of(capsys, "verify")
    assert "--frameworks" in text
    assert "--framework " not in text


def test_choices_are_shared_by_the_commands():
    assert tuple(FEATURES) == study.FEATURES
    assert (*PARTS, *PART_GROUPS) == bench.PARTS
    assert set(report.WRITERS) == set(bench.REPORT_FORMATS) >= set(TABLES)
    assert tuple(text_stream.FORMATS) == trained.TEXT_FORMATS
    assert tuple(predict_output.FORMATS) == trained.PREDICTION_FORMATS
