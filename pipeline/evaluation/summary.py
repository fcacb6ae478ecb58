"""All documents of an evaluation together, and the figures that ``--json`` prints of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import chain

import numpy as np

from pipeline.evaluation.ablation import Ablation
from pipeline.evaluation.bootstrap import Interval, intervals
from pipeline.evaluation.comparison import Comparison
from pipeline.evaluation.counts import Counts, summed
from pipeline.evaluation.doubts import Doubts, together
from pipeline.evaluation.reliability import Bin, binned, calibration_error
from pipeline.evaluation.structure import Score, total

# Figures that only a record gives; without one they are unknown, not 0.
_OF_RECORDS = ("wrong", "fixed", "right", "broken", "figures")


@dataclass(frozen=True, slots=True)
class Summary:
    """What some documents are worth together.

    Attributes:
        documents: each on its own.
        counts: of all; what concerns the reading, of those with a record.
        intervals: of each pooled rate; None when it cannot be told.
        bins: changes by certainty; None when no document has a record.
        doubts: likewise.
        ablations: without each part of correction; None when not asked for, or without a record.
    """

    documents: tuple[Comparison, ...]
    counts: Counts
    intervals: dict[str, Interval | None] | None
    bins: tuple[Bin, ...] | None
    doubts: Doubts | None
    ablations: tuple[Ablation, ...] | None


def summary(
    documents: tuple[Comparison, ...], ablations: tuple[Ablation, ...] | None = None
) -> Summary:
    """Return *documents* (at least one) with everything that is pooled over them."""
    changes = [document.changes for document in documents if document.changes is not None]
    doubts = [document.doubts for document in documents if document.doubts]
    rows = [document.rows for document in documents]
    return Summary(
        documents,
        summed(np.concatenate(rows)),
        intervals(rows),
        binned(list(chain.from_iterable(changes))) if changes else None,
        together(doubts) if doubts else None,
        ablations,
    )


def figures(evaluated: Summary | None, structures: Sequence[Score] = ()) -> dict[str, object]:
    """Return everything as plain values; the keys are the same for all that have a text.

    Without one, *evaluated* is None and only the structure is told.
    """
    told: dict[str, object] = _figures(evaluated) if evaluated else {}
    return {**told, "structure": _structure(structures) if structures else None}


def _figures(evaluated: Summary) -> dict[str, object]:
    bins, doubts, ablations = evaluated.bins, evaluated.doubts, evaluated.ablations
    return {
        **_rates(evaluated.counts, read=doubts is not None),
        "intervals": evaluated.intervals,
        "documents": [
            {"name": document.name, **_rates(document.counts, read=document.doubts is not None)}
            for document in evaluated.documents
        ],
        "reliability": bins and _reliability(bins),
        "doubts": doubts
        and {**asdict(doubts), "recall": doubts.recall, "alarm_share": doubts.alarm_share},
        "ablations": ablations
        and [{"without": row.without, **_rates(row.counts, read=True)} for row in ablations],
    }


def _structure(structures: Sequence[Score]) -> dict[str, object]:
    return {
        **_scored(total(structures)),
        "documents": [{"name": each.name, **_scored(each)} for each in structures],
    }


def _scored(each: Score) -> dict[str, object]:
    return {
        "units": each.units,
        "found": each.found,
        "matched": each.matched,
        "precision": each.precision,
        "recall": each.recall,
        "f1": each.f1,
        "fields": each.fields,
        "fields_right": each.fields_right,
        "fields_wrong": list(each.wrong),
    }


def _rates(counts: Counts, *, read: bool) -> dict[str, float | None]:
    rates: dict[str, float | None] = {
        "cer": counts.cer,
        "wer": counts.wer,
        **asdict(counts),
        "fixed_share": counts.fixed_share,
        "broken_share": counts.broken_share,
        "figures_broken_share": counts.figures_broken_share,
    }
    return {
        key: value if read or not key.startswith(_OF_RECORDS) else None
        for key, value in rates.items()
    }


def _reliability(bins: tuple[Bin, ...]) -> dict[str, object]:
    return {
        "changes": sum(bin_.changes for bin_ in bins),
        "ece": calibration_error(bins),
        "bins": [{**asdict(bin_), "right_share": bin_.right_share} for bin_ in bins],
    }
