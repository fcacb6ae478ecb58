"""Candidate readings of a paragraph's head over all marker systems, with the cost of each.

A head like ``l.`` may be Roman I, Arabic 1 or nothing at all; every reading is listed with what
must be believed for it (``dictionaries/form/markers.toml``, document form section 5.5). Which one
is right only the sequence can tell: see :mod:`pipeline.structure.hierarchy`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise, product

from pipeline.correction.numerals import roman_value
from pipeline.model import Word
from pipeline.structure.flow import capitals, first_letter
from pipeline.structure.form import components, fold, starts, table

Options = list[tuple[int, str, float]]  # ordinal, core as it should be written, cost

_GLUED = re.compile(
    r"(?P<mark>\d{1,2}(?:[.,]\d{1,2}){1,2}[.)]?|\d{1,2}[.)]|[IVX]{1,4}[.]|[a-zđ][)]|[-–+*•])"
    r"(?P<rest>[^\W\d_].+)"
)
_FRAGMENT = re.compile(r"[\dIlVX|!ZO.,)]+|[a-zđ]")
_TOKEN = re.compile(r"(?P<open>\(?)(?P<core>.+?)(?P<sign>[^\w|!(]?)")
NUMBERED = frozenset(
    {"part", "chapter", "section", "article", "clause", "upper", "roman"}
    | {"arabic", "decimal", "subdecimal", "letter", "paren"}
)
DIVISIONS = frozenset({"part", "chapter", "section", "article"})
_COUNTED = frozenset({"article", "clause"})  # their text follows on the same line
_DASHES = frozenset("-–—")
_SPECKS = frozenset(".,'`’‘·:;^°")
_STROKE = 1.5  # cost of a stroke that was never printed


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read the head of a paragraph.

    Attributes:
        system: the marker system (a key of ``[rank]`` in markers.toml).
        ordinals: (2, 3) for ``2.3.``; empty for bullets. Letters count in the Vietnamese alphabet.
        sign: the closing sign that was seen, repaired (``.``, ``-``, ``)``, ``/`` or none).
        cost: what must be believed; 0 for a clean marker.
        words: what each consumed word should be written as; "" where it joins the one before.
        printed: the marker as it stands, without what is glued to it.
        label: the marker as it should be written.
    """

    system: str
    ordinals: tuple[int, ...]
    sign: str
    cost: float
    words: tuple[str, ...]
    printed: str
    label: str

    @property
    def ordinal(self) -> int:
        """The last of its ordinals; 0 for bullets."""
        return self.ordinals[-1] if self.ordinals else 0


def readings(words: tuple[Word, ...]) -> tuple[Reading, ...]:
    """Return every reading of the marker that *words* may begin with, cheapest first.

    *words* is the first line of a paragraph. Heads of up to three words are tried (``2 .1.``,
    ``Phần thứ nhất``). Words that correction emptied are passed over before a head and inside it.
    """
    empty = next((at for at, word in enumerate(words) if word.text), 0)
    heads = tuple(word.text for word in words[empty : empty + 4])
    found = _readings(heads, _follow(words[empty:]))
    return tuple(replace(each, words=("",) * empty + each.words) for each in found)


def _follow(words: tuple[Word, ...]) -> tuple[str, float]:
    text = " ".join(word.text for word in words[1:])
    return text[:60], capitals(text)


@lru_cache(maxsize=4096)
def _readings(heads: tuple[str, ...], follow: tuple[str, float]) -> tuple[Reading, ...]:
    found: list[Reading] = []
    if heads and heads[0]:
        # "* Ghi chú:" below a table explains it and is no item.
        if not starts(follow[0], components("table", "notes")):
            found += _bullets(heads)
        found += _glued(heads[0])
        found += _divisions(heads, follow)
        found += _specked(heads, follow)
        found += _spaced(heads)
        for count in (1, 2, 3):
            token = "".join(heads[:count])
            if len(heads) < count or len(token) > 10:
                break
            if count > 1 and not (heads[count - 1] and _joins(heads[:count])):
                break
            extra = 0.0 if count == 1 else table("markers")["sequence"]["joined"]
            found += _numbered(heads[:count], token, extra)
    if not follow[0]:
        # A number alone on its line is a cell or a page number unless it closes like a marker.
        found = [reading for reading in found if reading.sign or reading.system in DIVISIONS]
    best: dict[tuple[str, tuple[int, ...]], Reading] = {}
    for reading in sorted(found, key=lambda reading: reading.cost):
        best.setdefault((reading.system, reading.ordinals), reading)
    return tuple(best.values())


