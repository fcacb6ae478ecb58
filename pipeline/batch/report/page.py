"""The report as one page of HTML: no script, no network, for the screen and for paper.

What always holds: names and messages are escaped; long tables are cut and say so, as everything is
in ``report.json``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib import resources
from itertools import pairwise
from typing import Final
from urllib.parse import quote

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from pipeline import __version__
from pipeline.batch.progress import duration
from pipeline.batch.report.facts import Report
from pipeline.batch.report.gathered import BANDS, STATES, Case, Failed
from pipeline.batch.reserved import GENERATOR
from pipeline.batch.runs import Ending, Run
from pipeline.batch.standing import Standing
from pipeline.errors import VanbanError
from pipeline.messages import Language, forms, next_step, printable, reason, say, seen

_CODE: Final = re.compile(r"(`[^`]+`|--[a-z][a-z-]+(?: overwrite)?|\[[a-z]+\] [a-z_]+)")
_RUNS: Final = 10


@dataclass(frozen=True, slots=True)
class _Row:
    """What failed in one way: an input, its pages (empty for the whole), and what was seen."""

    name: str
    pages: str
    seen: str


@dataclass(frozen=True, slots=True)
class _Kind:
    """All failures of one kind.

    Attributes:
        rows: those that are shown.
        total: how many rows there are.
        count: how many failures these are; those of all kinds are the total.
    """

    reason: str
    next_step: str
    rows: list[_Row]
    total: int
    count: int

    @property
    def with_pages(self) -> bool:
        """Whether it befell single pages."""
        return any(row.pages for row in self.rows)

    @property
    def with_seen(self) -> bool:
        """Whether more was seen than its kind tells."""
        return any(row.seen for row in self.rows)


def page(report: Report, language: Language) -> str:
    """Return the report as HTML in *language*."""
    gathered = report.gathered
    return _template().render(
        report=report,
        gathered=gathered,
        language=language,
        generator=Markup(GENERATOR),  # noqa: S704  # ours
        style=Markup(_resource("page.css")),  # noqa: S704  # ours
        version=__version__,
        kinds=_kinds(gathered.failed, language),
        bands=_bands(gathered.bands, language),
        columns=_columns(gathered.confidences, language),
        runs=report.runs[: -_RUNS - 1 : -1],
        last=report.runs[-1] if report.runs else None,
        states=[state for state in STATES if gathered.states[state]["documents"]],
        say=partial(say, language),
        number=partial(forms.number, language=language),
        share=partial(forms.share, language=language),
        moment=partial(forms.moment, language=language),
        duration=partial(duration, language=language),
        ending=partial(_ending, report),
        with_code=_with_code,
        links=_links,
        ranges=forms.ranges,
        printable=printable,
        sentence=_sentence,
    )


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(_resource("page.html.jinja"))


def _resource(name: str) -> str:
    return resources.files(__package__ or "").joinpath(name).read_text(encoding="utf-8")


def _kinds(failed: Mapping[type[VanbanError], Failed], language: Language) -> list[_Kind]:
    """Return the failures by kind, the most frequent first; those of one input are one row."""
    by_count = sorted(failed.items(), key=lambda pair: (-pair[1].count, pair[0].__name__))
    return [
        _Kind(
            reason(language, kind("")),
            next_step(language, kind("")),
            [_row(case, language) for case in found.cases.shown],
            found.cases.total,
            found.count,
        )
        for kind, found in by_count
    ]


def _row(case: Case, language: Language) -> _Row:
    details = dict.fromkeys(seen(language, failure) for _, failure in case.failures)
    pages = forms.ranges(number for number, _ in case.failures if number)
    return _Row(case.name, pages, "; ".join(filter(None, details)))


def _bands(counts: Sequence[int], language: Language) -> list[tuple[str, int, float]]:
    """Return name, documents and length of bar (0 to 1) of each band of doubtful shares."""
    names = [
        say(language, "report.band_none"),
        *(
            say(language, "report.band", low=round(100 * low), high=round(100 * high))
            for low, high in pairwise(BANDS)
        ),
        say(language, "report.band_above", low=round(100 * BANDS[-1])),
    ]
    most = max(counts) or 1
    return [(name, count, count / most) for name, count in zip(names, counts, strict=True)]


def _columns(counts: Sequence[int], language: Language) -> list[tuple[str, int, float, float]]:
    """Return of each step of confidence: name, words, share of words, height (0 to 1)."""
    total, most = sum(counts), max(counts, default=0)
    step = 1 / len(counts) if counts else 0.0
    number = partial(forms.number, language=language, decimals=2)
    return [
        (
            f"{number(index * step)}–{number((index + 1) * step)}",
            count,
            count / total,
            count / most,
        )
        for index, count in enumerate(counts)
    ]


def _ending(report: Report, run: Run) -> str:
    """Return the key of the words for how *run* ended: one that cannot go on any more was killed.

    Only the last one can be the one that holds the output folder now.
    """
    if run.ending is not Ending.NONE:
        return run.ending.value
    return "running" if report.running and run.number == report.runs[-1].number else "killed"


def _links(document: Standing) -> list[tuple[str, str]]:
    """Return ending and address of each output of a document, its Word file first."""
    folder, _, name = document.entry.place.rpartition("/")
    return [
        (output.removeprefix(f"{name}."), _address(folder, output))
        for output in sorted(document.entry.outputs, key=lambda each: (not _is_word(each), each))
    ]


def _is_word(name: str) -> bool:
    return name.endswith(".docx")


def _address(folder: str, name: str) -> str:
    return quote(f"./{folder}/{name}" if folder else f"./{name}")


def _with_code(text: str) -> Markup:
    """Return *text* with what is to be typed as such: it is set apart and not broken."""
    return Markup().join(  # every part is escaped
        Markup("<code>{}</code>").format(part.strip("`")) if index % 2 else part
        for index, part in enumerate(_CODE.split(text))
    )


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
