"""The report tells people and machines how an output folder stands, whatever names it holds."""

import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from pipeline.batch.entry import Entry, State
from pipeline.batch.ledger import Ledger
from pipeline.batch.places import Output, Stamp
from pipeline.batch.report import write_report
from pipeline.batch.report.facts import Report, written
from pipeline.batch.report.gathered import BANDS
from pipeline.batch.report.page import page
from pipeline.batch.runs import Ending, Run
from pipeline.batch.standing import Standing
from pipeline.cli import main
from pipeline.errors import (
    DamagedInputError,
    ExitCode,
    MissingInputError,
    OutputExistsError,
    TimedOutError,
)
from pipeline.messages import Language

NASTY = "năm 2019/<b>\"đậm\" & 'x'\n</b>"
VOID = {"meta"}


def document(place: str, state: State = State.DONE, **values: object) -> Standing:
    name = place.rpartition("/")[2]
    outputs = {f"{name}.{kind}": Output(Stamp(1, 1), "x") for kind in ("docx", "json")}
    known = {"pages": 2, "words": 100, "outputs": outputs, **values}
    return Standing(Entry(place, f"vào/{place}.pdf", state, **known), {})  # type: ignore[arg-type]


def report(*documents: Standing, running: bool = False) -> Report:
    runs = [
        Run(1, 1e9, 1e9 + 60, 60.0, 3, 30, Ending.NONE),
        Run(2, 2e9, 2e9 + 120, 120.0, 1, 10, Ending.NONE),
    ]
    return Report("ra", 2e9, running, list(documents), runs, [MissingInputError("không có")])


def some() -> Report:
    failed = Standing(
        Entry("hỏng", "vào/hỏng.pdf", State.FAILED),
        {0: [DamagedInputError("vào/hỏng.pdf", "no pages")]},
    )
    partial = Standing(
        document("dài", doubts=3, confidences=(0,) * 19 + (97,), empty=(1,)).entry,
        {number: [TimedOutError(f"vào/dài.pdf [{number}]")] for number in (2, 3, 4, 7)},
    )
    return report(
        document("sạch", confidences=(0,) * 10 + (40,) + (0,) * 8 + (60,)),
        document(NASTY, doubts=25),
        partial,
        failed,
        document("chờ", State.PENDING, words=0, outputs={}),
        document("của người khác", State.KEPT, words=0, outputs={}),
    )


def facts(of: Report, language: Language) -> dict[str, Any]:
    found: dict[str, Any] = json.loads("".join(written(of, language)))
    return found


