"""Model answers are right, and each mistake planted in them is named."""

import os
import subprocess
import sys

import pytest
from exercises.plants import all_plants, answer_path, pairs_of, planted

from comparisons.frameworks import DEFAULT
from comparisons.records.environment import ROOT
from shared.exercises import exercises

COUNTED = """
import json, os, sys
from exercises.test_answers import outcomes
print(json.dumps(outcomes(sys.argv[1])))
"""


def outcomes(framework: str) -> dict[str, list[str]]:
    """What is not as it should be, and how many answers were checked.

    It prepares a framework, so that it belongs into a process of its own.
    """
    from comparisons.worker.exercises.answer import check_answer
    from comparisons.worker.exercises.tensors import prepare

    prepare(framework, os.environ)
    plants, wrong, checked = all_plants(), [], []
    for exercise in exercises():
        path = str(answer_path(exercise.number, framework))
        source = answer_path(exercise.number, framework).read_text()
        limits = (600.0, 0)
        verdict = check_answer(exercise, framework, source, path, *limits)
        checked.append(f"{exercise.number} right")
        if verdict.status != "right":
            wrong.append(f"{exercise.number}: {verdict.text}")
        for mistake in exercise.mistakes:
            plant = plants[exercise.number][mistake.title]
            text = planted(source, pairs_of(plant, framework), framework)
            verdict = check_answer(exercise, framework, text, path, *limits)
            checked.append(f"{exercise.number} {mistake.title}")
            if verdict.mistakes != (mistake.text,):
                wrong.append(
                    f"{exercise.number}, {mistake.title}: {verdict.status}: "
                    f"{verdict.text}"
                )
    return {"wrong": wrong, "checked": checked}


@pytest.mark.parametrize("framework", DEFAULT)
def test_answers_are_right_and_planted_mistakes_are_named(framework):
    import json

    done = subprocess.run(
        [sys.executable, "-c", COUNTED, framework],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"},
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["wrong"] == []
    count = sum(1 + len(exercise.mistakes) for exercise in exercises())
    assert len(set(found["checked"])) == count
