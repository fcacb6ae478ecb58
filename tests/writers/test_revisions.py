"""Units of a paragraph: whatever was done to its words, both what was read and what is written."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Change, Decision, Reason, Stage, Word
from pipeline.writers.word.revisions import BREAK, Mark, units

TEXTS = ("Tỉnh", "ủy", "", "đảng ủy", "Bình", "9/2O26,", "-", "<b>")


@st.composite
def words(draw: st.DrawFn) -> Word:
    """A word with a chain of changes, made and proposed; now and then one that was never read."""
    word = Word(draw(st.sampled_from(TEXTS)).replace(" ", ""), bold=draw(st.booleans()))
    for after in draw(st.lists(st.sampled_from(TEXTS), max_size=3)):
        change = Change(
            word.text,
            after,
            draw(st.sampled_from(Reason)),
            draw(st.floats(0, 1)),
            draw(st.sampled_from(Stage)),
            draw(st.sampled_from(Decision)),
        )
        word = word.changed(change)
    return word


def text(line: list[Word], hidden: Mark, breaks: list[int], *, tracked: bool = True) -> str:
    """The text that is left when nothing *hidden* is shown."""
    return "".join(
        unit.gap + "".join(each.gap + each.text for each in unit.stretches if each.mark != hidden)
        for unit in units(line, breaks, tracked=tracked)
    )


lines = st.lists(words(), max_size=8)
breaks_at = st.lists(st.integers(1, 8), max_size=3)


def made(before: str, after: str, reason: Reason = Reason.LETTERS) -> Word:
    return Word(before, changes=(Change(before, after, reason, 0.99, Stage.CORRECTION),))


def shown(*line: Word, breaks: list[int] | None = None) -> str:
    """``[-deleted-]`` and ``{+inserted+}``."""
    brackets = {Mark.KEPT: "{}", Mark.DELETED: "[-{}-]", Mark.INSERTED: "{{+{}+}}"}
    return "".join(
        unit.gap
        + "".join(brackets[each.mark].format(each.gap + each.text) for each in unit.stretches)
        for unit in units(line, breaks or [], tracked=True)
    )


@given(lines, breaks_at)
def test_what_is_accepted_is_what_is_written(line: list[Word], breaks: list[int]) -> None:
    accepted = text(line, Mark.DELETED, breaks)
    assert accepted == text(line, Mark.DELETED, breaks, tracked=False)
    assert accepted.replace(BREAK, " ").strip() == " ".join(w.text for w in line if w.text)


@given(lines, breaks_at)
def test_what_is_rejected_is_what_was_read(line: list[Word], breaks: list[int]) -> None:
    rejected = text(line, Mark.INSERTED, breaks)
    assert rejected.replace(BREAK, " ") == " ".join(word.ocr for word in line if word.ocr)


@given(lines, breaks_at)
def test_without_revisions_everything_is_kept(line: list[Word], breaks: list[int]) -> None:
    marks = {each.mark for unit in units(line, breaks, tracked=False) for each in unit.stretches}
    assert marks <= {Mark.KEPT}


@given(lines)
def test_every_word_is_in_one_unit(line: list[Word]) -> None:
    for tracked in (True, False):
        assert [word for unit in units(line, tracked=tracked) for word in unit.words] == line


def test_a_changed_word_is_one_revision_and_its_blanks_stay() -> None:
    assert shown(Word("Tỉnh"), made("uy", "ủy"), Word("xã")) == "Tỉnh [-uy-]{+ủy+} xã"


def test_a_chain_of_changes_is_one_revision_from_first_to_last() -> None:
    word = made("uy", "úy").changed(Change("úy", "ủy", Reason.CASE, 0.9, Stage.REVIEW))
    assert shown(word) == "[-uy-]{+ủy+}"


def test_a_change_and_its_reverse_are_no_revision() -> None:
    word = made("uy", "úy").changed(Change("úy", "uy", Reason.CASE, 0.9, Stage.REVIEW))
    assert shown(Word("Tỉnh"), word) == "Tỉnh uy"


def test_a_proposed_change_is_no_revision() -> None:
    proposed = Change("uy", "ủy", Reason.DIACRITICS, 0.6, Stage.CORRECTION, Decision.PROPOSED)
    assert shown(Word("uy", changes=(proposed,))) == "uy"


def test_a_split_word_is_deleted_whole() -> None:
    assert (
        shown(made("Tinhuy", "Tỉnh ủy", Reason.SPACING), Word("xã")) == "[-Tinhuy-]{+Tỉnh ủy+} xã"
    )


def test_merged_words_are_one_revision() -> None:
    halves = made("ch", "chức", Reason.SPACING), made("ức", "", Reason.SPACING)
    assert shown(Word("Tổ"), *halves, Word("vụ")) == "Tổ [-ch ức-]{+chức+} vụ"


def test_noise_takes_its_blank_with_it_wherever_it_stands() -> None:
    noise = made("~", "")
    assert shown(Word("Tỉnh"), noise, Word("ủy")) == "Tỉnh[- ~-] ủy"
    assert shown(noise, Word("Tỉnh")) == "[-~-][- -]Tỉnh"
    assert shown(Word("Tỉnh"), noise) == "Tỉnh[- ~-]"
    assert shown(noise, noise) == "[-~-][- ~-]"


def test_a_word_that_was_not_read_is_inserted_with_its_blank() -> None:
    assert shown(Word("Tỉnh"), made("", "ủy")) == "Tỉnh{+ ủy+}"


def test_a_line_broken_by_hand_stays_broken() -> None:
    line = Word("Tỉnh"), made("~", ""), made("uy", "ủy"), Word("xã")
    assert shown(*line, breaks=[1]) == "Tỉnh[- ~-]\v[-uy-]{+ủy+} xã"
