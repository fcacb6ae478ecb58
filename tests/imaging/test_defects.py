"""One defect at a time: shade, borders, seals, speckle, resolution, rulings, blank pages."""

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw

from pipeline.components import label
from pipeline.image import paper_level, rescale
from pipeline.imaging import (
    blank,
    borders,
    holes,
    noise,
    paleseals,
    resolution,
    rings,
    rulings,
    seals,
    shade,
)
from pipeline.imaging.ink import ink_mask, letter_height
from pipeline.imaging.textlines import look
from pipeline.model import Box
from tests.imaging import drawing


def ink_kept(original: np.ndarray, cleaned: np.ndarray) -> float:
    """Return the share of the original's ink that is still ink."""
    ink = original < 128
    return float((cleaned[ink] < 160).mean())


@pytest.mark.parametrize(("dpi", "points"), [(300, 14), (200, 12), (150, 14), (110, 13)])
def test_height_of_letters_is_found(dpi: int, points: int) -> None:
    expected = 0.459 * points * dpi / 72  # the x-height of Liberation Serif and Times
    measured = letter_height(label(ink_mask(drawing.draw(dpi, points)))[1])
    assert measured == pytest.approx(expected, rel=0.12)


def test_too_little_text_has_no_letter_height() -> None:
    assert letter_height(label(ink_mask(drawing.draw(200, text="Nơi nhận")))[1]) is None


def test_shade_is_measured_and_divided_out() -> None:
    page = drawing.draw(200)
    background, spread = shade.measure_shade(drawing.shade(page, 0.5))
    assert spread == pytest.approx(0.48, abs=0.05)
    assert shade.is_uneven(spread)
    even = shade.even_out(drawing.shade(page, 0.5), background)
    assert np.abs(even[page == 255].astype(int) - 255).mean() < 4
    assert ink_kept(page, even) > 0.99


def test_the_sharp_edge_of_a_shadow_leaves_no_band() -> None:
    page = drawing.draw(200)
    light = np.ones(page.shape, np.float32)
    light[:, 1000:] = 0.55
    shadowed = np.asarray(page * cv2.GaussianBlur(light, (0, 0), 8), np.uint8)  # a millimetre wide
    background, spread = shade.measure_shade(shadowed)
    assert shade.is_uneven(spread)
    even = shade.even_out(shadowed, background)
    beside = np.s_[:, 980:1060]
    assert np.percentile(even[beside][page[beside] == 255], 5) > 200
    assert ink_kept(page, even) > 0.99


def test_punch_holes_go_and_print_stays() -> None:
    page = drawing.draw(300)
    x_height = letter_height(label(ink_mask(page))[1])
    assert x_height is not None
    punched = page.copy()
    for top in (1100, 2100):
        cv2.circle(punched, (110, top), 35, 40, cv2.FILLED, cv2.LINE_AA)
    found = holes.find_holes(punched, x_height)
    assert np.array_equal(holes.paint_out(punched, found) < 200, page < 200)


@pytest.mark.parametrize("shape", ["bullet", "square", "ring", "emblem", "touched"])
def test_what_is_no_disc_of_a_punch_stays(shape: str) -> None:
    page = drawing.draw(300)
    x_height = letter_height(label(ink_mask(page))[1])
    assert x_height is not None
    middle = (110, 1100)
    match shape:
        case "bullet":
            cv2.circle(page, middle, round(x_height / 2), 40, cv2.FILLED)
        case "square":
            cv2.rectangle(page, (75, 1065), (145, 1135), 40, cv2.FILLED)
        case "ring":
            cv2.circle(page, middle, 35, 40, 8)
        case "emblem":
            cv2.circle(page, middle, 120, 40, cv2.FILLED)
        case _:
            cv2.circle(page, middle, 35, 40, cv2.FILLED)
            cv2.line(page, middle, (600, 1100), 40, 8)
    assert not holes.find_holes(page, x_height).any()


def test_even_grey_paper_is_not_shade() -> None:
    _, spread = shade.measure_shade(np.asarray(drawing.draw(200) * 0.8, np.uint8))
    assert not shade.is_uneven(spread)


def test_dark_frame_and_rim_lines_are_painted_out_and_text_stays() -> None:
    page = drawing.draw(200)
    framed = page.copy()
    framed[:, :40] = 10
    framed[-30:] = 40
    framed[300:1500, -3:-1] = 0
    frame, share = borders.find_borders(framed)
    assert share == pytest.approx(0.037, abs=0.01)
    assert np.array_equal(borders.paint_out(framed, frame), page)


