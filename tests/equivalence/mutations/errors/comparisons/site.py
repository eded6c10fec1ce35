"""What the pages of the course show: code, figures, messages, and checks."""

VALUES = "comparisons/site/course/values.py"
CLAIMS = "comparisons/site/course/claims.py"
DEFINITIONS = "comparisons/site/course/definitions.py"
SNIPPETS = "comparisons/site/course/snippets.py"
EXECUTE = "comparisons/site/course/execute.py"
RUNS = "comparisons/site/course/runs.py"
MARKUP = "comparisons/site/course/markup.py"
DOCSTRINGS = "comparisons/site/course/page/docstrings.py"
READING = "comparisons/site/course/page/reading.py"
MATHML = "comparisons/site/course/page/mathml.py"
BUILD = "comparisons/site/build.py"
SERVE = "comparisons/site/serve.py"
CHAPTERS = "comparisons/site/course/page/chapters.py"

ERRORS = [
    (
        VALUES,
        "gap",
        "'more' if more else 'less'",
        "'less' if more else 'more'",
        "a difference with the wrong direction",
    ),
    (
        VALUES,
        "effect",
        "one.reversed",
        "one",
        "the difference of the other order",
    ),
    (
        CLAIMS,
        "settled",
        "one.settled and one.difference > 0",
        "one.settled",
        "a claim that the worse cell is better holds",
    ),
    (
        CLAIMS,
        "unsettled",
        "not effect(found, first, second).settled",
        "True",
        "every difference may be called unsettled",
    ),
    (
        CLAIMS,
        "better",
        "1.0 if found.task.better == 'higher' else -1.0",
        "1.0",
        "a larger error called better",
    ),
    (
        VALUES,
        "parameters",
        "counts[cell] / counts[relative_to]",
        "counts[relative_to] / counts[cell]",
        "the inverse ratio of parameters",
    ),
    (
        VALUES,
        "step_ratio",
        "((framework, second), (framework, first))",
        "((framework, first), (framework, second))",
        "the inverse ratio of step times",
    ),
    (
        CLAIMS,
        "ClaimRole.shown",
        "not CLAIMS[kind](summary(folder), *words)",
        "False",
        "a page may state what the records do not support",
    ),
    (
        DEFINITIONS,
        "code_of",
        "lines[first - 1:last]",
        "lines[first:last]",
        "code that begins a line too late",
    ),
    (
        DEFINITIONS,
        "definition",
        "not having",
        "False",
        "an unknown name shows nothing, and the build passes",
    ),
    (
        SNIPPETS,
        "outputs",
        "one.get('code') != digest(name, framework)",
        "not one",
        "the message of a snippet as it was before a change",
    ),
    (
        SNIPPETS,
        "digest",
        "(snippet(PREAMBLE).get(framework, ''), snippet(name)[framework])",
        "('', snippet(name)[framework])",
        "a changed preamble leaves old messages",
    ),
    (
        EXECUTE,
        "run",
        "value is not None",
        "False",
        "a last expression is not shown",
    ),
    (
        RUNS,
        "seconds_of",
        "options.seeds * mean(known)",
        "mean(known)",
        "the time of one seed given as that of all",
    ),
    (
        RUNS,
        "seconds_of",
        "{run.spec.preset for run in runs} != {options.run.preset}",
        "False",
        "the time of another preset",
    ),
    (
        RUNS,
        "RunDirective.text",
        "checked(command)",
        "None",
        "a command that the program refuses",
    ),
    (
        MARKUP,
        "block",
        "max(lengths, default=2) + 1",
        "max(lengths, default=2)",
        "a fence that ends at one within it",
    ),
    (
        DOCSTRINGS,
        "rewritten",
        "line.lstrip().startswith('>>>') or (example and bool(line))",
        "False",
        "an example with escapes",
    ),
    (
        READING,
        "write_times",
        "running_seconds(document)",
        "0",
        "the time to run the commands is missing",
    ),
    (
        BUILD,
        "build",
        "return FAILED",
        "return 0",
        "a site with errors counts as built",
    ),
    (
        SERVE,
        "main",
        "return code",
        "pass",
        "a site with errors is served",
    ),
    (
        CHAPTERS,
        "ChaptersDirective.text",
        "(pages / f'{name}.md').is_file()",
        "True",
        "a link to a chapter that is not written",
    ),
]
