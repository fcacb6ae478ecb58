"""Documents for the tests of structure, made from plain text or laid out with boxes.

All of them are written for this project; the province, its offices and its people are made up.
"""

from __future__ import annotations

from pipeline.model import Block, Box, Document, Line, Page, Source, Word
from pipeline.settings import StructureSettings
from pipeline.sources.columns import lines_of
from pipeline.structure import rebuild

WIDTH, HEIGHT = 2480, 3508  # A4 at 300 dpi
MM = WIDTH / 210
LEFT, RIGHT = round(30 * MM), round(195 * MM)
LETTER, LINE = 24, 80  # pixels: advance of a letter, distance of lines


def document(text: str) -> Document:
    """Make a document without boxes: blank lines are gaps, form feeds part pages."""
    parts = text.strip("\n").split("\f")
    pages = tuple(Page(n, lines=lines_of(part.split("\n"))) for n, part in enumerate(parts, 1))
    return Document(Source("van-ban.txt", "0"), pages)


def boxed(*pages: list[tuple[str, float] | tuple[str, float, float]]) -> Document:
    """Make a document with boxes from (text, left edge in mm) or (text, left, top in mm)."""
    made = []
    for number, rows in enumerate(pages, 1):
        lines = []
        top = 20 * MM
        for row in rows:
            top = row[2] * MM if len(row) == 3 else top
            lines.append(_line(row[0], round(row[1] * MM), round(top)))
            top += LINE
        made.append(Page(number, WIDTH, HEIGHT, 300, tuple(lines)))
    return Document(Source("van-ban.pdf", "0"), tuple(made))