def test_text_that_runs_to_the_edge_is_no_frame() -> None:
    page = drawing.draw(200)[:, 230:]
    assert borders.find_borders(page)[1] == 0.0


def test_red_seal_goes_and_black_text_under_it_stays() -> None:
    page = drawing.draw(200)
    stamped = drawing.seal(page, (800, 900), 150)
    sheet, share = seals.remove_seals(stamped)
    assert share > 0.005
    assert ink_kept(page, sheet.grey) > 0.98
    assert np.count_nonzero((sheet.grey < 200) & (page == 255)) < 100


def test_blue_stamp_goes_too() -> None:
    page = drawing.draw(200)
    stamped = np.ascontiguousarray(drawing.seal(page, (800, 900), 150)[..., ::-1])
    sheet, share = seals.remove_seals(stamped)
    assert share > 0.005
    assert ink_kept(page, sheet.grey) > 0.98
    assert np.count_nonzero((sheet.grey < 200) & (page == 255)) < 100


def test_what_is_stamped_beside_a_round_seal_is_kept_by_itself() -> None:
    page = drawing.draw(200)
    sealed = drawing.seal(page, (700, 1700), 150)
    stamped = drawing.name_stamp(sealed, (840, 1760), "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC", 34)
    cv2.line(stamped, (700, 1900), (1200, 1700), (30, 30, 40), 4)  # the signature over both
    sheet, _ = seals.remove_seals(stamped)
    assert sheet.stamped is not None
    assert sheet.stamped.shape == page.shape
    ink = sheet.stamped < 128
    letters = (drawing.name_stamp(sealed, (840, 1760), "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC", 34)) != sealed
    outside = np.hypot(*np.ogrid[-1700 : page.shape[0] - 1700, -700 : page.shape[1] - 700]) > 170
    # What is missing is the edges of letters, and what lies under the signature.
    assert ink[letters.any(axis=2) & outside].mean() > 0.6
    assert not ink[~letters.any(axis=2)].any()


def test_a_seal_alone_has_nothing_stamped_beside_it() -> None:
    stamped = seals.remove_seals(drawing.seal(drawing.draw(200), (700, 1700), 150))[0].stamped
    assert stamped is None or not (stamped < 128).any()


@pytest.mark.parametrize("gap", [10, 32, 60, 200])
def test_red_lines_are_text_however_far_from_the_seal(gap: int) -> None:
    page = drawing.draw(200)
    sealed = drawing.seal(page, (600, 1700), 150)
    stamped = drawing.name_stamp(sealed, (755 + gap, 1640), "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC", 44)
    sheet, _ = seals.remove_seals(stamped)
    letters = (stamped != sealed).any(axis=2)
    seen = sheet.grey < 160
    if sheet.stamped is not None:
        seen |= sheet.stamped < 128
    assert seen[letters].mean() > 0.6


def test_red_lines_with_no_seal_stay() -> None:
    clean = np.dstack([drawing.draw(200)] * 3)
    page = drawing.name_stamp(clean, (300, 1700), "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC", 60)
    sheet, share = seals.remove_seals(page)
    assert share == 0
    assert sheet.stamped is None
    assert np.array_equal(sheet.grey, cv2.cvtColor(page, cv2.COLOR_RGB2GRAY))


def test_red_lines_as_large_as_a_seal_stay() -> None:
    clean = np.dstack([drawing.draw(200)] * 3)
    head = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA\nVIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nngày 5 tháng 9"
    page = drawing.name_stamp(clean, (700, 1650), head, 40)
    cv2.line(page, (720, 1790), (1180, 1790), (215, 40, 50), 3)  # under the motto
    sheet, share = seals.remove_seals(page)
    assert share == 0
    assert np.array_equal(sheet.grey, cv2.cvtColor(page, cv2.COLOR_RGB2GRAY))


def test_a_red_column_of_a_table_stays_with_its_rules() -> None:
    page = np.dstack([drawing.draw(200)] * 3)
    for top in range(1650, 2000, 80):
        cv2.line(page, (300, top), (900, top), (0, 0, 0), 3)
        cv2.line(page, (900, top), (1300, top), (215, 40, 50), 3)
    for left in (900, 1300):
        cv2.line(page, (left, 1650), (left, 1970), (215, 40, 50), 3)
    amounts = "1.374.900.000\n1.021.350.000\n1.350.600.000"
    page = drawing.name_stamp(page, (960, 1660), amounts, 50)
    sheet, share = seals.remove_seals(page)
    assert share == 0
    assert np.array_equal(sheet.grey, cv2.cvtColor(page, cv2.COLOR_RGB2GRAY))


