"""What one document is worth, counted at each word of its truth."""

import numpy as np
import pytest

from pipeline.evaluation import Counts, rates
from pipeline.evaluation.comparison import compare, text_words
from pipeline.evaluation.counts import FIELDS
from pipeline.model import Block, Kind, Span, Word, replace
from tests.evaluation.builder import document, doubted, word

TRUTH = "Nghị quyết của Tỉnh ủy 12"
MADE = document(
    word("Nghi", "Nghị"),
    word("quyết", "quyệt"),
    word("của", "của"),
    word("Tinhuy", "Tỉnh ủy"),
    word("12", "13"),
)


def test_fixed_and_broken_words_are_counted_over_the_truth() -> None:
    counts = compare("a", TRUTH, MADE).counts

    assert (counts.wrong, counts.fixed, counts.right, counts.broken) == (3, 3, 3, 2)
    assert (counts.figures, counts.figures_broken) == (1, 1)
    assert counts.fixed_share == 1.0
    assert counts.broken_share == pytest.approx(2 / 3)
    assert counts.figures_broken_share == 1.0


def test_each_word_has_its_row_and_the_rows_are_the_document() -> None:
    compared = compare("a", TRUTH, MADE)
    column = dict(zip(FIELDS, compared.rows.T.tolist(), strict=True))

    assert column["words"] == [1] * 6
    assert column["word_errors"] == [0, 1, 0, 0, 0, 1]
    assert column["fixed"] == [1, 0, 0, 1, 1, 0]
    assert column["broken"] == [0, 1, 0, 0, 0, 1]
    assert column["characters"] == [5, 6, 4, 5, 3, 2]
    assert column["character_errors"] == [0, 1, 0, 0, 0, 1]
    assert compared.counts == Counts(*np.sum(compared.rows, axis=0).tolist())


def test_a_symbol_of_a_document_counts_as_a_figure() -> None:
    made = document(word("Số", "Số"), word("KH/TU", "KHỦ"), word("và/hoặc", "và"))
    counts = compare("a", "Số KH/TU và/hoặc", made).counts

    assert (counts.figures, counts.figures_broken, counts.broken) == (1, 1, 2)


def test_a_text_that_needed_nothing_and_got_nothing_scores_so() -> None:
    counts = compare("a", "Tỉnh ủy", document(Word("Tỉnh"), word("ủy", "uỷ"))).counts

    assert (counts.wrong, counts.broken, counts.cer, counts.wer) == (0, 0, 0.0, 0.0)


def test_a_plain_text_has_rates_alone() -> None:
    compared = compare("a", "Ban Chấp hành", "Ban Chắp hành\n")

    assert compared.counts == rates("Ban Chấp hành", "Ban Chắp hành")
    assert compared.counts.wer == pytest.approx(1 / 3)
    assert (compared.counts.wrong, compared.counts.right) == (0, 0)
    assert compared.changes is None
    assert compared.doubts is None


def test_record_and_its_text_have_the_same_rates() -> None:
    from_record, from_text = compare("a", TRUTH, MADE), compare("a", TRUTH, MADE.text)

    assert from_record.counts.cer == from_text.counts.cer
    assert from_record.counts.wer == from_text.counts.wer


def test_words_are_taken_in_the_order_of_the_text_without_furniture() -> None:
    made = replace(
        document(Word("3"), Word("hai"), Word("Một")),
        blocks=(
            Block(Kind.NOTE, (Span(0, 0, 0, 1),)),
            Block(Kind.PARAGRAPH, (Span(0, 0, 2, 3),)),
            Block(Kind.TABLE, rows=(((Span(0, 0, 1, 2),),),)),
        ),
    )

    assert [w.ocr for w in text_words(made)] == ["Một", "hai"]
    assert compare("a", "Một hai", made).counts.wer == 0


def test_folding_leaves_case_and_punctuation_out_everywhere() -> None:
    made = document(word("NGHl,", "NGHỊ,"), word("quyết", "QUYẾT."), doubted("–"))
    counts = compare("a", "Nghị quyết", made, fold=True).counts

    assert (counts.wrong, counts.fixed, counts.broken, counts.wer) == (1, 1, 0, 0.0)


def test_doubts_tell_what_a_reviewer_is_shown_of_the_errors() -> None:
    made = document(
        doubted("Đòan"),
        Word("trường"),
        word("báa", "bào", made=False),
        word("cảo", "cáo", 0.6),
        Word("ky"),
        doubted("họp"),
        word("|", ""),
    )
    found = compare("a", "Đoàn trưởng báo cáo kỳ họp", made).doubts

    assert found is not None
    assert (found.marked, found.unexplained) == (4, 2)
    assert (found.wrong, found.wrong_marked) == (4, 2)
    assert (found.right, found.right_marked) == (2, 2)
    assert (found.recall, found.alarm_share) == (0.5, 1.0)
