"""The page of commands: current, and each of its examples can be parsed."""

import re
import shlex

import pytest

from comparisons.arguments.command_line import command_of, parse
from comparisons.arguments.commands import COMMANDS
from comparisons.records.environment import ROOT
from comparisons.site.pages import filled

PAGE = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
LINES = re.findall(r"^\| `(compare.*?)` \|", PAGE, re.MULTILINE)
OLD = """\
--task names
--task sentiment --dataset sst2
--task sentiment --preset quick
--task tagging --char-encoder off --dataset wnut17 --seeds 3
--task charlm --dataset python --stateful off
--task charlm --data novel.txt
--task wordlm --preset whole
--task wordlm --dataset ptb
generate --task charlm --framework jax --cell lstm --prompt "ROMEO:" \
--temperature 0.8
--task translate --attention none --teacher-forcing 0.5 --units bpe \
--max-length 20
--task translate --dataset reverse
--task chatbot --preset quick
translate --framework jax --cell gru --text "I am late." --beam 5
chat --framework keras --cell gru
--task echo --sweep lag=1,5,10,20,50
--task adding --steps 600
--task copy --steps 1000
--task seqmnist --permute on --preset paper
--task forecast --horizon 48 --multivariate on --residual off --dataset wti
--task anomaly --error forecast
--task music --dataset musedata
generate --task music
--task digits --target speaker
--task digits --split speaker
--task sine --cells gru lstm --hidden-size 64 --seeds 5
--task names --data people.csv --text-column name --label-column country
--task sine --match-parameters 20000
--task sine --frameworks jax jax-scan keras-torch
--task sine --layers scratch
verify
bench --task sine
bench --task charlm
bench generation
bench attention
bench lengths
inspect --task sine --framework keras --cell gru
report docs/sine docs/names --against DIR --format latex
predict --checkpoint results/names/best/keras-gru --text Satoshi \
--framework jax --file f --format json
score FILE
code --task sine --cell lstm --part cell --html
study steps --task names --text Ivan
study neurons --checkpoint results/charlm/best/pytorch-lstm
study attention --checkpoint results/translate/best/jax-gru --text "I am late."
study gradients --task echo
--list
""".splitlines()
"""Commands of earlier versions, with their old names."""

OFTEN = {"bench generation": ["--task", "charlm"]}
"""What a command adds where it is not given."""


@pytest.mark.parametrize("line", [*LINES, *OLD])
def test_each_example_can_be_parsed(line):
    words = shlex.split(line.removeprefix("compare.py "))
    if "--config" in words:
        words += ["--task", "sine"]
    name, rest = command_of(words)
    parse(name, [*OFTEN.get(name, []), *rest])


def test_each_command_has_an_example():
    named = {
        command_of(shlex.split(line)[1:])[0]
        for line in LINES
        if "--config" not in line
    }
    assert named == set(COMMANDS)


def test_flags_in_the_texts_exist():
    text = PAGE
    flags = set(re.findall(r"(?<![\w-])--[a-z][a-z0-9-]*", text))
    described = set(re.findall(r"^\| `(--[a-z0-9-]+)", text, re.MULTILINE))
    everywhere = {"--help", "--config", "--save-config"}
    assert flags - described <= everywhere


def test_the_page_is_current():
    assert filled(PAGE, ROOT, "docs/commands.md") == PAGE
