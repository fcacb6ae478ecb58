"""The margins of the paper: as measured where the forms allow them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from statistics import median

from pipeline.structure.flow import PAPER_WIDTH_MM, Edges
from pipeline.writers.word.layout import Margins, PageLayout

_TOLERANCE = 2.0  # millimetres: what the lid, a cut border or a straightened page make of a margin


def with_sides(form: PageLayout, edges: Sequence[Edges], legal: Margins) -> PageLayout:
    """Return *form* with the left and right margin of pages whose text has these *edges*."""
    seen = [each for each in edges if each.millimetre]
    if not seen:
        return form
    left = median(each.left / each.millimetre for each in seen)
    right = PAPER_WIDTH_MM - median(each.right / each.millimetre for each in seen)
    return replace(
        form,
        left=_legal(left, legal.left, form.left),
        right=_legal(right, legal.right, form.right),
    )


def with_ends(
    form: PageLayout, heads: Iterable[float], feet: Iterable[float], legal: Margins
) -> PageLayout:
    """Return *form* with the top and bottom margin.

    Args:
        form: what stays where nothing was measured.
        heads: what is free above the text of each page, in millimetres.
        feet: what is free below it, of the pages that are full.
        legal: what the margins may be.
    """
    top, bottom = list(heads), list(feet)
    return replace(
        form,
        top=_legal(median(top), legal.top, form.top) if top else form.top,
        bottom=_legal(min(bottom), legal.bottom, form.bottom) if bottom else form.bottom,
    )


def _legal(measured: float, between: tuple[float, float], form: float) -> float:
    """Return *measured* in whole millimetres when it lies within what may be, else the *form*'s."""
    low, high = between
    if abs(measured - form) <= _TOLERANCE or not low - _TOLERANCE <= measured <= high + _TOLERANCE:
        return form
    return min(max(float(round(measured)), low), high)
