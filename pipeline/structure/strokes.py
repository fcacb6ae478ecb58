"""Lost strokes: the one Roman numeral that has room between its two neighbours.

``I.`` ``I.`` ``III.``: the second is II, a stroke of which was not read. The search for the
hierarchy would rather take it for a misread 1 and the next for a leap; here the neighbours say that
nothing was left out. They prove it only where all three are Roman as printed, close with the same
sign and are set alike: a title in small letters between two in capitals may well be a 1.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.correction.numerals import roman_value
from pipeline.structure.flow import capitals
from pipeline.structure.form import table
from pipeline.structure.markers import Reading
from pipeline.structure.paragraphs import Paragraph

_CAPS = 0.7
_NUMERAL = re.compile("[IVX]+")


def with_proved_strokes(
    sequence: Sequence[Paragraph], options: Sequence[tuple[Reading, ...]]
) -> list[tuple[Reading, ...]]:
    """Return *options*, the readings of each paragraph, and what their neighbours prove."""
    proved: dict[int, Reading] = {}
    heads = [index for index, heads in enumerate(options) if _printed(heads)]
    for three in zip(heads, heads[1:], heads[2:], strict=False):
        above, own, below = (each for at in three if (each := _printed(options[at])))
        room = own.ordinal != above.ordinal + 1 and below.ordinal == above.ordinal + 2
        whole = _restored(own, above.ordinal + 1)
        caps = {_in_capitals(sequence[at]) for at in three}
        if room and whole and len(caps) == 1 and above.sign == own.sign == below.sign:
            proved[three[1]] = whole
    # Where the neighbour is as doubtful, III. V. V. VII., either may be the one: neither is proved.
    doubtful = {at for at, other in pairwise(heads) if at in proved and other in proved}
    doubtful |= {at for other, at in pairwise(heads) if at in proved and other in proved}
    found = list(options)
    for index in proved.keys() - doubtful:
        found[index] = (*options[index], proved[index])
    return found


def _printed(heads: tuple[Reading, ...]) -> Reading | None:
    """Return the reading of a head as the Roman numeral that is printed, if it is one."""
    return next((each for each in heads if each.system == "roman" and each.cost == 0), None)


def _restored(printed: Reading, ordinal: int) -> Reading | None:
    """Return the reading of *printed* as *ordinal*, if one stroke more makes it that."""
    numeral = _NUMERAL.match(printed.label)
    if numeral is None:
        return None
    for whole in (f"{numeral[0]}I", f"I{numeral[0]}"):
        if roman_value(whole) == ordinal:
            first, *others = printed.words
            rest = printed.label.removeprefix(numeral[0])
            return replace(
                printed,
                ordinals=(ordinal,),
                cost=table("markers")["sequence"]["proved_stroke"],
                words=(first.replace(numeral[0], whole, 1), *others),
                label=f"{whole}{rest}",
            )
    return None


def _in_capitals(paragraph: Paragraph) -> bool:
    return capitals(" ".join(word.text for word in paragraph.pieces[0].words[1:])) > _CAPS
