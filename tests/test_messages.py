"""Both languages say the same things, and every failure has its words."""

import string

import pytest

from pipeline import errors
from pipeline.errors import BadSettingError, OcrFailedError, OcrTimedOutError, VanbanError
from pipeline.messages import Language, catalogue, explain, say, system_language


def _all_errors() -> list[type[VanbanError]]:
    kinds = [VanbanError]
    for kind in kinds:
        kinds.extend(kind.__subclasses__())
    return [kind for kind in kinds if kind.__module__ == errors.__name__]


def _placeholders(message: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(message) if name is not None}


def test_both_catalogues_have_the_same_keys_and_placeholders() -> None:
    vietnamese, english = catalogue(Language.VIETNAMESE), catalogue(Language.ENGLISH)

    assert vietnamese.keys() == english.keys()
    for key, message in english.items():
        assert _placeholders(vietnamese[key]) == _placeholders(message), key


def test_no_message_is_empty_or_longer_than_a_line() -> None:
    for language in Language:
        for key, message in catalogue(language).items():
            assert message.strip(), key
            assert "\n" not in message, key


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("kind", _all_errors())
def test_every_failure_names_its_file_and_the_next_step(
    kind: type[VanbanError], language: Language
) -> None:
    line = explain(language, kind("công văn.pdf", "trang 3"))

    assert line.startswith("công văn.pdf: ")
    assert "; " in line, "the next step stands behind a semicolon"
    assert "\n" not in line


def test_a_detail_of_several_lines_stays_one_line() -> None:
    assert "\n" not in explain(Language.ENGLISH, VanbanError("a.pdf", "one\ntwo"))


@pytest.mark.parametrize(
    ("value", "language"),
    [
        ("vi", Language.VIETNAMESE),
        ("vi_VN.UTF-8", Language.VIETNAMESE),
        ("Vietnamese_Vietnam.1258", Language.VIETNAMESE),
        ("en", Language.ENGLISH),
    ],
)
def test_the_environment_chooses_the_language(
    value: str, language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VANBAN_LANG", value)

    assert system_language() is language


def test_a_language_without_messages_is_a_bad_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VANBAN_LANG", "xx")

    with pytest.raises(BadSettingError, match="xx"):
        system_language()


def test_a_message_is_filled_in() -> None:
    assert say(Language.VIETNAMESE, "progress.minutes", minutes=3) == "3 phút"


@pytest.mark.parametrize("about", ["", "/usr/bin/tesseract, "])
def test_what_tesseract_says_is_quoted_in_a_sentence_of_the_language(about: str) -> None:
    failure = OcrFailedError("a.pdf [2]", f"{about}exit status 1, says “Error, line 3: no image”")

    line = explain(Language.VIETNAMESE, failure)

    said = f"({about}mã thoát 1, Tesseract báo: “Error, line 3: no image”)"
    assert line.startswith(f"a.pdf [2]: Tesseract không đọc được trang {said}; ")


def test_numbers_in_what_was_seen_are_kept() -> None:
    late = OcrTimedOutError("a.pdf [2]", "no answer within 120 s")

    assert "(quá 120 giây không có trả lời)" in explain(Language.VIETNAMESE, late)
    assert "raise [recognition] timeout" in explain(Language.ENGLISH, late)
