"""Check an adapter, which runs in a process of its own."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from comparisons.frameworks import FRAMEWORKS
from comparisons.runs.processes import Worker, WorkerError
from comparisons.vectors.compare import LIMITS, Result, result_of
from comparisons.vectors.index import Vectors
from comparisons.worker.messages import Message
from shared.errors import UserError, unknown

MODULE = "comparisons.vectors.worker"
ADAPTERS = Path(__file__).parent / "adapters"
IMPORT_SECONDS = 300.0
"""Until an engine is imported, on a busy machine."""

MOST_ENDS = 3
"""Processes that may end in one kind of case before the rest is not run."""


def adapter_path(word: str) -> Path:
    """The file of an adapter: a path, or the name of one of those here."""
    path = Path(word)
    if path.is_file():
        return path.resolve()
    names = adapter_names()
    if word in names:
        return ADAPTERS / f"{word}.py"
    raise UserError(f"{unknown('adapter', word, names)}, or the path of a file")


def adapter_names() -> list[str]:
    paths = sorted(ADAPTERS.rglob("[a-z]*.py"))
    return [p.relative_to(ADAPTERS).with_suffix("").as_posix() for p in paths]


def extra_of(module: str) -> str:
    """The extra that installs a module that an adapter here imports."""
    rows = FRAMEWORKS.values()
    found = (row.extra for row in rows if module in row.requires)
    return next(found, "conformance")


class Checker:
    """An adapter and its process, which is started anew where it ends."""

    def __init__(self, path: Path, vectors: Vectors, timeout: float) -> None:
        self.path, self.vectors, self.timeout = path, vectors, timeout
        self.worker: Worker | None = None
        self.description = self.start()

    def start(self) -> Message:
        """Start a process; what the adapter says of itself, or UserError."""
        self.worker = Worker(module=MODULE)
        try:
            return self.load()
        except UserError:
            self.end()
            raise

    def load(self) -> Message:
        """Let the process import the adapter; as `start`."""
        folder = str(self.vectors.folder.resolve())
        request = {"job": "load", "adapter": str(self.path), "vectors": folder}
        try:
            found = self.ask(request, IMPORT_SECONDS)
        except WorkerError as error:
            raise UserError(f"adapter '{self.path}' ends: {error}") from error
        if found["status"] == "missing":
            module = found["text"]
            raise UserError(
                f"adapter '{self.path}' imports {module}, which is not "
                f"installed: pip install 'rnn-comparisons[{extra_of(module)}]'"
            )
        if found["status"] != "ok":
            text = f"adapter '{self.path}' cannot be imported: {found['text']}"
            raise UserError(text)
        return found

    def ask(self, request: dict[str, Any], seconds: float) -> Message:
        assert self.worker is not None
        self.worker.reply(request)
        answer = self.worker.receive(seconds, lambda event: None)
        found: Message = answer["result"]
        return found

    def run(self, name: str, precision: str) -> Result:
        """The verdict on one case; one that ends its process has failed."""
        case, expected = self.vectors.read(name)
        if self.worker is None:
            self.start()
        request = {"job": "run", "case": name, "precision": precision}
        try:
            answer = self.ask(request, self.timeout)
        except WorkerError as error:
            self.end()
            slow = f"too slow: no result after {self.timeout:g} s"
            ended = f"ends its process: {str(error).rpartition(': ')[2]}"
            return Result(
                name, "error", slow if error.status == "timeout" else ended
            )
        return result_of(case, expected, answer, precision)

    def end(self) -> None:
        if self.worker:
            with suppress(OSError):
                self.worker.end()
        self.worker = None


def precision_of(description: Message, wanted: str | None) -> str:
    """The precision to check in: as requested, or the adapter's first."""
    own = description["precisions"]
    if wanted and wanted not in own:
        text = unknown("precision", wanted, own)
        raise UserError(f"{description['name']} has another one: {text}")
    found: str = wanted or own[0]
    if found not in LIMITS:
        raise UserError(unknown("precision", found, LIMITS))
    return found


def check(
    checker: Checker,
    kinds: list[str],
    limit: int | None,
    precision: str,
    progress: Callable[[str], None],
) -> Iterator[tuple[str, list[Result]]]:
    """The results of each kind of case, in the order of the index."""
    for kind in kinds:
        results: list[Result] = []
        names = checker.vectors.names(kind, limit)
        ends = 0
        for number, name in enumerate(names):
            if ends == MOST_ENDS:
                text = f"not run: {MOST_ENDS} cases ended their process"
                results += [Result(n, "error", text) for n in names[number:]]
                break
            results.append(checker.run(name, precision))
            ends += checker.worker is None
        progress(kind)
        yield kind, results