def _line(text: str, left: int, top: int) -> Line:
    words = []
    for raw in text.split():
        width = (len(raw) + 1) * LETTER
        words.append(Word(raw, 0.95, Box(left, top, width - LETTER // 2, 45)))
        left += width
    boxes = [word.box for word in words if word.box is not None]
    return Line(tuple(words), Box.around(boxes))


def built(text: str | Document, *, repair: bool = True) -> Document:
    """Rebuild a text or document."""
    made = document(text) if isinstance(text, str) else text
    return rebuild(made, StructureSettings(repair_markers=repair))


def outline(made: Document) -> list[str]:
    """Return ``kind level label`` and the words of every block, notes included."""
    return [row(made, block) for block in made.blocks]


def row(made: Document, block: Block) -> str:
    """Return one block as ``kind level| text``; the label is checked to stand at its head."""
    text = made.text_of(tuple(block.all_spans()))
    squeezed = block.label.replace(" ", "")
    assert text.replace(" ", "").startswith(squeezed), (block.label, text)
    return f"{block.kind} {block.level}| {text}"


PLAN = """
TỈNH ỦY BÌNH SƠN ĐẢNG CỘNG SẢN VIỆT NAM
* Bình Sơn, ngày 05 tháng 4 năm 2022
Số 12 -KH/TU

KẾ HOẠCH
Tổ chức phong trào thi đua trồng rừng
trên địa bàn tỉnh, giai đoạn 2022 - 2025
-----

Thực hiện Nghị quyết số 07-NQ/TU, ngày 15/3/2022 của Tỉnh ủy Bình Sơn về phát
triển lâm nghiệp bền vững, Ban Thường vụ Tỉnh ủy ban hành Kế hoạch cụ thể như sau:

I. MỤC ĐÍCH, YÊU CẦU

1. Nâng cao nhận thức của cán bộ, đảng viên và nhân dân về vai trò của rừng đối
với đời sống; phát triển kinh tế - xã hội gắn với bảo vệ môi trường giai đoạn
2022 - 2025 và những năm tiếp theo.

2. Các cấp ủy lãnh đạo, chỉ đạo chặt chẽ việc thực hiện, gắn trách nhiệm của
người đứng đầu với kết quả của phong trào.

II. NỘI DUNG

1. Trồng rừng

- Mỗi huyện trồng ít nhất 50 ha rừng mỗi năm, ưu tiên cây bản địa có giá trị kinh
tế - xã hội cao.

- Vận động nhân dân:

+ Trồng cây phân tán ven đường, ven suối.

+ Chăm sóc, bảo vệ diện tích rừng đã trồng.

2. Tuyên truyền: Báo Bình Sơn, Đài Phát thanh và Truyền hình tỉnh mở chuyên mục về
bảo vệ rừng, kịp thời biểu dương gương người tốt, việc tốt.

III. TỔ CHỨC THỰC HIỆN

Giao Ban Dân vận Tỉnh ủy theo dõi, đôn đốc, báo cáo kết quả thực hiện.

Nơi nhận: T/M BAN THƯỜNG VỤ
- Các huyện ủy, PHÓ BÍ THƯ
- Các ban xây dựng Đảng và Văn phòng
Tỉnh ủy,
- Lưu Văn phòng Tỉnh ủy. Nguyễn Văn Bình
"""

DECISION = """
ỦY BAN NHÂN DÂN
TỈNH BÌNH SƠN
SỞ NÔNG NGHIỆP
Số: 07/QĐ-SNN
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Bình Sơn, ngày 09 tháng 8 năm 2021

QUYẾT ĐỊNH
Về việc ban hành Quy chế quản lý hồ chứa nước Suối Vàng

GIÁM ĐỐC SỞ NÔNG NGHIỆP TỈNH

Căn cứ Luật Thủy lợi ngày 19 tháng 6 năm 2017;
Căn cứ Quyết định số 15/2020/QĐ-UBND ngày 02/4/2020 của Ủy ban nhân dân tỉnh về
quản lý công trình thủy lợi;
Theo đề nghị của Trưởng phòng Quản lý công trình.

QUYẾT ĐỊNH:

Chương I
QUY ĐỊNH CHUNG

Điều 1. Phạm vi điều chỉnh
Quy chế này quy định việc quản lý, khai thác hồ chứa nước Suối Vàng.

Điều 2. Nguyên tắc quản lý
1. Bảo đảm an toàn công trình trong mọi tình huống.
2. Việc vận hành hồ phải tuân theo các quy định sau:
a) Thông báo cho vùng hạ du trước khi xả lũ;
b) Ghi chép đầy đủ mực nước từng ngày;
c) Kiểm tra đập trước mùa mưa lũ;
d) Báo cáo theo quy định tại khoản 1 Điều 5 và khoản
2. Điều 6 Quy chế này;
đ) Lưu giữ hồ sơ theo quy định.

Chương II
TỔ CHỨC THỰC HIỆN

Điều 3. Quyết định này có hiệu lực kể từ ngày ký và thay thế các quy định trước đây
của Sở về quản lý hồ chứa nước Suối Vàng./.

Nơi nhận:
- Như Điều 3;
- UBND tỉnh;
- Lưu: VT, QLCT.
KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC
Lê Thị Hòa
"""

# The rows of their headers, see :func:`outline`.
PLAN_HEADER = [
    "issuing_body 0| TỈNH ỦY BÌNH SƠN",
    "ornament 0| *",
    "number 0| Số 12 -KH/TU",
    "motto 0| ĐẢNG CỘNG SẢN VIỆT NAM",
    "place_date 0| Bình Sơn, ngày 05 tháng 4 năm 2022",
    "type 0| KẾ HOẠCH",
    "subject 0| Tổ chức phong trào thi đua trồng rừng trên địa bàn tỉnh, giai đoạn 2022 - 2025",
    "ornament 0| -----",
]
DECISION_HEADER = [
    "superior_body 0| ỦY BAN NHÂN DÂN TỈNH BÌNH SƠN",
    "issuing_body 0| SỞ NÔNG NGHIỆP",
    "number 0| Số: 07/QĐ-SNN",
    "motto 0| CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "motto 0| Độc lập - Tự do - Hạnh phúc",
    "place_date 0| Bình Sơn, ngày 09 tháng 8 năm 2021",
    "type 0| QUYẾT ĐỊNH",
    "subject 0| Về việc ban hành Quy chế quản lý hồ chứa nước Suối Vàng",
]