def _joins(heads: tuple[str, ...]) -> bool:
    """Whether *heads* may be one marker split over words: ``2 .1.``, ``1 .``, ``a )``."""
    return all(_FRAGMENT.fullmatch(head) for head in heads) and all(
        after[0] in ".,)" or before[-1] in ".," for before, after in pairwise(heads)
    )


def _bullets(heads: tuple[str, ...]) -> list[Reading]:
    bullet = table("markers")["bullet"].get(heads[0])
    if bullet is None or len(heads) < 2:
        return []
    system, sign, cost = bullet
    return [Reading(system, (), sign, cost, (sign,), heads[0], sign)]


def _spaced(heads: tuple[str, ...]) -> list[Reading]:
    """Read ``I – MỤC TIÊU``, ``1 - Các cấp ủy``: the dash of the marker stands by itself.

    It is no damage, so both words stay as they are; what goes on otherwise is a range: 10 - 12.
    """
    if len(heads) < 3 or heads[1] not in _DASHES or not heads[2][:1].isupper():
        return []
    printed = " ".join(heads[:2])
    return [
        replace(reading, words=heads[:2], printed=printed, label=printed)
        for reading in _numbered(heads[:1], f"{heads[0]}-", 0.0)
        if reading.cost == 0
    ]


def _specked(heads: tuple[str, ...], follow: tuple[str, float]) -> list[Reading]:
    """Read ``. 1. Yêu cầu``: a speck before the marker, which is written in its place.

    So is what the edge of a fold or a rule was read as: ``__ 1. Yêu cầu``.
    """
    is_speck = heads[0] in _SPECKS or not heads[0].strip("_")
    if not is_speck or len(heads) < 3:
        return []
    cost = table("markers")["sequence"]["joined"]
    return [
        replace(
            reading,
            cost=reading.cost + cost,
            words=(reading.words[0], "", *reading.words[1:]),
            printed=f"{heads[0]} {reading.printed}",
        )
        for reading in _readings(heads[1:], follow)
        if reading.cost == 0
    ]


def _glued(head: str) -> list[Reading]:
    match = _GLUED.fullmatch(head)
    if match is None:
        return []
    cost = table("markers")["sequence"]["glued"]
    parts = (match["mark"], "·")
    return [
        Reading(
            reading.system,
            reading.ordinals,
            reading.sign,
            reading.cost + cost,
            (f"{reading.label} {match['rest']}",),
            match["mark"],
            reading.label,
        )
        for reading in (*_bullets(parts), *_numbered(parts[:1], match["mark"], 0.0))
    ]


