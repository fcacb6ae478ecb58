import pytest

from pipeline.correction.tokens import Mark, TokenKind, analyse, is_numeral, pieces


@pytest.mark.parametrize(
    ("word", "kind", "core"),
    [
        ("“Đẩy", TokenKind.WORD, "Đẩy"),
        ("XIII;", TokenKind.NUMERAL, "XIII"),
        ("12-KH/TU", TokenKind.SYMBOL, "12-KH/TU"),
        ("18/3/2022", TokenKind.NUMBER, "18/3/2022"),
        ("2020-2025.", TokenKind.NUMBER, "2020-2025"),
        ("UBND", TokenKind.ACRONYM, "UBND"),
        ("KT-XH", TokenKind.ACRONYM, "KT-XH"),
        ("TỈNH", TokenKind.WORD, "TỈNH"),
        ("./.", TokenKind.NONE, ""),
        ("K&", TokenKind.SYMBOL, "K&"),
        ("t6", TokenKind.SYMBOL, "t6"),
    ],
)
def test_a_word_is_cut_and_its_kind_told(word: str, kind: TokenKind, core: str) -> None:
    token = analyse(word)
    assert (token.kind, token.core) == (kind, core)
    assert token.prefix + token.core + token.suffix == word


@pytest.mark.parametrize("text", ["I", "IV", "XIII", "XL", "XIX"])
def test_roman_numerals_are_known(text: str) -> None:
    assert is_numeral(text)


@pytest.mark.parametrize("text", ["", "IIII", "IVX", "VV", "XIIl"])
def test_what_is_no_roman_numeral_is_refused(text: str) -> None:
    assert not is_numeral(text)


def test_a_sentence_ends_at_stops_but_not_at_commas_or_dots_of_omission() -> None:
    assert analyse("tỉnh.").ends_sentence
    assert analyse("sau:").ends_sentence
    assert not analyse("tỉnh,").ends_sentence
    assert not analyse("rôn...").ends_sentence


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("xã/phường", ("xã/", "phường")),
        ("(Bắc-Nam),", ("(Bắc-", "Nam),")),
        ("nay.Vì", ("nay.", "Vì")),
        ("C.Mác", ("C.", "Mác")),
        ("a)Thực", ("a)", "Thực")),
        ("2.3.Tuyên", ("2.3.", "Tuyên")),
        ("4,6%/năm;", ("4,6%/", "năm;")),
        ("đ/học", ("đ/", "học")),
        ("I-MỤC", ("I-", "MỤC")),
        ("II-NOI", ("II-", "NOI")),
        ("C-Tổ", ("C-", "Tổ")),
        ("2.1-TỔ", ("2.1-", "TỔ")),
    ],
)
def test_words_joined_by_marks_are_cut(word: str, parts: tuple[str, ...]) -> None:
    assert pieces(word) == parts


@pytest.mark.parametrize(
    "word",
    [
        "366-QĐ/TW",
        "KH/TU",
        "v.v.",
        "đ/c",
        "T/M",
        "1.200,5",
        "12.000đ",
        "QĐ-TTg",
        "B-52",
        "I-IV",
        "KT-XH",
        "A-ri",
        "www.tinh.gov.vn",
        "...",
        "",
    ],
)
def test_symbols_abbreviations_and_figures_are_not_cut(word: str) -> None:
    assert pieces(word) == (word,)


@pytest.mark.parametrize(
    ("word", "mark"),
    [("xã", Mark.NONE), ("xã,", Mark.COMMA), ("xã.", Mark.STOP), ("xã),", Mark.STOP)],
)
def test_the_mark_behind_a_word_is_told(word: str, mark: Mark) -> None:
    assert analyse(word).mark is mark


@pytest.mark.parametrize("word", ["https://tinh.gov.vn/van-ban", "van.phong@tinh.gov.vn"])
def test_an_address_is_one_word(word: str) -> None:
    assert pieces(word) == (word,)


def test_a_footnote_sign_is_no_part_of_its_word() -> None:
    assert analyse('dân"².').core == "dân"
