"""An evaluation as tables for a terminal of 100 columns."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from textwrap import fill
from typing import Final

from pipeline.evaluation.ablation import Ablation
from pipeline.evaluation.bootstrap import LEVEL, Interval
from pipeline.evaluation.counts import RATES, Counts
from pipeline.evaluation.doubts import Doubts
from pipeline.evaluation.reliability import Bin, calibration_error
from pipeline.evaluation.structure import Score, total
from pipeline.evaluation.summary import Summary
from pipeline.messages import Language, say

WIDTH: Final = 100  # columns
LONGEST: Final = 28  # of a document's name
_NONE: Final = "-"
_OF_ALL_TEXTS: Final = ("cer", "wer")  # the other rates need a record


def tables(evaluated: Summary, language: Language) -> str:
    """Return what an evaluation prints: documents, all together, certainty, doubts, ablations."""
    parts = [_pooled(evaluated, language)]
    if len(evaluated.documents) > 1:
        parts.insert(0, _documents(evaluated, language))
    if evaluated.bins and any(bin_.changes for bin_ in evaluated.bins):
        parts.append(_reliability(evaluated.bins, language))
    if evaluated.doubts:
        parts.append(_doubts(evaluated.doubts, language))
    if evaluated.ablations:
        parts.append(_ablations(evaluated.ablations, language))
    return "\n\n".join(parts)


def _documents(evaluated: Summary, language: Language) -> str:
    title = partial(_title, language)
    head = [title("document"), title("words"), "CER", "WER", title("fixed"), "", title("broken")]
    rows = [[*head, "", title("figures")]]
    for document in evaluated.documents:
        rows.append([_short(document.name), *_row(document.counts, read=bool(document.doubts))])
    rows.append([title("all"), *_row(evaluated.counts, read=bool(evaluated.doubts))])
    return _aligned(rows)


def _row(counts: Counts, *, read: bool) -> list[str]:
    rates = [f"{counts.words}", f"{counts.cer:.2%}", f"{counts.wer:.2%}"]
    if not read:
        return [*rates, _NONE, _NONE, _NONE, _NONE, _NONE]
    return [
        *rates,
        f"{counts.fixed}/{counts.wrong}",
        f"{counts.fixed_share:.1%}" if counts.wrong else _NONE,
        f"{counts.broken}/{counts.right}",
        f"{counts.broken_share:.2%}" if counts.right else _NONE,
        f"{counts.figures_broken}/{counts.figures}",
    ]


def _pooled(evaluated: Summary, language: Language) -> str:
    counts = evaluated.counts
    title = say(
        language, "evaluate.documents", documents=len(evaluated.documents), words=counts.words
    )
    known = evaluated.intervals
    rows = [[title, "", say(language, "evaluate.interval", level=LEVEL) if known else "", ""]]
    for rate, (part, whole) in RATES.items():
        value = f"{getattr(counts, rate):.2%}"
        between = _between(known[rate]) if known else ""
        of = ""
        if rate not in _OF_ALL_TEXTS:
            if not evaluated.doubts:
                continue
            all_ = getattr(counts, whole)
            of = say(language, "evaluate.of", part=getattr(counts, part), all=all_)
            value = value if all_ else _NONE
        rows.append([_title(language, rate), value, between, of])
    return _aligned(rows)


def _between(interval: Interval | None) -> str:
    return "{:.2%} – {:.2%}".format(*interval) if interval else _NONE


def _reliability(bins: Sequence[Bin], language: Language) -> str:
    rows = [[_title(language, key) for key in ("certainty", "changes", "made", "right", "mean")]]
    for bin_ in bins:
        if bin_.changes:
            share, mean = f"{bin_.right_share:.1%}", f"{bin_.certainty:.3f}"
            numbers = [f"{bin_.changes}", f"{bin_.made}", share, mean]
            rows.append([f"{bin_.low:.2f} – {bin_.high:.2f}", *numbers])
    line = say(language, "evaluate.reliability", ece=calibration_error(bins))
    return f"{line}\n{_aligned(rows)}"


def _doubts(doubts: Doubts, language: Language) -> str:
    rows = [[_title(language, "marked"), f"{doubts.marked}", ""]]
    for part, whole, share in (
        ("wrong_marked", doubts.wrong, doubts.recall),
        ("right_marked", doubts.right, doubts.alarm_share),
    ):
        of = say(language, "evaluate.of", part=getattr(doubts, part), all=whole)
        rows.append([_title(language, part), of, f"{share:.1%}" if whole else _NONE])
    return _aligned(rows)


def _ablations(ablations: Sequence[Ablation], language: Language) -> str:
    head = ["WER", *(_title(language, key) for key in ("fixed", "", "broken", "", "figures"))]
    rows = [["", *head]]
    for ablation in ablations:
        key = f"without_{ablation.without}" if ablation.without else "with_all"
        rows.append([_title(language, key), *_row(ablation.counts, read=True)[2:]])
    return f"{_title(language, 'ablations')}\n{_aligned(rows)}"


def structure_table(structures: Sequence[Score], language: Language) -> str:
    """Return how well outlines and metadata are rebuilt, and which fields are wrong."""
    title = partial(_title, language)
    keys = ("document", "units", "precision", "recall", "f1", "fields")
    rows = [[title(key) for key in keys]]
    rows += [[_short(each.name), *_structured(each, language)] for each in structures]
    if len(structures) > 1:
        rows.append([title("all"), *_structured(total(structures), language)])
    wrong = [
        fill(f"{_short(each.name)}: {title('wrong_fields')} {', '.join(each.wrong)}", WIDTH)
        for each in structures
        if each.wrong
    ]
    return "\n".join([_aligned(rows), *wrong])


def _structured(each: Score, language: Language) -> list[str]:
    rates = [f"{rate:.3f}" for rate in (each.precision, each.recall, each.f1)]
    fields = say(language, "evaluate.of", part=each.fields_right, all=each.fields)
    known = [f"{each.units}", *rates] if each.units or each.found else [_NONE] * 4
    return [*known, fields if each.fields else _NONE]


def _title(language: Language, key: str) -> str:
    return say(language, f"evaluate.{key}") if key else ""


def _short(name: str) -> str:
    """Return *name*, the middle left out when it is long."""
    if len(name) <= LONGEST:
        return name
    half = (LONGEST - 1) // 2
    return f"{name[: LONGEST - 1 - half]}…{name[-half:]}"


def _aligned(rows: Sequence[Sequence[str]]) -> str:
    """Return *rows* with the first column to the left and the others to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = (
        "  ".join(
            cell.rjust(width) if index else cell.ljust(width)
            for index, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )
    return "\n".join(line.rstrip() for line in lines)