def _divisions(heads: tuple[str, ...], follow: tuple[str, float]) -> list[Reading]:
    """Read ``Phần thứ nhất``, ``Chương II``, ``Mục 1``, ``Điều 1.``: a capital, then a numeral."""
    rules = table("markers")
    system = rules["division"].get(fold(heads[0]))
    if system is None or len(heads) < 2 or not heads[0][:1].isupper():
        return []
    if fold(heads[1]) == "thu" and len(heads) > 2:
        ordinal = rules["ordinal"].get(fold(heads[2]).rstrip(".:"))
        if ordinal is None or system != "part":
            return []
        label = " ".join(heads[:3])
        loose = len(heads) > 3 and follow[1] < 0.6
        cost = rules["sequence"]["loose_division"] if loose else 0.0
        return [Reading(system, (ordinal,), "", cost, heads[:3], label, label)]
    match = _TOKEN.fullmatch(heads[1])
    if match is None:
        return []
    core, sign = match["core"], match["sign"]
    clean, cost = rules["delimiter"].get(sign, ("", 0.0))
    if sign == ":":
        clean, cost = ":", 0.0
    named = len(follow[0].split()) > 1
    # "Điều 5 của Luật" in running text has no stop after the number and goes on in lower case.
    running = system in _COUNTED or (named and follow[1] < 0.6)
    if running and not clean:
        cost += rules["sequence"]["loose_division"]
    options = _arabic(core)
    if system in {"part", "chapter"}:
        options = [*_roman(core), *options]
    return [
        Reading(
            system,
            (ordinal,),
            clean,
            cost + price,
            (heads[0], text + clean),
            " ".join(heads[:2]),
            f"{heads[0]} {text}{clean}",
        )
        for ordinal, text, price in options
    ]


def _numbered(heads: tuple[str, ...], token: str, extra: float) -> list[Reading]:
    match = _TOKEN.fullmatch(token)
    if match is None:
        return []
    rules = table("markers")
    core, seen = match["core"], match["sign"]
    sign, cost = rules["delimiter"].get(seen, ("", rules["sequence"]["bare"]))
    cost += extra
    if seen and not sign:
        return []
    found: list[tuple[str, tuple[int, ...], str, float]] = []
    if match["open"]:
        if sign in {")", "."}:
            # (1, or (1. for (1): a full stop inside brackets is no marker's.
            cost, sign = cost + (0.5 if sign == "." else 0.0), ")"
            found += [("paren", (n,), f"({text})", price) for n, text, price in _arabic(core)]
            found += [("letter", (n,), f"{text})", price + 1.0) for n, text, price in _letter(core)]
        return [_reading(heads, cost, item, sign) for item in found]
    for system, ordinals, text, price in _decimals(core):
        # 1.1 without a closing stop is as usual as 1.1. itself.
        bare = -rules["sequence"]["bare"] if not seen else 0.0
        closing = sign if sign in {".", ")", "-"} else ""
        found.append((system, ordinals, text + closing, price + bare))
    if sign:
        arabic = "paren" if sign == ")" else "arabic"
        found += [(arabic, (n,), text + sign, price) for n, text, price in _arabic(core)]
        found += [("letter", (n,), text + sign, price) for n, text, price in _letter(core)]
        found += [("upper", (n,), text + sign, price) for n, text, price in _upper(core)]
    found += [
        ("roman", (n,), text + (sign or "."), price + (2.0 if sign == ")" else 0.0))
        for n, text, price in _roman(core)
    ]
    if sign == "." and core.isdigit() and len(core) in {2, 3} and "0" not in core:
        digits = tuple(int(digit) for digit in core)
        system = "decimal" if len(core) == 2 else "subdecimal"
        found.append((system, digits, ".".join(core) + ".", 1.5))
    return [_reading(heads, cost, item, sign) for item in found]


def _reading(
    heads: tuple[str, ...],
    cost: float,
    item: tuple[str, tuple[int, ...], str, float],
    sign: str,
) -> Reading:
    system, ordinals, label, price = item
    words = (label, *[""] * (len(heads) - 1))
    return Reading(system, ordinals, sign, cost + price, words, " ".join(heads), label)


def _decimals(core: str) -> list[tuple[str, tuple[int, ...], str, float]]:
    parts = re.split(r"[.,]", core)
    if len(parts) not in {2, 3}:
        return []
    cost = 0.5 * core.count(",")
    system = "decimal" if len(parts) == 2 else "subdecimal"
    # A number inside is worth as much as one alone; the cheapest reading of each part will do.
    found = []
    for options in product(*(_arabic(part)[:1] for part in parts)):
        ordinals = tuple(option[0] for option in options)
        price = cost + sum(option[2] for option in options)
        if max(ordinals) < 100 and min(ordinals) > 0:
            found.append((system, ordinals, ".".join(option[1] for option in options), price))
    return found


