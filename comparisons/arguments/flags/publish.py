"""The flags of `compare.py publish`."""

from comparisons.arguments.flags.flag import Groups, choice, flag, path

TRACKERS = ("tensorboard", "mlflow")

PUBLISH: Groups = {
    "": [
        path(
            "folders",
            "folders of comparisons, each with a runs.jsonl",
            metavar="DIR",
            nargs="+",
        ),
        choice("--to", "tracker", TRACKERS, required=True),
        path(
            "--out",
            "folder to write (default: DIR/tensorboard or DIR/mlflow)",
            metavar="DIR",
        ),
        flag(
            "--tracking-uri",
            "address of a server or store of MLflow (default: "
            "MLFLOW_TRACKING_URI, else a database in the folder)",
            metavar="URI",
        ),
    ]
}
