"""What a cell's page says of its proof is what the record holds."""

import json
import re

import pytest

from comparisons.reader.page import fragment
from comparisons.reader.proof import FOLDER, proofs
from comparisons.records.environment import ROOT
from comparisons.records.files import records_file
from comparisons.records.lines import lines_of


@pytest.fixture
def records():
    """The checks of one cell in float32, one record a framework."""
    lines = lines_of(records_file(ROOT / FOLDER))
    found = [json.loads(line) for _, line in lines if b'"cell":"mgu"' in line]
    return [one for one in found if one["spec"]["precision"] == "float32"]


def written(root, records):
    path = root / FOLDER / "runs.jsonl"
    path.parent.mkdir(parents=True)
    path.write_text("".join(json.dumps(one) + "\n" for one in records))
    return root


def test_a_proof_names_the_largest_deviations_of_all_frameworks(
    tmp_path, records
):
    for place, record in enumerate(records):
        for one in record["deviations"]:
            one["measured"] = 0.0
        first = next(
            d for d in record["deviations"] if d["check"] == "gradient"
        )
        first["measured"] = (place + 1) * 1e-6
    text = proofs(written(tmp_path, records))["mgu"]
    assert text.startswith(
        "Proved equal: forward 0e+00, gradients 3e-06, after 20 steps 0e+00 "
        "(largest relative deviation of PyTorch, Keras, and JAX from"
    )


@pytest.mark.parametrize("change", [{"status": "failed"}, {"deviations": []}])
def test_nothing_is_said_to_be_proved_that_is_not(tmp_path, records, change):
    records[-1] |= change
    assert proofs(written(tmp_path, records)) == {}


def test_a_check_over_its_limit_is_no_proof(tmp_path, records):
    one = records[0]["deviations"][-1]
    one["measured"] = 2 * one["limit"] + 1.0
    assert proofs(written(tmp_path, records)) == {}


def test_there_is_no_proof_without_a_record(tmp_path):
    assert proofs(tmp_path) == {}


def test_a_page_names_the_file_of_the_record():
    (named,) = set(re.findall(rf'{FOLDER}/[^"]+', fragment(["sine"]).html))
    assert (ROOT / named).is_file()
