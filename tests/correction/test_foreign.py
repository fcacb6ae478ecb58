"""Foreign passages stay as read, whatever damaged the text around them."""

import pytest

from pipeline.correction import correct
from pipeline.correction.foreign import is_foreign
from pipeline.model import Word
from pipeline.settings import CorrectionSettings
from tests.correction.builder import document

ENGLISH = """The members of the committee shall submit a report to the council within a year.
Its purpose is to limit the damage that the flood has done to roads and bridges."""
FRENCH = """Les habitants de la commune sont convoqués pour la réunion du conseil dans un mois."""
VIETNAMESE = "Ban Thường vụ yêu cầu các chi bộ tổ chức quán triệt trong tháng này."


@pytest.mark.parametrize("passage", [ENGLISH, FRENCH])
@pytest.mark.parametrize("profile", ["auto", "vie", "english", "stripped"])
def test_a_foreign_passage_is_not_changed(passage: str, profile: str) -> None:
    result = correct(document(passage), CorrectionSettings(profile=profile))
    assert [w.text for w in result.words()] == passage.split()


def test_a_foreign_line_within_vietnamese_ones_is_not_changed() -> None:
    lines = f"{VIETNAMESE}\n{ENGLISH}\n{VIETNAMESE}"
    result = correct(document(lines), CorrectionSettings())
    assert " ".join(w.text for w in result.words()) == " ".join(lines.split())


@pytest.mark.parametrize(
    "sentence",
    [
        VIETNAMESE,
        "Ban Thuong vu yeu cau cac chi bo to chuc quan triet trong thang nay.",
        "Ban Thwong vu yéu cau cdc chi b6 t6 chirc quan triét trong thang nay.",
        "the of",
    ],
)
def test_vietnamese_damaged_or_not_is_not_foreign(sentence: str) -> None:
    assert not is_foreign([Word(word) for word in sentence.split()])
