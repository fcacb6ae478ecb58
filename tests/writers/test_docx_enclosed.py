"""A second document in the same file is laid out by the form like the first."""

from __future__ import annotations

from pipeline.model import Kind
from pipeline.writers.word.parts import Part, parts

from .builder import Builder


def plan(builder: Builder) -> Builder:
    builder.add(Kind.ISSUING_BODY, "TỈNH ỦY BÌNH SƠN").add(Kind.NUMBER, "Số 15-KH/TU")
    builder.add(Kind.MOTTO, "ĐẢNG CỘNG SẢN VIỆT NAM")
    builder.add(Kind.TYPE, "KẾ HOẠCH").add(Kind.SUBJECT, "trồng rừng")
    return builder.add(Kind.PARAGRAPH, "Các huyện trồng rừng.")


def letter(builder: Builder) -> Builder:
    builder.add(Kind.ISSUING_BODY, "SỞ NÔNG NGHIỆP").add(Kind.NUMBER, "Số: 12/SNN-KL")
    builder.add(Kind.SUBJECT, "V/v trồng rừng").add(Kind.MOTTO, "Độc lập - Tự do - Hạnh phúc")
    builder.add(Kind.ADDRESSEE, "Kính gửi: Các huyện.")
    return builder.add(Kind.PARAGRAPH, "Sở đề nghị các huyện trồng rừng.")


def laid_out(builder: Builder) -> list[Part]:
    return [part for part, _ in parts(builder.document().blocks)]


PLAN = [Part.HEADER, Part.TITLE, Part.BODY]
LETTER = [Part.HEADER, Part.ADDRESSEE, Part.BODY]


def test_the_subject_of_a_letter_stands_in_its_header_whatever_else_is_in_the_file() -> None:
    assert laid_out(letter(plan(Builder()))) == PLAN + LETTER
    assert laid_out(plan(letter(Builder()))) == LETTER + PLAN
