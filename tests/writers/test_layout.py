from pathlib import Path

import pytest

from pipeline.errors import BadDictionaryError
from pipeline.model import Kind
from pipeline.writers.word import layout
from pipeline.writers.word.layout import System, load, twips
from pipeline.writers.word.styles import style_id


def test_millimetres_are_the_twips_of_the_form() -> None:
    assert [twips(mm) for mm in (210, 297, 20, 30, 15, 10)] == [11906, 16838, 1134, 1701, 850, 567]


@pytest.mark.parametrize("system", System)
def test_frames_are_as_wide_as_the_text(system: System) -> None:
    values = load(system)
    assert sum(values.frames.header) == sum(values.frames.closing) == values.page.text_width


@pytest.mark.parametrize("system", System)
def test_every_style_has_a_name_and_an_identifier_of_its_own(system: System) -> None:
    styles = load(system).styles.values()
    assert len({style.name for style in styles}) == len(styles)
    assert len({style_id(style) for style in styles}) == len(styles)
    assert all(style.next in load(system).styles for style in styles)


@pytest.mark.parametrize("system", System)
def test_lines_are_high_enough_for_stacked_marks_of_capitals(system: System) -> None:
    for style in load(system).styles.values():
        if not style.character:
            assert style.line >= 1.15 * (style.size or 0)


def test_the_state_differs_from_the_party_only_where_its_form_does() -> None:
    party, state = load(System.PARTY), load(System.STATE)
    assert (party.form.under_body, state.form.under_body) == ("*", "rule")
    assert not party.styles["office"].bold
    assert state.styles["office"].bold
    assert party.styles["content"] == state.styles["content"]


def test_kinds_of_the_header_and_closing_block_have_a_style_of_their_name() -> None:
    kinds = (Kind.SUPERIOR_BODY, Kind.ISSUING_BODY, Kind.NUMBER, Kind.PLACE_DATE, Kind.MARK)
    kinds += (Kind.RECIPIENTS, Kind.AUTHORITY, Kind.OFFICE, Kind.SIGNER, Kind.TYPE, Kind.SUBJECT)
    assert {kind.value for kind in kinds} <= set(load(System.PARTY).styles)


def test_the_length_of_a_line_is_estimated_within_a_twentieth() -> None:
    # Measured in a metric twin of Times New Roman.
    assert load(System.PARTY).length("ĐẢNG CỘNG SẢN VIỆT NAM", "motto") == pytest.approx(72.9, 0.05)


@pytest.mark.parametrize(
    ("content", "message"),
    [("[page", "Expected"), ('[page]\nwidth = "rộng"', "page.width"), ("", "page")],
)
def test_a_damaged_data_file_is_named_with_what_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str, message: str
) -> None:
    path = tmp_path / "layout.toml"
    path.write_text(content, encoding="utf-8")
    monkeypatch.setattr(layout, "dictionary", lambda *parts: path)
    load.cache_clear()
    try:
        with pytest.raises(BadDictionaryError) as failure:
            load(System.PARTY)
    finally:
        load.cache_clear()
    assert failure.value.subject == str(path)
    assert message in failure.value.detail
