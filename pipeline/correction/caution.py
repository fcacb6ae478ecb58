"""How sure a change must be, by what the word may be after all: a figure, a code, a name, a part.

Each rule looks at one danger and tells the certainty that it asks for, nought if it sees none; the
most careful one counts. :data:`NEVER` is what no certainty reaches: such a change is proposed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from unidecode import unidecode

from pipeline.correction.candidates import Form
from pipeline.correction.evidence import is_sure
from pipeline.correction.facts import is_part, is_unit, may_be_code, may_be_figure
from pipeline.correction.lexicon import skeleton
from pipeline.correction.syllable import is_syllable
from pipeline.correction.tokens import TokenKind, analyse, is_numeral
from pipeline.model import Reason, Word

NEVER: Final = 2.0
# A digit is taken for the word that it was read for (6 for ở), two of them (14 for là) more rarely.
FIGURE_ABOVE: Final = 0.97
FIGURES_ABOVE: Final = 0.99
CODE_ABOVE: Final = 0.97  # a capital and a figure (T6 for Tổ), or a code among capitals (TU for TƯ)
SURE_ABOVE: Final = 0.97  # a good syllable that the reader was sure of: its author may have slipped
LETTERS_ABOVE: Final = 0.5  # a word with a capital becomes one of other letters: it may be a name
WORD: Final = 3  # letters and figures; more are a whole word
MIDDLE_NAMES: Final = frozenset(("a", "thi", "van"))
# Alone they are no words but name something, and none is likelier than another: điểm x khoản 5.
CONSONANTS: Final = frozenset("bcghklmnpqrstvxBCGHKLMNPQRSTVX")
VOWELS: Final = frozenset("AEIOUY")
_DAK: Final = frozenset(("đăk", "đắk", "đắc"))
_LAST_I: Final = str.maketrans("yýỳỷỹỵYÝỲỶỸỴ", "iíìỉĩịIÍÌỈĨỊ")


@dataclass(frozen=True)
class Proposal:
    """A change that is likely, and where.

    Attributes:
        word: as read.
        text: what it would become.
        reason: why.
        before: the word before it, if any.
        after: the word behind it, if any.
        codes: known ones.
        pairs: of words that stand together, in small letters.
        marked: whether the text has the marks of Vietnamese: what stands without them in it, or in
            capitals, may be a name as well.
        names_above: what a name asks for.
    """

    word: Word
    text: str
    reason: Reason
    before: Word | None
    after: Word | None
    codes: frozenset[str]
    pairs: frozenset[str]
    marked: bool
    names_above: float

    @cached_property
    def core(self) -> str:
        """What was read, without punctuation."""
        return analyse(self.word.ocr).core

    @cached_property
    def becomes(self) -> str:
        """What it would become, without punctuation."""
        return analyse(self.text).core

    @cached_property
    def form(self) -> Form:
        """How the capitals of what was read stand."""
        return Form.of(self.core)

    @cached_property
    def beside(self) -> Sequence[Word]:
        """The neighbours that there are."""
        return [word for word in (self.before, self.after) if word is not None]

    @cached_property
    def other_letters(self) -> bool:
        """Whether more than marks would change."""
        return skeleton([self.word.ocr]) != skeleton([self.text])


def needed(proposal: Proposal) -> float:
    """Return the certainty from which the change may be made, for all that speaks against it."""
    if proposal.reason is Reason.SPACING:
        letters = proposal.text.replace(" ", "")
        if letters.startswith(proposal.word.ocr):
            return 0.0  # nothing but a blank comes or goes
    return max(rule(proposal) for rule in _RULES)


def _figure(proposal: Proposal) -> float:
    if not may_be_figure(proposal.core) or proposal.reason is Reason.SYMBOL:
        return 0.0
    if any(map(_holds_number, proposal.beside)):
        return NEVER  # 36 12-KH/TU: it may be a number of its own
    return FIGURE_ABOVE if len(proposal.core) == 1 else FIGURES_ABOVE


def _numeral(proposal: Proposal) -> float:
    return NEVER if is_numeral(proposal.core) else 0.0


def _lone_letter(proposal: Proposal) -> float:
    into_another = {proposal.core, proposal.becomes} <= CONSONANTS
    return NEVER if into_another or (proposal.marked and proposal.core in CONSONANTS) else 0.0


def _spelling(proposal: Proposal) -> float:
    """Qui chế stays beside Quy chế, Đăk beside Đắk: both are written."""
    one, other = proposal.core, proposal.becomes
    alike = one != other and one.translate(_LAST_I) == other.translate(_LAST_I)
    return NEVER if alike or {one.lower(), other.lower()} <= _DAK else 0.0


def _part(proposal: Proposal) -> float:
    return NEVER if is_part(proposal.core, (word.ocr for word in proposal.beside)) else 0.0


def _unit(proposal: Proposal) -> float:
    known = proposal.before is not None and is_unit(proposal.core, proposal.before.ocr)
    return NEVER if known else 0.0


def _last_figure(proposal: Proposal) -> float:
    """Mẫu3, read M4u3: letters may look like figures, but not like these, behind a whole word."""
    lost = len(proposal.core) > WORD and proposal.core[-1] in "235789"
    return NEVER if lost and not any(map(str.isdigit, proposal.becomes)) else 0.0


def _code_and_figure(proposal: Proposal) -> float:
    """A4, B6: a code, or Tổ and Hồ read as T6 and H6."""
    if not may_be_code(proposal.core):
        return 0.0
    if skeleton([proposal.becomes])[:1] != skeleton([proposal.core])[:1]:
        return NEVER
    after = proposal.after
    number = proposal.becomes == "Số" and (after is None or _holds_number(after))
    if number or (after and _is_name(after)):
        return 0.0  # S6 12-KH/TU, S6: (the sentence ends there), H6 Chi Minh
    return CODE_ABOVE


def _known_code(proposal: Proposal) -> float:
    if proposal.core not in proposal.codes:
        return 0.0
    shouted = any(_is_shouted(word, proposal.codes) for word in proposal.beside)
    return CODE_ABOVE if shouted else NEVER


def _unknown_code(proposal: Proposal) -> float:
    """Tài khoản OM 5451: in capitals among small text, before a number."""
    if proposal.form is not Form.UPPER or not proposal.core.isalpha():
        return 0.0
    small = any(analyse(word.ocr).core.islower() for word in proposal.beside)
    number = any(word.ocr[:1].isdigit() and _holds_number(word) for word in proposal.beside)
    return NEVER if small and number else 0.0


def _unmarked_name(proposal: Proposal) -> float:
    """Nguyen Van Linh Parkway: never had marks."""
    whole = _is_bare_name(proposal.word) and any(map(_is_bare_name, proposal.beside))
    return NEVER if proposal.marked and whole else 0.0


def _capital(proposal: Proposal) -> float:
    capital = proposal.form in (Form.TITLE, Form.UPPER) and proposal.core.isalpha()
    if not capital or not proposal.other_letters:
        return 0.0
    return (
        proposal.names_above if proposal.marked and proposal.form is Form.UPPER else LETTERS_ABOVE
    )


def _name(proposal: Proposal) -> float:
    if not is_syllable(proposal.core):
        return 0.0
    if not (_is_name(proposal.word) or (proposal.marked and proposal.form is Form.UPPER)):
        return 0.0
    if proposal.other_letters and any(map(_is_middle_name, proposal.beside)):
        return NEVER  # Lò Văn Pao: what is usual knows few of the names there are
    behind = proposal.before is not None and _is_middle_name(proposal.before)
    if behind and proposal.marked and not proposal.core.isascii():
        return NEVER  # Nguyễn Thị Hãnh, who is no Hạnh
    return proposal.names_above


def _set_phrase(proposal: Proposal) -> float:
    """A word that is a set phrase with the one beside it: phiếu chi số, and not chỉ số."""
    before, after = (analyse(w.ocr).core if w else "" for w in (proposal.before, proposal.after))
    pairs = {f"{before} {proposal.core}".lower(), f"{proposal.core} {after}".lower()}
    same = proposal.becomes.lower() == proposal.core.lower()  # but for capitals
    return 0.0 if same or pairs.isdisjoint(proposal.pairs) else NEVER


def _sure(proposal: Proposal) -> float:
    return SURE_ABOVE if is_syllable(proposal.core) and is_sure(proposal.word) else 0.0


_RULES: Final[tuple[Callable[[Proposal], float], ...]] = (
    _figure,
    _numeral,
    _lone_letter,
    _spelling,
    _part,
    _unit,
    _last_figure,
    _code_and_figure,
    _known_code,
    _unknown_code,
    _unmarked_name,
    _capital,
    _name,
    _set_phrase,
    _sure,
)


def _is_shouted(word: Word, codes: frozenset[str]) -> bool:
    """Tell whether a word stands in capitals and is no code; without its vowels it would be."""
    core = analyse(word.ocr).core
    spoken = len(core) > 1 and core.isupper() and not VOWELS.isdisjoint(unidecode(core))
    return spoken and core not in codes and not is_numeral(core)


def _is_name(word: Word) -> bool:
    """Tell whether a word begins with a capital, and nothing but its first letter is one."""
    core = analyse(word.ocr).core
    return core[:1].isupper() and core[1:].islower()


def _is_bare_name(word: Word) -> bool:
    core = analyse(word.ocr).core
    return len(core) > 1 and core.isascii() and core.istitle()


def _holds_number(word: Word) -> bool:
    """Tell whether a word is a number or a symbol, not one with a digit for a letter (m6t)."""
    token = analyse(word.ocr)
    joined = "-" in token.core or "/" in token.core
    return token.kind is TokenKind.NUMBER or (token.kind is TokenKind.SYMBOL and joined)


def _is_middle_name(word: Word) -> bool:
    """Tell whether a word is one of those that stand in the middle of names, marks or none."""
    return word.ocr.istitle() and skeleton([word.ocr]) in MIDDLE_NAMES
