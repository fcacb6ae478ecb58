"""How a document was printed: page, sizes, places, spaces and ornaments, from the boxes of words.

Pure functions from a document to its measures. What always holds: what the record does not tell
has no measure, and is left to the form; a document without boxes has only the ornaments that stand
in its text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.model import FURNITURE, Block, Document
from pipeline.writers.word import ornaments, place
from pipeline.writers.word.layout import POINTS_PER_MM, RULE, Layout, PageLayout
from pipeline.writers.word.lines import FOOT, line_heights
from pipeline.writers.word.look import RULE_UNDER, Look
from pipeline.writers.word.margins import with_ends, with_sides
from pipeline.writers.word.parts import parts
from pipeline.writers.word.rows import Row, Ruler, text_edges
from pipeline.writers.word.signatures import beside
from pipeline.writers.word.sizes import RUNNING, sizes
from pipeline.writers.word.stacking import Frame, Measures, stacked


@dataclass(frozen=True, slots=True)
class Printed:
    """The measures of a document.

    Attributes:
        page: the form's, with the margins that were measured.
        looks: of the blocks of which anything is known.
        frames: of header and closing, by their first block.
        under: the ornament under a block, "" for none; blocks that are not named have the form's.
    """

    page: PageLayout
    looks: Mapping[Block, Look] = field(default_factory=dict)
    frames: Mapping[Block, Frame] = field(default_factory=dict)
    under: Mapping[Block, str] = field(default_factory=dict)


def measure(document: Document, layout: Layout) -> Printed:
    """Return the measures of *document*, whose form is *layout*."""
    edges = text_edges(document, layout.page)
    page = with_sides(layout.page, edges, layout.margins)
    ruler = Ruler(document, edges, page.text_width, layout.height)
    rows = {block: ruler.rows(block.all_spans()) for block in document.blocks}
    shown = {block: found for block, found in rows.items() if block.kind not in FURNITURE}
    content = layout.styles["content"]
    size_of, body = sizes(shown, ruler, content.size or 0)
    heights, line = line_heights(shown, size_of, body, content.line)
    running = [found for block, found in shown.items() if block.kind in RUNNING]
    flush = place.justified(running, page.text_width)
    groups = list(parts(document.blocks))
    under = ornaments.under(document, layout.form, groups, rows, line)
    measures = Measures(
        shown,
        size_of,
        heights,
        line,
        page.text_width,
        flush,
        _drawn(under, layout),
        beside(document),
    )
    looks, frames = stacked(groups, measures)
    heads, feet = _free(ruler, shown.values(), line)
    return Printed(with_ends(page, heads, feet, layout.margins), looks, frames, under)


def _drawn(under: Mapping[Block, str], layout: Layout) -> dict[Block, float]:
    """Return how high in points the ornaments are that are drawn under blocks."""
    rule = (RULE_UNDER.before or 0) + (RULE_UNDER.line or 0)
    text = layout.styles["ornament"].line
    return {block: rule if each == RULE else text for block, each in under.items() if each}


def _free(
    ruler: Ruler, printed: Iterable[Sequence[Row]], line: float
) -> tuple[list[float], list[float]]:
    """Return what is free above the text of each page, and below it on all pages but the last.

    In millimetres; *line* is the height of a line in points.
    """
    baselines: dict[int, list[float]] = {}
    for rows in printed:
        for row in rows:
            baselines.setdefault(row.page, []).append(row.baseline)
    heads = [(min(found) - (1 - FOOT) * line) / POINTS_PER_MM for found in baselines.values()]
    feet = [
        ruler.document.pages[page].height / ruler.edges[page].millimetre
        - (max(found) + FOOT * line) / POINTS_PER_MM
        for page, found in baselines.items()
        if page < max(baselines)
    ]
    return heads, feet
