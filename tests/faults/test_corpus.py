"""A folder of two hundred bad inputs: each ends in output or a named failure, and harms nobody."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import docx
import pytest
import runs

from pipeline.batch.ledger import Ledger
from pipeline.messages import Language, explain
from tests.faults import bad_inputs
from tests.faults.bad_inputs import READ, Bad

pytestmark = [pytest.mark.slow, pytest.mark.tesseract]

LIMITS = {"VANBAN_BATCH_PAGE_TIMEOUT": "10", "VANBAN_BATCH_MEMORY": "1500"}
IN_TIME = 200  # seconds on two slow cores; half of it on others
INSIDE = "xấu"  # the folder of the bad ones, among the good ones


class Ran(NamedTuple):
    bad: dict[str, Bad]
    documents: dict[str, dict[str, Any]]  # what the log says of each, by name
    out: Path
    said: str
    seconds: float


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """Convert the bad inputs with good ones around them."""
    folder = tmp_path_factory.mktemp("xấu")
    inputs = runs.put_inputs(folder / "vào")
    bad = bad_inputs.write(inputs / INSIDE)
    started = time.monotonic()
    done = runs.run(inputs, folder / "ra", "--log-json", variables=LIMITS)
    seconds = time.monotonic() - started
    assert done.returncode == 3, done.stderr
    events = [json.loads(line) for line in done.stdout.splitlines()]
    start = f"{inputs / INSIDE}/"
    documents = {
        event["input"].removeprefix(start): event
        for event in events
        if event["event"] == "document" and event["input"].startswith(start)
    }
    return Ran(bad, documents, folder / "ra", done.stderr, seconds)


def test_the_corpus_is_large_and_the_same_each_time() -> None:
    first, second = list(bad_inputs.corpus()), list(bad_inputs.corpus())
    assert len(first) >= 200
    assert len({bad.name for bad in first}) == len(first)
    chance = "mật khẩu", "chỉ khóa sửa"  # encryption needs it
    for one, other in zip(first, second, strict=True):
        assert one == other or str(one.name).startswith(chance)


def test_every_one_ends_in_output_or_a_failure_that_fits(ran: Ran) -> None:
    assert ran.documents.keys() == ran.bad.keys()
    wrong = {}
    for name, event in ran.documents.items():
        seen = {failure["name"] for failure in event["failures"]}
        if event["outcome"] == "converted":
            seen = {READ}
        if not seen or not seen <= ran.bad[name].ends:
            wrong[name] = seen, event["failures"]
    assert not wrong
    assert ran.seconds < IN_TIME


def test_what_is_said_of_each_is_one_line_with_a_next_step(ran: Ran) -> None:
    ledger = Ledger.look_into(ran.out / ".vanban")
    failures = [
        failure
        for entry in ledger.entries()
        for of_page in ledger.failures(entry.place).values()
        for failure in of_page
    ]
    assert len({failure.key for failure in failures}) >= 6
    for failure in failures:
        said = {language: explain(language, failure) for language in Language}
        for line in said.values():
            assert line.isprintable()
            name, _, step = line.rpartition("; ")
            assert name
            assert step
        assert said[Language.ENGLISH] != said[Language.VIETNAMESE]
    assert ran.said == ""  # no library speaks for itself; what we say is in the log


def test_the_outputs_are_whole_and_inside_their_folder(ran: Ran) -> None:
    converted = [event for event in ran.documents.values() if event["outcome"] == "converted"]
    assert len(converted) > 100
    for event in converted:
        assert len(event["outputs"]) == 3
        for output in event["outputs"]:
            assert Path(output).parent == ran.out / INSIDE
            assert Path(output).is_file()
            if output.endswith(".docx"):
                docx.Document(output)
    there = {path.name for path in (ran.out / INSIDE).iterdir()}
    assert len(there) == 3 * len(converted)
    assert {path.name for path in ran.out.parent.iterdir()} == {"vào", "ra"}


def test_the_good_ones_among_them_are_as_without_them(
    ran: Ran, undisturbed: Mapping[str, bytes]
) -> None:
    among = {
        name: data for name, data in runs.outputs(ran.out).items() if not name.startswith(INSIDE)
    }
    assert among == undisturbed