def test_a_framed_stamp_goes_with_its_text() -> None:
    page = drawing.name_stamp(
        np.dstack([drawing.draw(200)] * 3), (300, 1700), "CÔNG VĂN ĐẾN\nSố 12\nNgày 5", 50
    )
    cv2.rectangle(page, (280, 1680), (760, 1900), (215, 40, 50), 4)
    sheet, share = seals.remove_seals(page)
    assert share > 0
    assert sheet.stamped is None
    assert (sheet.grey[1670:1910, 270:770] < 160).mean() < 0.001


@pytest.mark.parametrize("height", [10, 13, 16])  # mm
@pytest.mark.parametrize("word", ["MẬT", "HỎA TỐC"])
def test_a_word_in_a_red_frame_stays_without_the_frame(word: str, height: int) -> None:
    clean = np.dstack([drawing.draw(200)] * 3)
    size = round(3 * height * 200 / 25.4), round(height * 200 / 25.4)
    page = drawing.framed_word(clean, (900, 1900), word, size)
    sheet, share = seals.remove_seals(page)
    assert share > 0
    assert sheet.stamped is None
    red = (page != clean).any(axis=2)
    frame = red.copy()
    frame[1906 : 1895 + size[1], 906 : 895 + size[0]] = False
    assert (sheet.grey[red & ~frame] < 128).mean() > 0.6
    assert (sheet.grey[frame] < 160).mean() < 0.02


def test_a_word_in_a_red_frame_over_print_is_kept_by_itself() -> None:
    clean = drawing.draw(200)
    page = drawing.framed_word(np.dstack([clean] * 3), (500, 560), "HỎA TỐC", (320, 100))
    page = np.minimum(page, clean[..., None])
    sheet, _ = seals.remove_seals(page)
    assert sheet.stamped is not None
    assert (sheet.stamped < 128).any()
    assert ink_kept(clean, sheet.grey) > 0.97
    assert np.count_nonzero((sheet.grey < 160) & (clean == 255)) < 200


