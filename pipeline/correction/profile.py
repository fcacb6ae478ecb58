"""Which reader damaged this text? Told from the text itself, by how its words look.

Vietnamese OCR, good or bad, writes letters that only Vietnamese has; text whose marks were stripped
has no marks at all; a reader without Vietnamese leaves a few that are known elsewhere too.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from pipeline.correction.channel import Profile, profile
from pipeline.correction.tokens import TokenKind, analyse
from pipeline.errors import BadSettingError
from pipeline.resources import dictionary

# With fewer words than this not much can be told, and the least intrusive profile is taken.
MIN_WORDS: Final = 12
CAREFUL: Final = "vie"
# Vietnamese prose has marks on about three words in four.
MARKED_SHARE: Final = 0.03
# Proper Vietnamese carries these letters in every other word and damaged Vietnamese in many; no
# English model writes them, though it hits a legal syllable by chance in half of the words.
NATIVE: Final = frozenset("ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ")
NATIVE_SHARE: Final = 0.15


@dataclass(frozen=True, slots=True)
class Tuning:
    """What ``dictionaries/confusions/profiles.toml`` says of a profile; see the comments there."""

    beam: float
    floor: float
    channel_weight: float
    unknown: tuple[float, float]
    change_above: float
    propose_above: float
    names_above: float
    trust: float
    network: float
    native: bool
    marks: bool
    digits: bool
    split: bool
    dirt: bool


@cache
def tunings() -> dict[str, Tuning]:
    """Return the tuning of each profile by name."""
    data = tomllib.loads(dictionary("confusions", "profiles.toml").read_text(encoding="utf-8"))
    return {
        name: Tuning(**{**values, "unknown": tuple(values["unknown"])})
        for name, values in data.items()
    }


def choose(name: str, words: Iterable[str], *, ours: bool = False) -> tuple[Profile, Tuning]:
    """Return the profile *name* and its tuning; ``auto`` detects it from *words*.

    Args:
        name: ``auto`` or the name of a profile.
        words: as read, NFC.
        ours: whether they were read by our own OCR.

    Raises:
        BadSettingError: there is no such profile.
    """
    wanted = detect(words, ours=ours) if name == "auto" else name
    if wanted not in tunings():
        raise BadSettingError("[correction] profile", f"{name}: auto, {', '.join(tunings())}")
    return profile(wanted), tunings()[wanted]


def detect(words: Iterable[str], *, ours: bool = False) -> str:
    """Return the name of the profile that text made of *words* (as read, NFC) shows.

    A few words without any mark have lost them, unless they are *ours*: then they are dirt.
    """
    tokens = [analyse(word) for word in words]
    cores = [t.core for t in tokens if t.kind is TokenKind.WORD and len(t.core) > 1]
    if len(cores) < MIN_WORDS:
        bare = len(cores) > 1 and all(map(str.isascii, cores))
        return "stripped" if bare and not ours else CAREFUL
    marked = sum(not core.isascii() for core in cores) / len(cores)
    if marked < MARKED_SHARE:
        return "stripped"
    return "vie" if sum(map(is_native, cores)) >= NATIVE_SHARE * len(cores) else "english"


def is_latin(core: str) -> bool:
    """Tell whether a word as read has no marks but the one that English models do write: é."""
    return core.isascii() or all(letter.isascii() or letter in "éÉ" for letter in core)


def is_native(core: str) -> bool:
    """Tell whether a word as read holds a letter that no reader without Vietnamese writes."""
    return not NATIVE.isdisjoint(core.lower())
