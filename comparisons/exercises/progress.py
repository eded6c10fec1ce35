"""What was solved, tried and hinted at, in one JSON file."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from comparisons.frameworks import DEFAULT
from shared.errors import UserError
from shared.exercises import MILESTONES, exercises
from shared.exercises.grading import Verdict
from shared.files.io import read_text, write_file

DEFAULT_PATH = Path("results/exercises.json")


@dataclass
class Attempts:
    """What became of an exercise in one framework; solved: when, UTC."""

    attempts: int = 0
    solved: str = ""
    mistakes: list[str] = field(default_factory=list)


@dataclass
class Progress:
    """Number -> framework -> attempts; number -> hints that were shown."""

    path: Path
    answers: dict[str, dict[str, Attempts]] = field(default_factory=dict)
    hints: dict[str, int] = field(default_factory=dict)

    def solved(self, number: str, framework: str | None = None) -> bool:
        """Whether it is solved in a framework, or in any."""
        found = self.answers.get(number, {})
        names: Iterable[str] = [framework] if framework else found
        return any(found[n].solved for n in names if n in found)

    def add(self, number: str, framework: str, verdict: Verdict) -> None:
        """Count a checked answer."""
        of_exercise = self.answers.setdefault(number, {})
        entry = of_exercise.setdefault(framework, Attempts())
        entry.attempts += 1
        if verdict.status == "right" and not entry.solved:
            entry.solved = datetime.now(UTC).isoformat(timespec="seconds")
        new = [text for text in verdict.mistakes if text not in entry.mistakes]
        entry.mistakes += new

    def next_hint(self, number: str, count: int) -> int:
        """The place of the hint to show, from 1; the last one stays."""
        self.hints[number] = min(count, self.hints.get(number, 0) + 1)
        return self.hints[number]

    def milestones(self) -> dict[str, tuple[list[str], list[str]]]:
        """Milestone -> exercises solved, in any framework, and missing."""
        return {
            name: (
                [number for number in numbers if self.solved(number)],
                [number for number in numbers if not self.solved(number)],
            )
            for name, numbers in MILESTONES.items()
        }

    def save(self) -> None:
        """Write the file whole."""
        content = {"answers": self.answers, "hints": self.hints}
        text = json.dumps(content, default=asdict, indent=1, ensure_ascii=False)
        write_file(self.path, text + "\n")


def load_progress(path: Path | None) -> Progress:
    """The progress in a file, empty where there is none; UserError."""
    path = path or DEFAULT_PATH
    if not path.exists():
        return Progress(path)
    try:
        return parsed(path, json.loads(read_text(path)))
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise UserError(
            f"'{path}' is no file of progress; move it, or give --progress"
        ) from error


def parsed(path: Path, stored: dict[str, Any]) -> Progress:
    """The progress of stored JSON; exercises that are no more are dropped."""
    known = {exercise.number for exercise in exercises()}
    answers = {
        number: {
            framework: Attempts(**entry)
            for framework, entry in entries.items()
            if framework in DEFAULT
        }
        for number, entries in stored["answers"].items()
        if number in known
    }
    hints = {n: int(c) for n, c in stored["hints"].items() if n in known}
    return Progress(path, answers, hints)
