"""Titles have one face, and headings of a depth that the form leaves open that of the paper."""

from dataclasses import replace

from pipeline.model import Document, Kind, Word

from .builder import Builder
from .reading import opened, the


def seen(text: str) -> Word:
    """Return a word as someone saw it: ``b:``, ``i:``, ``bi:`` or ``:`` before its letters."""
    face, _, letters = text.partition(":")
    return Word(letters, bold="b" in face, italic="i" in face)


def of(*blocks: tuple[Kind, int, int, str]) -> Document:
    """Return a document of blocks, each a kind, a level, words of title and the words as seen."""
    builder = Builder()
    for kind, level, title, text in blocks:
        label = text.split()[0].partition(":")[2]
        builder.add(kind, text, level=level, label=label, title=title)
    page = builder.document().pages[0]
    lines = tuple(
        replace(line, words=tuple(seen(word.ocr) for word in line.words)) for line in page.lines
    )
    return replace(builder.document(), pages=(replace(page, lines=lines),))


def faces(document: Document, opening: str) -> list[tuple[str, bool | None, bool | None]]:
    runs = the(opened(document), opening).runs
    return [(run.text.strip(), run.font.bold, run.font.italic) for run in runs]


def test_deep_headings_look_as_most_of_their_words_do() -> None:
    document = of(
        (Kind.HEADING, 3, 0, "i:a) i:Đến i:năm i:2025"),
        (Kind.HEADING, 3, 0, "i:b) bi:Đến :năm i:2030"),
    )
    # The form's style is bold italic; on the paper they are italic alone.
    assert faces(document, "a)") == [("a) Đến năm 2025", False, None)]
    assert faces(document, "b)") == [("b) Đến năm 2030", False, None)]


def test_headings_of_the_first_depths_and_articles_look_as_the_form_has_them() -> None:
    document = of(
        (Kind.HEADING, 2, 0, "i:1. i:Mục i:đích"),
        (Kind.HEADING, 3, 0, "i:Điều i:2. i:Hiệu i:lực"),
    )
    assert faces(document, "1.") == [("1. Mục đích", None, None)]
    document = of((Kind.HEADING, 3, 0, "i:Điều i:2."))
    document = replace(document, blocks=(replace(document.blocks[0], label="Điều 2."),))
    assert faces(document, "Điều") == [("Điều 2.", None, False)]


def test_a_title_that_runs_into_its_text_has_one_face() -> None:
    document = of((Kind.HEADING, 3, 4, "bi:2.1. bi:Hạ bi:tầng b:số: :Mở :rộng i:mạng"))
    assert faces(document, "2.1.") == [
        ("2.1. Hạ tầng số:", True, True),
        ("Mở rộng", None, None),
        ("mạng", None, True),
    ]


def test_a_title_of_the_first_depths_is_never_less_than_bold_a_deeper_one_may_be() -> None:
    words = "i:1. i:Nội i:dung: :Mở :rộng :mạng"
    document = of((Kind.HEADING, 2, 3, words), (Kind.HEADING, 3, 3, words.replace("1.", "a)")))
    assert faces(document, "1.")[0] == ("1. Nội dung:", None, True)
    assert faces(document, "a)")[0] == ("a) Nội dung:", False, True)
