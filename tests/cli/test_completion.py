"""Completion, tried in a real shell."""

import shutil
import subprocess

import pytest

from comparisons.compare import dispatch

BASH = r"""
source {script}
COMP_WORDS=({words})
COMP_CWORD=$(( ${{#COMP_WORDS[@]}} - 1 ))
COMP_LINE="${{COMP_WORDS[*]}}"
COMP_POINT=${{#COMP_LINE}}
function=$(complete -p compare.py | sed 's/.*-F \([^ ]*\).*/\1/')
$function compare.py "${{COMP_WORDS[COMP_CWORD]}}" ""
printf '%s\n' "${{COMPREPLY[@]}}"
"""


@pytest.fixture(scope="module")
def script(tmp_path_factory):
    path = tmp_path_factory.mktemp("completion") / "compare.bash"
    with path.open("w") as file, pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdout", file)
        assert dispatch(["completion", "bash"]) == 0
    return path


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("ver", {"verify"}),
        ("--targ", {"--target", "--target-column", "--targets"}),
        ("--task si", {"sine"}),
        ("--task sine --hid", {"--hidden-size"}),
        ("run --task sine --optimizer ada", {"adam", "adamw"}),
        ("--task sine --cells l", {"lstm"}),
        ("study ne", {"neurons"}),
        (
            "study ",
            {"attention", "gradients", "neurons", "regularization", "steps"},
        ),
        ("bench padding --sho", {"--shortest"}),
        (
            "verify --frameworks jax-",
            {"jax-pure", "jax-scan", "jax-cudnn", "jax-fast"},
        ),
        ("translate --task ch", {"chatbot"}),
        ("verify --noi", {""}),
    ],
)
def test_bash_completes(script, words, expected):
    typed = f"compare.py {words}" + ('""' if words.endswith(" ") else "")
    done = subprocess.run(
        ["bash", "-c", BASH.format(script=script, words=typed)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert set(done.stdout.split("\n")[:-1]) == expected, done.stderr


def test_zsh_reads_the_script(capsys, tmp_path):
    assert dispatch(["completion", "zsh"]) == 0
    text = capsys.readouterr().out
    assert text.startswith("#compdef compare.py")
    assert "--hidden-size" in text
    if shell := shutil.which("zsh"):
        path = tmp_path / "_compare.py"
        path.write_text(text)
        subprocess.run([shell, "-n", str(path)], check=True)
