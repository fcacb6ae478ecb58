import pytest
from unidecode import unidecode

from pipeline.correction.profile import choose, detect
from pipeline.errors import BadSettingError

TEXT = """Thực hiện Chương trình công tác năm, Ban Thường vụ Tỉnh ủy Bình Sơn yêu cầu các cấp ủy,
tổ chức đảng trong tỉnh khẩn trương xây dựng kế hoạch và báo cáo kết quả trước ngày 15 tháng 6."""
ENGLISH = """Thuc hién Chuong trinh cong tac nam, Ban Thuong vu Tinh uy Binh Son yéu cau cac cap uy,
t6 chirc dang trong tinh khan truong xay dung ké hoach va bao cao két qua trudc ngay 15 thang 6."""


def test_the_reader_is_told_from_the_text() -> None:
    assert detect(TEXT.split()) == "vie"
    assert detect(ENGLISH.split()) == "english"
    assert detect(unidecode(TEXT).split()) == "stripped"


def test_badly_damaged_vietnamese_is_still_not_english() -> None:
    damaged = TEXT.replace("i", "l").replace("n", "m").replace("tổ", "t0")
    assert detect(damaged.split()) == "vie"


def test_of_too_few_words_the_careful_profile_is_assumed() -> None:
    assert detect(["Tỉnh", "uy", "Binh", "Son"]) == "vie"
    assert detect(["6", "chi"]) == "vie"


def test_a_few_words_without_a_mark_have_lost_them_unless_our_own_reader_saw_them() -> None:
    assert detect(["6", "dong", "chi"]) == "stripped"
    assert detect(["6", "dong", "chi"], ours=True) == "vie"


def test_an_unknown_profile_is_named() -> None:
    with pytest.raises(BadSettingError, match="french"):
        choose("french", [])
