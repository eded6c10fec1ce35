"""A table of command lines: what each is refused with, on one line."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from comparisons import compare
from comparisons.arguments import memory
from comparisons.runs import processes

SINE = "--task sine --preset quick --frameworks pytorch --cells rnn"
LONGEST = 520
CONTROL = "\x1b]0;title\x07"


class StartError(Exception):
    """A process was about to start: the command was taken."""


@pytest.fixture
def command(monkeypatch, capsys, tmp_path):
    """Runs a command here, on a machine of 16 GB without a GPU."""

    def start(self):
        raise StartError

    monkeypatch.setattr(compare.signal, "signal", lambda *args: None)
    monkeypatch.setattr(processes.Worker, "__init__", start)
    monkeypatch.setattr(memory, "memory_limit", lambda: 16 * 10**9)
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "")
    monkeypatch.chdir(tmp_path)

    def call(words):
        line = ["compare.py", *words]
        monkeypatch.setattr(compare.sys, "argv", line)
        with pytest.raises((SystemExit, StartError)) as left:
            compare.main()
        return getattr(left.value, "code", "started"), *capsys.readouterr()

    return call


def assert_refused(done, text):
    code, out, err = done
    assert (code, out) == (2, ""), done
    assert err.startswith("compare.py: "), err
    assert err.endswith("\n"), err
    assert err[:-1].isprintable(), err
    assert len(err) <= LONGEST
    assert text in err


EMPTY = {
    f"{SINE} --out ''": "--out is empty",
    f"{SINE} --out=": "--out is empty",
    f"{SINE} --out '  '": "--out is empty",
    f"{SINE} --frameworks ''": "--frameworks is empty",
    f"{SINE} --frameworks pytorch ''": "--frameworks is empty",
    f"{SINE} --cells ''": "--cells is empty",
    f"{SINE} --cells ,": "',' names nothing",
    f"{SINE} --preset ''": "--preset is empty",
    f"{SINE} --device ''": "--device is empty",
    f"{SINE} --dataset ''": "--dataset is empty",
    f"{SINE} --config ''": "--config is empty",
    f"{SINE} --save-config ''": "--save-config is empty",
    f"{SINE} --sweep ''": "--sweep is empty",
    f"{SINE} --hidden-size ''": "'' is not a whole number",
    "--task ''": "--task is empty",
    "--task=": "--task is empty",
    "--task": "--task: expected one argument",
    "--task forecast --data ''": "--data is empty",
    "--task forecast --time-column ' '": "--time-column is empty",
    "--task sentiment --encoding ''": "--encoding is empty",
    "bench padding --out ''": "--out is empty",
    "bench steps --task sine --hidden-sizes ''": "--hidden-sizes is empty",
    "bench steps --task sine --hidden-sizes ,": "',' has no number",
    "chat --framework ''": "--framework is empty",
    "code --task ''": "--task is empty",
    "code --task sine --out ''": "--out is empty",
    "completion ''": "shell is empty",
    "generate --task ''": "--task is empty",
    "generate --checkpoint x --file ''": "--file is empty",
    "inspect --task ''": "--task is empty",
    "predict --checkpoint ''": "--checkpoint is empty",
    "predict --checkpoint x --file ''": "--file is empty",
    "report ''": "DIR is empty",
    "report a ' '": "DIR is empty",
    "report a --against ''": "--against is empty",
    "report a --out ''": "--out is empty",
    "score ''": "PATH is empty",
    "study attention --checkpoint ''": "--checkpoint is empty",
    "study neurons --checkpoint x --file ''": "--file is empty",
    "study steps --task sine --checkpoint ''": "--checkpoint is empty",
    "translate --file ''": "--file is empty",
    "verify --out ''": "--out is empty",
}

OUT_OF_RANGE = {
    f"{SINE} --timeout inf": "--timeout must be finite, not inf",
    f"{SINE} --timeout nan": "--timeout must be finite, not nan",
    f"{SINE} --timeout 1e300": "--timeout must be at most 1000000000",
    f"{SINE} --timeout 0": "--timeout must be at least 1, not 0",
    f"{SINE} --timeout -1": "--timeout must be at least 1, not -1",
    "verify --timeout inf": "--timeout must be finite, not inf",
    "score x --timeout 1e400": "--timeout must be finite",
    f"{SINE} --threads 100000": "threads must be at most 1024, not 100000",
    f"{SINE} --threads 99999999999": "threads must be at most 1024",
    f"{SINE} --threads -1": "--threads must be at least 0, not -1",
    "bench padding --threads 5000": "threads must be at most 1024",
    f"{SINE} --hidden-size 100000": "needs at least 160 GB of memory",
    f"{SINE} --hidden-size 1000000000": "this machine has 16 GB",
    f"{SINE} --hidden-size 1{'0' * 30}": "--hidden-size must be at most",
    f"{SINE} --hidden-size 0": "hidden_size must be at least 1, not 0",
    f"{SINE} --hidden-size 1e3": "'1e3' is not a whole number",
    f"{SINE} --hidden-size 40000 --precision float64": "GB of memory",
    f"{SINE} --num-layers 100000": "num_layers must be at most 1000",
    f"{SINE} --num-layers 1000 --hidden-size 2000": "GB of memory",
    f"{SINE} --batch-size 1000000000": "batch_size 1000000000",
    f"{SINE} --learning-rate inf": "--learning-rate must be finite, not inf",
    f"{SINE} --learning-rate 1e400": "--learning-rate must be finite",
    f"{SINE} --learning-rate nan": "--learning-rate must be finite, not nan",
    f"{SINE} --learning-rate=-inf": "--learning-rate must be finite",
    f"{SINE} --learning-rate -inf": "--learning-rate must be finite, not -inf",
    f"{SINE} --learning-rate -NaN": "--learning-rate must be finite",
    f"{SINE} --learning-rate -1e5": "learning_rate must be above 0.0, not -1",
    f"{SINE} --noise -.5e3": "noise must be at least 0, not -500.0",
    f"{SINE} --timeout -1e5": "--timeout must be at least 1, not -100000.0",
    f"{SINE} --seeds -1e5": "--seeds: '-1e5' is not a whole number",
    f"{SINE} --device -inf": "unknown device '-inf'",
    "generate --checkpoint x --temperature -inf": "--temperature must be fin",
    f"{SINE} --learning-rate 1e300": "--learning-rate must be at most 1e+30",
    f"{SINE} --forget-bias -1e300": "--forget-bias must be at least -1e+30",
    f"{SINE} --noise inf": "--noise must be finite, not inf",
    f"{SINE} --clip-norm nan": "--clip-norm must be finite",
    f"{SINE} --dropout 1": "dropout must be below 1.0, not 1.0",
    f"{SINE} --match-parameters 1000000000000": "GB of memory",
    f"{SINE} --match-parameters 1{'0' * 18}": "GB of memory",
    f"{SINE} --match-parameters 1{'0' * 20}": "--match-parameters must be",
    f"{SINE} --match-parameters -5": "--match-parameters must be at least 0",
    f"{SINE} --match-parameters 3": "is less than the 5 of the smallest rnn",
    f"{SINE} --seeds 1000000": "--seeds must be at most 1000, not 1000000",
    f"{SINE} --seeds 0": "--seeds must be at least 1, not 0",
    f"{SINE} --epochs 1{'0' * 20}": "--epochs must be at most",
    f"{SINE} --window 1000000000": "do not fit in memory",
    f"{SINE} --dataset one-wave --window 1000000000": (
        "must be more than window 1000000000"
    ),
    f"{SINE} --train-sequences 1000000000000000": "do not fit in memory",
    "--task echo --symbols 100000000000": "symbols must be at most 2147483647",
    "--task echo --symbols 2000000000": "GB of memory",
    "--task echo --steps 1000000000000": "echo: the data do not fit in memory",
    f"--task copy --train-sequences 4{'0' * 18}": "do not fit in memory",
    "--task adding --steps 1000000000000": "adding: the data do not fit",
    "--task names --embedding-size 1000000000": "GB of memory",
    "--task charlm --hidden-size 50000": "GB of memory",
    "--task translate --hidden-size 100000": "GB of memory",
    "bench attention --hidden-size 100000": "GB of memory",
    "bench attention --targets 1000000000": "GB of memory",
    "bench padding --hidden-size 100000": "GB of memory",
    "bench padding --steps 100000": "num_layers 1, 100,000 steps and batch",
    "bench attention --embedding-size 100000": "embedding_size 100000, ",
    "--task digits --n-mels 1000": "n_mels must be at most 95, not 1000",
    "--task digits --n-mels 2": "n_mels must be at least 3, not 2",
    "--task digits --max-train-takes -1": "max_train_takes must be at least 0",
    "bench padding --steps 10000000000": "GB of memory",
    "bench steps --task sine --hidden-sizes 100000": "GB of memory",
    "inspect --task sine --hidden-size 100000": "GB of memory",
    "study gradients --task sine --hidden-size 100000": "GB of memory",
    "study steps --task sine --hidden-size 100000": "GB of memory",
    "study steps --task sine --example 99999": "there is no test example",
    "generate --checkpoint x --temperature inf": "--temperature must be finite",
    "generate --checkpoint x --samples 100000000": "must be at most 100000",
    "generate --checkpoint x --length 0": "--length must be at least 1",
}

CONTRADICTIONS = {
    f"{SINE} --sweep hidden-size=4 --hidden-size 8": "--sweep varies --hidden",
    f"{SINE} --hidden-size=8 --sweep hidden_size=4": "--sweep varies --hidden",
    f"{SINE} --sweep preset=quick": "--sweep varies --preset",
    f"{SINE} --sweep schedule=cosine --lr-schedule cosine": "--sweep varies",
    f"{SINE} --sweep noise=0 --sweep noise=1": "--sweep varies --noise",
    f"{SINE} --sweep noise=0,0": "--sweep noise has the value 0 twice",
    f"{SINE} --sweep noise=0,0.0": "two values that mean the same",
    f"{SINE} --sweep noise": "--sweep needs name=value,value, not 'noise'",
    f"{SINE} --sweep noise=": "--sweep needs name=value,value",
    f"{SINE} --sweep noise=a,b": "--noise: 'a' is not a number",
    f"{SINE} --sweep nose=0,1": "unknown flag '--nose'; did you mean '--noise'",
    f"{SINE} --sweep hidden-size=4,100000": "GB of memory",
    f"{SINE} --sweep": "--sweep: expected one argument",
    **{
        f"{SINE} --sweep {name}=1,2": f"--sweep cannot vary {name}"
        for name in (
            *("checkpoints", "config", "fresh", "help", "out", "quiet"),
            *("report", "save-config", "sweep", "task", "timeout"),
        )
    },
    "bench --task sine --sweep noise=0,1": "unknown flag '--sweep'",
    "bench padding --sweep threads=1,2": "unknown flag '--sweep'",
    "verify --sweep cells=rnn,gru": "unknown flag '--sweep'",
    f"{SINE} --match-parameters 1000 --hidden-size 5": "leave --hidden-size",
    f"{SINE} --match-parameters 99 --sweep hidden-size=5": "leave --hidden",
    "--task wordlm --match-parameters 99": "needs --tie-weights off",
    f"{SINE} --precision tf32": "tf32 needs a GPU: there is none",
    f"{SINE} --precision tf32 --device cpu": "tf32 needs a GPU, not device cpu",
    f"{SINE} --sweep precision=tf32,float32": "precision tf32 needs a GPU",
    f"{SINE} --device gpu": "device gpu needs a GPU: there is none",
    "verify --device gpu": "device gpu needs a GPU",
    "bench attention --device gpu": "device gpu needs a GPU",
    "generate --checkpoint x --device gpu": "device gpu needs a GPU",
    "--task sine --frameworks jax keras-jax --precision float64": "keras-jax",
    "--task sentiment --data x --dataset imdb": "--data and --dataset name two",
    f"{SINE} --clip-norm 1 --clip-value 1": "exclude each other",
    f"{SINE} --weight-decay 0.1": "weight_decay 0.1 needs optimizer adamw",
    "--task charlm --tie-weights on": "tie_weights needs embedding_size 64",
    "bench steps --task sine --hidden-size 5 --hidden-sizes 6": "exclude each",
    "generate --checkpoint x --out y": "not allowed with argument --checkpoint",
    "study steps --task sine --text x --example 1": "--text and --example",
    "--list --bogus": "unknown flag '--bogus'",
    "list sine": "unrecognized arguments: sine",
}

UNKNOWN = {
    "--task sien": "unknown task 'sien'; did you mean 'sine'?",
    "--preset quick": "--task is missing",
    f"{SINE} --preset quik": "unknown preset 'quik'; did you mean 'quick'?",
    f"{SINE} --frameworks pytorch,jacks": "unknown framework 'jacks'",
    f"{SINE} --cells rnn lsmt": "unknown cell 'lsmt'; did you mean 'lstm'?",
    f"{SINE} --device tpu": "unknown device 'tpu'",
    f"{SINE} --precision float16": "unknown precision 'float16'",
    f"{SINE} --optimizer adm": "unknown optimizer 'adm'; did you mean 'adam'?",
    f"{SINE} --bidirectional maybe": "'maybe' is neither on nor off",
    f"{SINE} --max-length 10": "unknown flag '--max-length'",
    f"{SINE} --stateful on": "unknown flag '--stateful'",
    "--task SINE": "unknown task 'SINE'; did you mean 'sine'?",
    f"{SINE} --cells GRU": "unknown cell 'GRU'; did you mean 'gru'?",
    f"{SINE} --hid 4": "unknown flag '--hid'; did you mean '--hidden-size'?",
    f"{SINE} -epochs 4": "unknown flag '-epochs'; did you mean '--epochs'?",
    f"{SINE} -z": "unrecognized arguments: -z",
    f"{SINE} --quiet more words": "unrecognized arguments: more words",
    f"{SINE} --out /proc/results": "cannot write results to '/proc/results'",
    f"{SINE} --config absent.toml": "cannot read 'absent.toml'",
    "bench stps": "unknown benchmark 'stps'; did you mean 'steps'?",
    "code": "--task is missing",
    "code --task sine --part loess": "did you mean 'loss'?",
    "completion fish": "unknown shell 'fish'",
    "predict": "arguments are required: --checkpoint",
    "predict --checkpoint absent --text a": "cannot read 'absent'",
    "report absent": "'absent' holds no runs.jsonl",
    "rnu": "unknown command 'rnu'; did you mean 'run'?",
    "study": "study needs the name of one",
}

TABLE = EMPTY | OUT_OF_RANGE | CONTRADICTIONS | UNKNOWN


@pytest.mark.parametrize("line", TABLE)
def test_a_line_of_the_table_is_refused(command, line, tmp_path):
    assert_refused(command(shlex.split(line)), TABLE[line])
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path for path in files if path.stat().st_size] == []


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (("--task", "sine\nsine"), r"unknown task 'sine\nsine'"),
        (("--task", f"a{CONTROL}"), r"unknown task 'a\x1b]0;title\x07'"),
        (("--task", "\u202eenis"), r"unknown task '\u202eenis'"),
        (("--task", "e" * 10_000), "e ... e"),
        (("--task", "sine", f"--a{CONTROL}"), r"unknown flag '--a\x1b]0;"),
        (("--task", "sine", "--hidden-size", "9" * 5000), "--hidden-size"),
        (("--task", "sine", "--noise", "1\r2"), r"'1\r2' is not a number"),
        (("--task", "forecast", "--data", CONTROL), r"\x1b]0;title\x07"),
        (("--task", "forecast", "--data", "\udcff"), r"not UTF-8: '\udcff'"),
        (("--task", "sine", "--out", "a\0b"), "--out has a NUL character"),
        (("report", f"a{CONTROL}"), r"a\x1b]0;title\x07"),
        (("score", f"a{CONTROL}"), r"a\x1b]0;title\x07"),
        ((f"a{CONTROL}",), r"unknown command 'a\x1b]0;title\x07'"),
    ],
)
def test_foreign_text_of_a_message_is_one_short_line(command, words, text):
    assert_refused(command(words), text)


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (['out = ""'], "--out is empty"),
        (['dataset = " "'], "--dataset is empty"),
        (['out = "a\\u0000b"'], "--out has a NUL character"),
        (["learning_rate = nan"], "--learning-rate must be finite"),
        (["hidden-size = 100000"], "GB of memory"),
        (["seeds = 1000000"], "--seeds must be at most 1000"),
        (["frameworks = []"], "--frameworks: expected at least one"),
        (['device = "gpu"'], "device gpu needs a GPU"),
        (["match-parameters = 9", "hidden_size = 5"], "leave --hidden-size"),
        (['sweep = "noise=0,1"', "noise = 2"], "--sweep varies --noise"),
        (['"a\\u001b" = 1'], r"unknown key 'a\x1b'"),
        (['"a\\nb" = 1'], r"unknown key 'a\nb'"),
    ],
)
def test_a_file_of_flags_is_refused_as_they_are(command, lines, text):
    Path("flags.toml").write_text("\n".join(['task = "sine"', *lines]))
    assert_refused(command(["--config", "flags.toml"]), text)


@pytest.mark.parametrize(
    "line",
    [
        f"{SINE} --match-parameters 0 --hidden-size 5",
        f"{SINE} --epochs 1000000000000 --dropout 1e-320 --threads 1024",
        f"{SINE} --timeout 1e9 --seeds 1",
        f"{SINE} --frameworks pytorch pytorch --cells rnn,rnn",
        f"{SINE} --sweep noise=0,1 --sweep seeds=1,2",
        f"{SINE} --config flags.toml --sweep noise=0,1",
    ],
)
def test_a_lawful_line_starts_its_processes(command, line):
    Path("flags.toml").write_text("noise = 2\n")
    code, _, err = command(shlex.split(line))
    assert code == "started", err


@pytest.mark.parametrize(
    "line",
    ["--help", "--list", "--version", "list", f"{SINE} --help", "code --help"],
)
def test_a_question_is_answered(command, line):
    code, out, err = command(shlex.split(line))
    assert (code, err) == (0, "")
    assert out
