"""What is installed, where it computes, and what a download says."""

EXTRAS = "comparisons/arguments/extras.py"
PLAN = "comparisons/runs/plan.py"
OPTIONS = "comparisons/arguments/options.py"
MACHINE = "comparisons/arguments/machine.py"
REGISTRY, CATALOGUE = (
    f"shared/files/{file}.py" for file in ("registry", "catalogue")
)

ERRORS = [
    (
        "comparisons/frameworks/__init__.py",
        "STRICT",
        "'highest'",
        "'tensorfloat32'",
        "TF32 in the products of Keras on JAX",
    ),
    (
        EXTRAS,
        "installed",
        "not missing_modules(name)",
        "True",
        "rows of frameworks that are not installed",
    ),
    (
        EXTRAS,
        "installed",
        "names if named else ()",
        "()",
        "a framework that is named left out in silence",
    ),
    (
        EXTRAS,
        "chosen",
        "values is not None",
        "False",
        "named frameworks that are absent left out in silence",
    ),
    (
        EXTRAS,
        "install_command",
        "get_framework(name).extra",
        "name",
        "an extra that does not exist is advised",
    ),
    (
        PLAN,
        "make_plan",
        "n not in frameworks",
        "n in frameworks",
        "what is installed is said to be missing",
    ),
    (
        PLAN,
        "make_plan",
        "runs[:len(frameworks) * len(options.cells)]",
        "runs[:len(options.frameworks) * len(options.cells)]",
        "rows counted of frameworks that are not installed",
    ),
    (
        OPTIONS,
        "refuse_conflicts",
        "device not in row.devices",
        "False",
        "a device that the framework does not have",
    ),
    (
        MACHINE,
        "check_device",
        "device in SINGLE and precision in ('float64', 'bf16')",
        "False",
        "float64 on a device without it",
    ),
    (
        REGISTRY,
        "read_registry",
        "(found[1], found[2])",
        "(found[2], found[1])",
        "a source for a license",
    ),
    (
        CATALOGUE,
        "announce",
        "{(FILES[name].source, FILES[name].license) for name in names}",
        "[(FILES[name].source, FILES[name].license) for name in names]",
        "the license of a data set named for each file",
    ),
]
