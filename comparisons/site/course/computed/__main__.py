"""`python -m comparisons.site.course.computed KIND FOLDER [TEXT ...]`.

It records what chapters show of a trained model: `names` what a classifier
reads in texts, `embeddings` the neighbors of words. The folder is that of a
checkpoint, such as `results/names/best/pytorch-gru`.
"""

import json
import sys
from pathlib import Path

from comparisons.site.course.computed import embeddings, names
from comparisons.site.course.computed.recorded import RECORDED
from shared.errors import UserError, unknown
from shared.files.io import write_file

KINDS = {
    names.FILE: names.readings,
    embeddings.FILE: lambda folder, texts: embeddings.vectors(folder),
}


def main(kind: str, folder: str, *texts: str) -> None:
    if kind not in KINDS:
        raise UserError(unknown("kind", kind, KINDS))
    found = KINDS[kind](Path(folder), texts)
    text = json.dumps(found, ensure_ascii=False, sort_keys=True, indent=None)
    write_file(RECORDED / f"{kind}.json", f"{text}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
