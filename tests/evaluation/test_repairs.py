import pytest

from pipeline.evaluation.repairs import Repairs, repairs
from pipeline.model import Change, Document, Line, Page, Reason, Source, Stage, Word


def document(*pairs: tuple[str, str]) -> Document:
    words = tuple(
        Word(read)
        if read == written
        else Word(read).changed(Change(read, written, Reason.LETTERS, 0.9, Stage.CORRECTION))
        for read, written in pairs
    )
    return Document(Source("van-ban.txt", "0"), (Page(1, lines=(Line(words),)),))


def test_fixed_and_broken_words_are_counted_over_the_truth() -> None:
    made = document(
        ("Nghi", "Nghị"), ("quyết", "quyệt"), ("của", "của"), ("Tinhuy", "Tỉnh ủy"), ("12", "13")
    )
    counted = repairs("Nghị quyết của Tỉnh ủy 12", made)
    assert counted == Repairs(wrong=3, fixed=3, right=3, broken=2, figures_broken=1)
    assert counted.fixed_share == 1.0
    assert counted.broken_share == pytest.approx(2 / 3)


def test_a_text_that_needed_nothing_and_got_nothing_scores_so() -> None:
    counted = repairs("Tỉnh ủy", document(("Tỉnh", "Tỉnh"), ("ủy", "uỷ")))
    assert (counted.wrong, counted.broken) == (0, 0)