def _arabic(core: str) -> Options:
    if not 1 <= len(core) <= 3:
        return []
    digits, cost = _unconfused(core, "0123456789", table("markers")["arabic"])
    # All letters damaged at once is no longer a number: one clean digit, or a single sign.
    if len(core) > 1 and not any(letter in "0123456789" for letter in core):
        cost += 1.0
    return [(int(digits), digits, cost)] if digits and int(digits) else []


def _unconfused(
    core: str, signs: str, confusions: dict[str, tuple[str, float]]
) -> tuple[str, float]:
    """Return *core* in *signs* only, by what each other letter stands for, and the price of that.

    Empty when a letter stands for none of them.
    """
    text, cost = "", 0.0
    for letter in core:
        sign, price = (letter, 0.0) if letter in signs else confusions.get(letter, ("", 0.0))
        if not sign:
            return "", 0.0
        text += sign
        cost += price
    return text, cost


def _roman(core: str) -> Options:
    if not 1 <= len(core) <= 7:
        return []
    numeral, cost = _unconfused(core, "IVX", table("markers")["roman"])
    found: Options = []
    if value := roman_value(numeral):
        found.append((value, numeral, cost))
    # A stroke may be lost; then the same number comes twice and the next is left out.
    if numeral.endswith("I") and (value := roman_value(f"{numeral}I")):
        found.append((value, f"{numeral}I", cost + table("markers")["sequence"]["lost_stroke"]))
    # The serifs of a thick I may be read as another stroke: IL. or 1I. for I.
    fewer = numeral.removesuffix("I")
    if cost and fewer.endswith("I") and (value := roman_value(fewer)):
        found.append((value, fewer, cost + _STROKE))
    return found


def _letter(core: str) -> Options:
    rules = table("markers")
    alphabet = rules["alphabet"]["point"]
    found: Options = [(alphabet.index(core) + 1, core, 0.0)] if core in list(alphabet) else []
    for printed, price in rules["letter"].get(core, []):
        found.append((alphabet.index(printed) + 1, printed, price))
    return found


def _upper(core: str) -> Options:
    alphabet = table("markers")["alphabet"]["upper"]
    return [(alphabet.index(core) + 1, core, 0.0)] if core in list(alphabet) else []


def with_sign(reading: Reading, signs: dict[str, str]) -> Reading:
    """Return *reading* closed as its document closes such markers, if what was seen is no sign.

    ``b,`` becomes ``b)`` or ``b.``; *signs* has the usual closing sign of each system.
    """
    if not reading.ordinals or reading.printed[-1:] not in {",", ":"}:
        return reading
    sign = signs.get(reading.system, ")" if reading.system == "letter" else reading.sign)
    if sign == reading.sign or not reading.label.endswith(reading.sign):
        return reading
    words = list(reading.words)
    at = max(index for index, word in enumerate(words) if word)
    words[at] = words[at].removesuffix(reading.sign) + sign
    label = reading.label.removesuffix(reading.sign) + sign
    cost = max(reading.cost, table("markers")["delimiter"][","][1])
    return replace(reading, sign=sign, cost=cost, words=tuple(words), label=label)


def goes_on_low(reading: Reading, words: tuple[Word, ...]) -> bool:
    """Whether the text after the marker begins with a lower-case letter."""
    if reading.words and " " in reading.words[0]:
        return first_letter(reading.words[0].split(" ", 1)[1]).islower()
    rest = " ".join(word.text for word in words[len(reading.words) :])
    return first_letter(rest).islower()


def bare_division(words: tuple[Word, ...]) -> bool:
    """Whether the line is only ``Chương II`` or the like, its name to follow on the next line."""
    found = readings(words)
    return bool(
        found
        and found[0].system in DIVISIONS - {"article"}
        and not any(word.text for word in words[len(found[0].words) :])
    )
