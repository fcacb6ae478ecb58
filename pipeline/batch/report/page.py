"""The report as one page of HTML: no script, no network, for the screen and for paper.

What always holds: names and messages are escaped; long tables are cut and say so, as everything is
in ``report.json``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
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
from pipeline.batch.report.facts import BANDS, OPEN, STATES, Report
from pipeline.batch.reserved import GENERATOR
from pipeline.batch.runs import Ending, Run
from pipeline.batch.standing import Standing
from pipeline.errors import VanbanError
from pipeline.messages import Language, forms, next_step, printable, reason, say, seen

_CODE: Final = re.compile(r"(`[^`]+`|--[a-z][a-z-]+(?: overwrite)?|\[[a-z]+\] [a-z_]+)")
_ROWS: Final = 50  # of a table; the rest stands in the JSON
_RUNS: Final = 10


@dataclass(frozen=True, slots=True)
class _Failed:
    """What failed in one way: an input, its pages (empty for the whole), what was seen, how often.

    Attributes:
        count: of the failures, as the total counts them.
    """

    name: str
    pages: str
    seen: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class _Kind:
    """All failures of one kind."""

    reason: str
    next_step: str
    cases: list[_Failed]

    @property
    def count(self) -> int:
        """How many failures these are; those of all kinds are the total."""
        return sum(case.count for case in self.cases)

    @property
    def with_pages(self) -> bool:
        """Whether it befell single pages."""
        return any(case.pages for case in self.cases)

    @property
    def with_seen(self) -> bool:
        """Whether more was seen than its kind tells."""
        return any(case.seen for case in self.cases)


def page(report: Report, language: Language) -> str:
    """Return the report as HTML in *language*."""
    return _template().render(
        report=report,
        language=language,
        generator=Markup(GENERATOR),  # noqa: S704  # ours
        style=Markup(_resource("page.css")),  # noqa: S704  # ours
        version=__version__,
        kinds=kinds(report, language),
        bands=_bands(report, language),
        columns=_columns(report.confidences, language),
        runs=report.runs[: -_RUNS - 1 : -1],
        open=report.in_state(*OPEN),
        empty=[document for document in report.documents if document.entry.empty],
        kept=report.in_state("kept"),
        last=report.runs[-1] if report.runs else None,
        states=[state for state in STATES if report.states[state]["documents"]],
        rows=_ROWS,
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


def kinds(report: Report, language: Language) -> list[_Kind]:
    """Return the failures by kind, the most frequent first; those of one document are one case."""
    found: dict[type[VanbanError], list[_Failed]] = {}
    for failure in report.passed_over:
        found.setdefault(type(failure), []).append(
            _Failed(failure.subject, "", seen(language, failure))
        )
    for document in report.documents:
        of_document: dict[type[VanbanError], list[tuple[int, VanbanError]]] = {}
        for number, failure in document.all_failures:
            of_document.setdefault(type(failure), []).append((number, failure))
        for kind, failures in of_document.items():
            found.setdefault(kind, []).append(_failed(document, failures, language))
    by_kind = [
        _Kind(reason(language, kind("")), next_step(language, kind("")), found[kind])
        for kind in sorted(found, key=lambda kind: kind.__name__)
    ]
    return sorted(by_kind, key=lambda kind: -kind.count)


def _failed(
    document: Standing, failures: Sequence[tuple[int, VanbanError]], language: Language
) -> _Failed:
    details = dict.fromkeys(seen(language, failure) for _, failure in failures)
    pages = forms.ranges(number for number, _ in failures if number)
    return _Failed(document.entry.input, pages, "; ".join(filter(None, details)), len(failures))


def _bands(report: Report, language: Language) -> list[tuple[str, int, float]]:
    """Return name, documents and length of bar (0 to 1) of each band of doubtful shares."""
    names = [
        say(language, "report.band_none"),
        *(
            say(language, "report.band", low=round(100 * low), high=round(100 * high))
            for low, high in pairwise(BANDS)
        ),
        say(language, "report.band_above", low=round(100 * BANDS[-1])),
    ]
    most = max(report.bands) or 1
    return [(name, count, count / most) for name, count in zip(names, report.bands, strict=True)]


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
