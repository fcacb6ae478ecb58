"""Whole documents of every type, as they come: wrapped at any width, unwrapped, damaged."""

import pytest

from pipeline.evaluation.structure import Form, Score, score, total
from pipeline.model import Document
from pipeline.outline import outline
from pipeline.writers.metadata import values
from tests.structure.documents import built, document
from tests.structure.test_invariants import check
from tests.structure.whole import NAMES, Whole, dashless, load, spoiled, unwrapped, wrapped

DAMAGED = 0.98  # F1 of an outline whose markers are damaged

every_document = pytest.mark.parametrize("name", NAMES)


def scored(whole: Whole, made: Document) -> Score:
    truth = Form(whole.outline(), whole.metadata)
    return score(whole.subject, truth, Form(outline(made), values(made)))


def assert_right(name: str, text: str) -> None:
    whole = load(name)
    made = built(text)
    assert [row.key for row in outline(made)] == [row.key for row in whole.outline()]
    found = values(made)
    assert {field: found[field] for field in whole.metadata} == whole.metadata


@every_document
@pytest.mark.parametrize("width", [60, 68, 72, 76, 84, 90, 100, 120])
def test_lines_wrapped_at_any_width_are_joined(name: str, width: int) -> None:
    assert_right(name, wrapped(load(name), width))


@every_document
@pytest.mark.parametrize("width", [60, 72, 84, 100])
def test_paragraphs_without_blank_lines_between_are_parted(name: str, width: int) -> None:
    assert_right(name, wrapped(load(name), width, blank=""))


@every_document
@pytest.mark.parametrize("blank", ["", "\n"])
def test_a_paragraph_a_line_stays_one(name: str, blank: str) -> None:
    assert_right(name, unwrapped(load(name), blank=blank))


@every_document
def test_damaged_markers_are_known_by_their_sequence(name: str) -> None:
    whole = load(name)
    texts = [wrapped(spoiled(whole, seed), 76) for seed in range(3)]
    texts += [unwrapped(spoiled(whole, seed)) for seed in range(3, 6)]
    assert total([scored(whole, built(text)) for text in texts]).f1 >= DAMAGED


@every_document
def test_dashes_that_were_lost_inside_a_list_are_missed(name: str) -> None:
    whole = load(name)
    texts = [wrapped(dashless(whole, seed), 76) for seed in range(3)]
    assert total([scored(whole, built(text)) for text in texts]).f1 >= DAMAGED


@every_document
def test_no_word_is_added_dropped_or_moved(name: str) -> None:
    for whole in (load(name), spoiled(load(name), 0), dashless(load(name), 0)):
        for text in (wrapped(whole, 76), unwrapped(whole)):
            before = document(text)
            check(before, built(before))