class Outline(HTMLParser):
    """Checks that tags are nested, and gathers what a page holds."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def attributes(self, name: str) -> list[str]:
        return [
            value or "" for _, found in self.tags for key, value in found.items() if key == name
        ]

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


@pytest.mark.parametrize("language", list(Language))
def test_the_page_is_whole_in_its_language_without_script_or_network(language: Language) -> None:
    html = page(some(), language)
    outline = Outline(html)

    assert html.startswith("<!DOCTYPE html>")
    assert ("html", {"lang": language.value}) in outline.tags
    assert "script" not in {tag for tag, _ in outline.tags}
    assert not [key for _, found in outline.tags for key in found if key.startswith("on")]
    assert [address for address in outline.attributes("href") if ":" in address] == []
    assert outline.attributes("src") == []
    assert "default-src 'none'" in " ".join(outline.attributes("content"))


def test_what_can_be_read_aloud_is_marked_as_what_it_is() -> None:
    outline = Outline(page(some(), Language.ENGLISH))

    ids = outline.attributes("id")
    assert len(set(ids)) == len(ids)
    assert set(outline.attributes("aria-labelledby")) <= set(ids)
    assert all("scope" in found for tag, found in outline.tags if tag == "th")
    headings = [int(tag[1]) for tag, _ in outline.tags if re.fullmatch(r"h\d", tag)]
    assert headings[0] == 1
    assert all(deeper - higher <= 1 for higher, deeper in pairwise(headings))


def luminance(colour: str) -> float:
    digits = colour if len(colour) == 6 else "".join(2 * digit for digit in colour)
    parts = [int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_words_stand_out_from_the_paper_by_day_by_night_and_in_print() -> None:
    style = page(some(), Language.ENGLISH).partition("<style>")[2].partition("</style>")[0]
    palettes = re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    assert len(palettes) == 3
    for palette in palettes:
        colours = dict(re.findall(r"--(\w+): #(\w+);", palette))
        for paper in ("paper", "tile"):
            for ink in ("ink", "quiet", "link", "bad"):
                light, dark = sorted((luminance(colours[ink]), luminance(colours[paper])))
                assert (dark + 0.05) / (light + 0.05) >= 4.5, (ink, paper)  # WCAG 2, AA


def test_names_are_shown_as_they_are_and_lead_to_their_files() -> None:
    outline = Outline(page(some(), Language.ENGLISH))

    assert "năm 2019/<b>\"đậm\" & 'x'\\n</b>" in outline.text
    assert "b" not in {tag for tag, _ in outline.tags}
    address = "./n%C4%83m%202019/%3Cb%3E%22%C4%91%E1%BA%ADm%22%20%26%20%27x%27%0A%3C/b%3E.docx"
    assert address in outline.attributes("href")


def test_failures_stand_by_kind_with_reason_and_next_step() -> None:
    text = Outline(page(some(), Language.ENGLISH)).text

    assert "Damaged or cut short (1) What to do: Get a new copy or scan again." in text
    assert "vào/hỏng.pdf no pages" in text
    assert "vào/dài.pdf 2–4, 7" in text  # one line for the four pages
    assert "No such file or folder (1)" in text


def test_the_documents_most_in_doubt_come_first() -> None:
    gathered = some().gathered
    order = [each.entry.place for each in gathered.doubtful.shown]

    assert order == [NASTY, "dài"]
    assert gathered.bands == [1, 0, 0, 1, 0, 0, 1]
    assert len(gathered.bands) == len(BANDS) + 1


def test_a_long_table_is_cut_and_says_so() -> None:
    many = report(*(document(f"văn bản {number}", doubts=1) for number in range(10_000)))

    html = page(many, Language.ENGLISH)

    assert "and 9,950 more; all of them are in report.json" in html
    assert len(html) < 100_000
    assert len(facts(many, Language.ENGLISH)["documents"]) == 10_000


def test_a_run_that_never_said_that_it_ended_was_cut_off_unless_it_goes_on() -> None:
    ended = Outline(page(report(), Language.ENGLISH)).text
    running = Outline(page(report(running=True), Language.ENGLISH)).text

    assert ended.count("Cut off") == 2
    assert (running.count("Cut off"), running.count("Going on")) == (1, 1)


def test_speed_is_that_of_the_last_run_and_of_all() -> None:
    speed = facts(report(), Language.ENGLISH)["speed"]

    assert speed["last_run"]["pages_per_minute"] == 5.0
    assert speed["all_runs"]["pages_per_minute"] == 13.3


def test_the_json_has_the_keys_that_its_version_promises() -> None:
    found = facts(some(), Language.VIETNAMESE)

    assert (found["schema"], found["schema_version"]) == ("vanban-report", 1)
    assert set(found) >= {
        *("schema", "schema_version", "vanban", "language", "created", "out", "running"),
        *("totals", "speed", "runs", "confidences", "doubtful_shares", "passed_over", "documents"),
    }
    assert found["totals"] == {
        "documents": 6,
        "pages": 10,
        "words": 300,
        "corrections": 0,
        "doubts": 28,
        "failures": 6,
        "failed_pages": 4,
        "empty_pages": 1,
        "doubtful_share": 0.0933,
        "by_state": {
            "done": 2,
            "partial": 1,
            "failed": 1,
            "kept": 1,
            "reading": 0,
            "writing": 0,
            "pending": 1,
        },
    }
    assert len(found["confidences"]) == 20
    assert sum(found["confidences"]) == 197
    assert set(found["runs"][0]) == {
        *("number", "started", "ended", "ending", "documents", "pages", "seconds"),
        "pages_per_minute",
    }
    failed = next(each for each in found["documents"] if each["place"] == "hỏng")
    assert set(failed) == {
        *("place", "input", "state", "pages", "words", "corrections", "doubts", "doubtful_share"),
        *("seconds", "empty_pages", "outputs", "failures"),
    }
    (failure,) = failed["failures"]
    assert (failure["code"], failure["name"], failure["page"]) == (14, "DAMAGED_INPUT", None)
    assert failure["reason"] == "tệp hỏng hoặc bị cắt cụt (không có trang nào)"
    assert failure["message"] == f"vào/hỏng.pdf: {failure['reason']}; {failure['next_step']}"


def test_an_empty_folder_has_a_report_too() -> None:
    nothing = Report("ra", 0.0, False, [], [], [])

    assert facts(nothing, Language.ENGLISH)["speed"] == {"last_run": None, "all_runs": None}
    assert Outline(page(nothing, Language.ENGLISH)).text


def test_a_report_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    theirs = tmp_path / "report.html"
    theirs.write_text("<p>Báo cáo quý I</p>", encoding="utf-8")
    with Ledger.open(tmp_path / ".vanban") as ledger:
        with pytest.raises(OutputExistsError, match=r"report\.html"):
            write_report(tmp_path, ledger, Language.ENGLISH, running=False)
        assert theirs.read_text(encoding="utf-8") == "<p>Báo cáo quý I</p>"
        assert not (tmp_path / "report.json").exists()

        for _ in range(2):  # the second time it is ours
            write_report(tmp_path, ledger, Language.ENGLISH, running=False, overwrite=True)
        write_report(tmp_path, ledger, Language.ENGLISH, running=False)
    assert "vanban" in theirs.read_text(encoding="utf-8")
    assert not list(tmp_path.rglob("*.part"))


def test_a_far_output_folder_has_its_report_there(tmp_path: Path) -> None:
    upath = pytest.importorskip("upath")
    out = upath.UPath("memory://báo cáo/ra")
    with Ledger.open(tmp_path) as ledger:
        place = write_report(out, ledger, Language.ENGLISH, running=False)

    assert place.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert json.loads((out / "report.json").read_text(encoding="utf-8"))["documents"] == []


def test_a_run_writes_it_and_the_status_writes_it_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VANBAN_LANG", "en")
    monkeypatch.chdir(tmp_path)
    Path("vào").mkdir()
    Path("vào/report.txt").write_text("CHỈ THỊ\nvề công tác văn thư\n", encoding="utf-8")
    convert = ["convert", "vào", "không có", "--out", "ra", "--formats", "json", "--jobs", "1"]

    assert main(convert) == ExitCode.PARTIAL
    assert capsys.readouterr().err.endswith(f"; report: {Path('ra/report.html')}\n")
    found = json.loads(Path("ra/report.json").read_text(encoding="utf-8"))
    assert [each["outputs"] for each in found["documents"]] == [["report (txt).json"]]
    assert [each["subject"] for each in found["passed_over"]] == ["không có"]
    assert found["runs"][0]["ending"] == "complete"
    assert found["speed"]["last_run"]["pages"] == 1

    for name in ("report.html", "report.json"):
        Path("ra", name).unlink()
    assert main(["status", "ra", "--report", "--lang", "vi"]) == ExitCode.OK
    assert capsys.readouterr().err == f"báo cáo: {Path('ra/report.html')}\n"
    assert '<html lang="vi">' in Path("ra/report.html").read_text(encoding="utf-8")

    Path("ra/report.json").write_text("{}", encoding="utf-8")
    assert main(["status", "ra", "--report"]) == ExitCode.OUTPUT_EXISTS
    assert main(convert) == ExitCode.PARTIAL
    assert "report.json: not a report of vanban" in capsys.readouterr().err
    assert Path("ra/report.json").read_text(encoding="utf-8") == "{}"
    assert main([*convert[:2], *convert[3:], "--on-existing", "fail"]) == ExitCode.OUTPUT_EXISTS


def test_a_run_that_could_not_begin_is_no_run_that_was_cut_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    far = ["--cluster", "tcp://máy:8786", "--debug-images", "ảnh"]
    assert main(["convert", ".", "--out", "ra", *far]) == ExitCode.BAD_SETTING

    with Ledger.look_into(Path("ra/.vanban")) as ledger:
        assert [run.ending for run in ledger.runs()] == [Ending.TROUBLE]


def test_a_ledger_of_the_version_before_learns_of_runs(tmp_path: Path) -> None:
    with Ledger.open(tmp_path) as ledger:
        ledger.expect([("a", "vào/a.pdf")])
        ledger._connection.executescript("DROP TABLE runs; PRAGMA user_version = 1;")

    with Ledger.open(tmp_path) as ledger:
        assert [entry.place for entry in ledger.entries()] == ["a"]
        assert ledger.begin_run().number == 1
        assert ledger.begin_run().number == 2


CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "chrome"))), None)
NARROW = """<script>addEventListener("load", () => {
  const page = document.documentElement;
  document.title = [page.scrollWidth <= innerWidth, document.querySelectorAll("h2").length];
})</script></body>"""


@pytest.mark.slow
@pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium to look at the page")
@pytest.mark.parametrize("language", list(Language))
def test_a_browser_shows_it_on_a_narrow_screen_without_moving_sideways(
    tmp_path: Path, language: Language
) -> None:
    long = document("không dấu cách " + "dài" * 60, doubts=50)
    html = page(report(*some().documents, long), language)
    policy = re.search(r"<meta http-equiv=[^>]+>", html)
    assert policy is not None
    narrow = tmp_path / "hẹp.html"  # the page itself allows no script; this copy measures it
    narrow.write_text(html.replace(policy[0], "").replace("</body>", NARROW), encoding="utf-8")

    done = subprocess.run(
        [
            *(str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"),
            *(f"--user-data-dir={tmp_path / 'hồ sơ'}", "--window-size=500,800", narrow.as_uri()),
        ],
        capture_output=True,
        timeout=120,
        check=True,
        text=True,
        encoding="utf-8",
    )

    assert "<title>true,8</title>" in done.stdout