def test_a_stamp_that_is_inked_unevenly_goes_whole() -> None:
    clean = np.dstack([drawing.draw(200)] * 3)
    drawn = drawing.name_stamp(clean, (300, 1700), "CÔNG VĂN ĐẾN\nSố 12\nNgày 5", 28)
    cv2.rectangle(drawn, (280, 1690), (560, 1810), (215, 40, 50), 4)
    stamp = (drawn != clean).any(axis=2)
    stripes = (np.arange(stamp.shape[1]) // 24 + np.arange(stamp.shape[0])[:, None] // 24) % 2 == 0
    drawn[stamp & stripes] = (235, 205, 205)
    sheet, share = seals.remove_seals(drawn)
    assert share > 0
    assert (sheet.grey[1680:1820, 270:570] < 160).mean() < 0.001


def test_page_printed_in_blue_keeps_its_text() -> None:
    page = drawing.draw(200)
    blue = np.dstack((page, page, np.maximum(page, 200)))
    sheet, share = seals.remove_seals(blue)
    assert share == 0.0
    assert np.array_equal(sheet.grey, cv2.cvtColor(blue, cv2.COLOR_RGB2GRAY))


def test_short_red_print_is_no_seal() -> None:
    page = np.asarray(cv2.cvtColor(drawing.draw(200), cv2.COLOR_GRAY2RGB)).copy()
    number = drawing.draw(200, text="Số 12-CT/TU")
    page[number < 128] = (200, 20, 30)
    assert seals.remove_seals(page)[1] == 0.0


def test_speckle_is_measured_and_marks_and_dots_stay() -> None:
    page = drawing.draw(300)
    specked = drawing.speckle(page)
    specks, share = noise.measure_noise(specked)
    assert share > 0.9
    cleaned = noise.remove_specks(specked, specks)
    assert ink_kept(page, cleaned) > 0.97
    left = len(label(ink_mask(cleaned))[1])
    assert left < 1.2 * len(label(ink_mask(page))[1])


@pytest.mark.parametrize("dpi", [150, 200, 300])
def test_leader_dots_and_full_stops_are_no_specks(dpi: int) -> None:
    rows = "\n".join(f"Phòng số {row} {'.' * 40} {row} người" for row in range(1, 30))
    page = drawing.draw(dpi, text=rows)
    specked = drawing.speckle(page)
    specks, share = noise.measure_noise(specked)
    assert share > 0.5
    assert ink_kept(page, noise.remove_specks(specked, specks)) > 0.97


def test_specks_as_large_as_dots_go_where_no_letter_is() -> None:
    page = drawing.draw(300)
    specked = drawing.speckle(page)
    chance = np.random.default_rng(5)
    large = np.zeros_like(page)
    for top, left in chance.integers(0, min(page.shape) - 4, (400, 2)):
        large[top : top + 3, left : left + 4] = 255
    far = cv2.erode(page, np.ones((61, 61), np.uint8)) > 128
    specked[far & (large > 0)] = 0
    cleaned = noise.remove_specks(specked, noise.measure_noise(specked)[0])
    assert ink_kept(page, cleaned) > 0.97
    assert np.count_nonzero(ink_mask(cleaned)[far]) < 60  # two in one are as large as a letter


def test_dots_and_marks_alone_are_no_speckle() -> None:
    for points in (10, 14):
        assert noise.measure_noise(drawing.draw(300, points))[1] == 0.0


@pytest.mark.parametrize("dpi", [75, 110])
def test_small_letters_are_enlarged_to_the_wanted_height(dpi: int) -> None:
    page = drawing.draw(dpi)
    factor = resolution.scale_of(letter_height(label(ink_mask(page))[1]), max(page.shape), 20)
    assert factor > 1.5
    larger = letter_height(label(ink_mask(rescale(page, factor)))[1])
    assert larger == pytest.approx(20, rel=0.12)


def test_huge_letters_are_reduced() -> None:
    assert resolution.measure_excess(drawing.draw(600), 20) == pytest.approx(0.4, abs=0.05)


def test_tables_are_found_and_taken_out_with_the_letters_kept() -> None:
    page = drawing.draw(200)
    ruled = page.copy()
    for top in (150, 900, 1420):
        ruled[top : top + 3, 150:1500] = 0
    for left in (150, 1500):
        ruled[150:1423, left : left + 3] = 0
    letter = letter_height(label(ink_mask(page))[1])
    assert letter is not None
    cleaned, lines = rulings.take_out(ruled, letter)
    assert [line.top for line in lines if line.horizontal] == pytest.approx([151, 901, 1421], abs=1)
    assert [line.left for line in lines if not line.horizontal] == pytest.approx([151, 1501], abs=1)
    assert all(abs(line.right - 1502) <= 3 for line in lines if line.horizontal)
    assert ink_kept(page, cleaned) > 0.995
    assert np.count_nonzero((cleaned < 128) & (page > 200)) < 400


@pytest.mark.parametrize("thickness", [1, 2, 3])
@pytest.mark.parametrize("part", [0.3, 0.5, 0.7])
def test_a_streak_through_text_is_taken_out_and_the_letters_stay(
    thickness: int, part: float
) -> None:
    page = np.where(drawing.draw(200) < 128, 0, 255).astype(np.uint8)
    letter = letter_height(label(ink_mask(page))[1])
    assert letter is not None
    rows = np.flatnonzero((page < 128).sum(axis=1) > 200)
    top, x = int(rows[int(part * len(rows))]), int(part * page.shape[1])
    streaked = page.copy()
    streaked[top : top + thickness] = 0
    streaked[:, x : x + thickness] = 0
    cleaned, lines = rulings.take_out(streaked, letter)
    (across,) = [line for line in lines if line.horizontal]
    (down,) = [line for line in lines if not line.horizontal]
    assert (across.top, down.left) == (pytest.approx(top + 1, abs=1), pytest.approx(x + 1, abs=1))
    near = np.zeros(page.shape, bool)
    near[top - 6 : top + thickness + 6] = True
    near[:, x - 6 : x + thickness + 6] = True
    under = np.zeros(page.shape, bool)
    under[top : top + thickness] = True
    under[:, x : x + thickness] = True
    # Under the streak nobody can see; what is beside it stays, but feet of a row or two.
    assert (cleaned[near & (page < 128)] < 128).mean() > 0.6
    assert (cleaned[near & ~under & (page < 128)] < 128).mean() > 0.72
    assert np.array_equal(cleaned[~near], page[~near])
    assert np.count_nonzero((cleaned < 128) & (page > 200)) < 0.08 * thickness * sum(page.shape)


def test_a_table_whose_rules_are_worn_to_pieces_is_found() -> None:
    page = drawing.draw(200)
    letter = letter_height(label(ink_mask(page))[1])
    assert letter is not None
    chance = np.random.default_rng(7)
    ruled = page.copy()
    for top in (150, 900, 1420):
        ruled[top, 150:1500][chance.random(1350) < 0.6] = 0
    for left in (150, 1500):
        ruled[150:1421, left][chance.random(1271) < 0.6] = 0
    pieces = label(ink_mask(ruled))[1]
    assert len(pieces) > 2 * len(label(ink_mask(page))[1])
    specks, share = noise.measure_noise(ruled)
    clean = noise.remove_specks(ruled, specks) if share else ruled
    lines = rulings.take_out(clean, letter)[1]
    assert [line.top for line in lines if line.horizontal] == pytest.approx([150, 900, 1420], abs=1)
    assert [line.left for line in lines if not line.horizontal] == pytest.approx([150, 1500], abs=1)


@pytest.mark.parametrize("text", ["11.101.111", "68.505.500"])
@pytest.mark.parametrize(("pitch", "ruled"), [(36, False), (40, True), (44, True)])
def test_figures_that_stand_close_below_each_other_are_no_worn_rule(
    *, text: str, pitch: int, ruled: bool
) -> None:
    image = Image.new("L", (900, 1300), 255)
    pen = ImageDraw.Draw(image)
    bottom = 115 + 25 * pitch
    for base in range(115 + pitch - 7, bottom, pitch):
        pen.text((300, base), text, 0, drawing.font(41), anchor="ls")
    printed = np.array(image) < 128
    if ruled:
        for y in range(115, bottom + 1, pitch):
            pen.line((285, y, 560, y), 0, 3)
        for x in (285, 560):
            pen.line((x, 115, x, bottom), 0, 3)
    page = np.array(image)
    cleaned, lines = rulings.take_out(page, 20.0)
    assert [line.left for line in lines if not line.horizontal] == ([285, 560] if ruled else [])
    assert np.array_equal(cleaned[printed], page[printed])


def test_slanting_rule_is_taken_out_whole() -> None:
    page = np.full((1200, 1600), 255, np.uint8)
    cv2.line(page, (200, 500), (1300, 512), 0, 3)
    cleaned, lines = rulings.take_out(page, 20.0)
    assert len(lines) == 1
    assert (cleaned == 255).mean() > 0.9999


def test_a_rule_that_is_bent_is_one_line_and_taken_out_whole() -> None:
    page = np.full((1200, 1600), 255, np.uint8)
    cv2.line(page, (200, 500), (500, 500), 0, 3)  # straight, and from here on it falls
    cv2.line(page, (500, 500), (1300, 520), 0, 3)
    cleaned, lines = rulings.take_out(page, 20.0)
    assert [(line.left, line.right) for line in lines] == [
        (pytest.approx(200, abs=3), pytest.approx(1301, abs=3))
    ]
    assert (cleaned == 255).mean() > 0.9999


def test_letters_of_bold_text_are_no_rules() -> None:
    page = drawing.draw(200)
    bold = np.asarray(cv2.erode(page, np.ones((3, 5), np.uint8)))
    cleaned, lines = rulings.take_out(bold, 16.0)
    assert lines == ()
    assert np.array_equal(cleaned, bold)


def test_blank_page_is_known_despite_dust_and_a_page_number_is_print() -> None:
    page = np.full((2339, 1654), 240, np.uint8)
    assert blank.is_blank(look(page))
    dust = page.copy()
    spots = np.random.default_rng(5).integers(0, 1600, (60, 2))
    for x, y in spots:
        dust[y : y + 2, x : x + 2] = 90
    assert blank.is_blank(look(dust))
    assert not blank.is_blank(look(drawing.draw(200, text="2")))
    assert paper_level(page) == 240


def grey_seal(page: np.ndarray, level: int) -> np.ndarray:
    """Return the page with a round seal of one grey over its text, as a grey scan shows it."""
    layer = np.full(page.shape, 255, np.uint8)
    cv2.circle(layer, (900, 1200), 130, level, 9)
    cv2.circle(layer, (900, 1200), 95, level, 5)
    cv2.putText(layer, "BINH SON", (830, 1210), 0, 1.0, level, 4)
    return np.minimum(page, layer)


def test_a_seal_paler_than_print_goes_and_text_under_it_stays() -> None:
    page = drawing.draw(200)
    cleaned, share = paleseals.remove_pale_seals(grey_seal(page, 150))
    assert 0.005 < share < 0.06
    assert ink_kept(page, cleaned) > 0.97
    assert np.count_nonzero((cleaned < 200) & (page > 230)) < 300


def test_a_page_without_a_pale_seal_is_left_alone() -> None:
    page = drawing.draw(200)
    for left in (page, drawing.shade(page, 0.8), np.asarray(255 - (255 - page) * 0.4, np.uint8)):
        cleaned, share = paleseals.remove_pale_seals(np.asarray(left, np.uint8))
        assert share == 0.0
        assert np.array_equal(cleaned, left)


@pytest.mark.parametrize("level", [60, 90, 150])
def test_a_seal_a_little_paler_than_print_goes_by_its_ring(level: int) -> None:
    page = drawing.draw(200)
    cleaned, share = rings.remove_rings(grey_seal(page, level))
    assert 0.005 < share < 0.06
    assert ink_kept(page, cleaned) > 0.95
    assert np.count_nonzero((cleaned < 200) & (page > 230)) < 600


@pytest.mark.parametrize("size", [40, 90])
def test_what_is_pale_and_no_ring_stays(size: int) -> None:
    page = drawing.draw(200)
    page[1100:1300, 700 : 700 + 5 * size] = np.minimum(page[1100:1300, 700 : 700 + 5 * size], 120)
    for left in (page, np.asarray(drawing.draw(200), np.uint8)):
        cleaned, share = rings.remove_rings(left)
        assert share == 0.0
        assert np.array_equal(cleaned, left)


@pytest.mark.parametrize(
    ("radius", "dash", "found"), [(48, 12, False), (48, 24, True), (72, 12, True)]
)
def test_a_small_ring_must_be_seen_more_plainly(radius: int, dash: int, found: bool) -> None:
    ink = np.zeros((1200, 850), np.uint8)
    for start in range(0, 360, 30):
        cv2.ellipse(ink, (400, 800), (radius, radius), 0, start, start + dash, 1, 2)
    mark = Box(400 - radius - 3, 800 - radius - 3, 2 * radius + 7, 2 * radius + 7)
    assert (rings.find_ring(ink, np.zeros_like(ink), mark) is not None) == found


def test_grain_in_faint_print_is_no_speckle() -> None:
    page = drawing.draw(200)
    grain = np.random.default_rng(4).normal(0, 16, page.shape)
    faint = np.clip(250 - 0.35 * (255.0 - page) + grain, 0, 255).astype(np.uint8)
    assert noise.measure_noise(faint)[1] == 0.0


@pytest.mark.parametrize("gap", [1, 3, 6])
def test_an_underline_close_to_its_letters_is_taken_out_and_they_stay(gap: int) -> None:
    page = drawing.draw(200)
    letter = letter_height(label(ink_mask(page))[1])
    assert letter is not None
    rows = np.flatnonzero((page[: page.shape[0] // 4] < 128).any(axis=1))
    top = int(rows[0])
    line = page[top : top + 3 * round(letter)]
    columns = np.flatnonzero((line < 128).any(axis=0))
    base = top + int(np.flatnonzero((line < 128).sum(axis=1) > 0.04 * len(columns))[-1])
    underlined = page.copy()
    underlined[base + gap : base + gap + 3, columns[0] : columns[-1]] = 0
    cleaned, (ruling,) = rulings.take_out(underlined, letter)
    assert ruling.top == pytest.approx(base + gap + 1, abs=1)
    assert ink_kept(page, cleaned) > 0.99
    assert np.count_nonzero((cleaned < 128) & (page > 200)) < 0.3 * len(columns)


@pytest.mark.parametrize("angle", [0.0, 0.4])
def test_hairlines_that_turn_grey_when_the_page_is_made_smaller_are_found(angle: float) -> None:
    page = np.full((3508, 2480), 250, np.uint8)
    for y in range(600, 1601, 200):
        page[y, 300:2101] = 115
    for x in range(300, 2101, 600):
        page[600:1601, x] = 115
    turned = cv2.warpAffine(
        page,
        cv2.getRotationMatrix2D((1240, 1754), angle, 1),
        (2480, 3508),
        flags=cv2.INTER_LINEAR,
        borderValue=250,
    )
    small = np.asarray(cv2.resize(turned, None, fx=0.75, fy=0.75, interpolation=cv2.INTER_AREA))
    _, lines = rulings.take_out(small, 20.0)
    assert sum(line.horizontal for line in lines) == 6
    assert sum(not line.horizontal for line in lines) == 4
