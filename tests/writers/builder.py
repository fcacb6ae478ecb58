"""Documents built by hand: each block's words on lines of their own, on one page."""

from dataclasses import dataclass, field

from pipeline.model import (
    Block,
    Change,
    Decision,
    Document,
    Fact,
    Kind,
    Line,
    Metadata,
    Page,
    Reason,
    Source,
    Span,
    Stage,
    Word,
)


def word(text: str) -> Word:
    """``**đậm**`` is seen bold, ``_nghiêng_`` italic, ``?ngờ?`` doubtful."""
    if text.startswith("**") and text.strip("*"):
        return Word(text.strip("*"), bold=True)
    if len(text) > 2 and text[0] == text[-1] == "_":
        return Word(text.strip("_"), italic=True)
    if len(text) > 2 and text[0] == text[-1] == "?":
        doubt = Change(
            text[1:-1], text[1:-1], Reason.DOUBT, 0.6, Stage.CORRECTION, Decision.PROPOSED
        )
        return Word(text[1:-1], changes=(doubt,))
    return Word(text)


@dataclass
class Builder:
    """Collects blocks; :meth:`document` gives the document they make."""

    lines: list[Line] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)

    def spans(self, text: str) -> tuple[Span, ...]:
        """Put the words of *text* on the page, a line for each of its lines."""
        found = []
        for line in text.splitlines():
            words = tuple(word(part) for part in line.split())
            self.lines.append(Line(words))
            found.append(Span(0, len(self.lines) - 1, 0, len(words)))
        return tuple(found)

    def add(
        self, kind: Kind, text: str, *, level: int = 0, label: str = "", title: int = 0
    ) -> "Builder":
        self.blocks.append(Block(kind, self.spans(text), level, label, title))
        return self

    def table(self, *rows: tuple[str, ...]) -> "Builder":
        cells = tuple(tuple(self.spans(cell) for cell in row) for row in rows)
        self.blocks.append(Block(Kind.TABLE, rows=cells))
        return self

    def document(self, **facts: str) -> Document:
        metadata = Metadata(**{name: Fact(value, 1.0) for name, value in facts.items()})
        pages = (Page(1, lines=tuple(self.lines)),)
        return Document(Source("van-ban.pdf", "0" * 64), pages, tuple(self.blocks), metadata)


def party_plan() -> Document:
    """A plan of a made-up provincial Party committee with all that the form knows."""
    plan = Builder()
    plan.add(Kind.ISSUING_BODY, "TỈNH ỦY BÌNH SƠN")
    plan.add(Kind.ORNAMENT, "*")
    plan.add(Kind.NUMBER, "Số 15-KH/TU")
    plan.add(Kind.MOTTO, "ĐẢNG CỘNG SẢN VIỆT NAM")
    plan.add(Kind.PLACE_DATE, "Bình Sơn, ngày 03 tháng 4 năm 2026")
    plan.add(Kind.TYPE, "KẾ HOẠCH")
    plan.add(
        Kind.SUBJECT,
        "tuyên truyền kỷ niệm 50 năm ngày thành lập tỉnh Bình Sơn\n"
        "và đón nhận danh hiệu nông thôn mới kiểu mẫu",
    )
    plan.add(Kind.ORNAMENT, "-----")
    plan.add(
        Kind.LEGAL_BASIS,
        "- Căn cứ Nghị quyết số 09-NQ/TU, ngày 12/01/2026 của Tỉnh ủy về xây dựng nông thôn mới "
        "giai đoạn 2026 - 2030;",
        label="-",
    )
    plan.add(
        Kind.LEGAL_BASIS,
        "- Căn cứ Chương trình công tác năm 2026 của Ban Thường vụ Tỉnh ủy,",
        label="-",
    )
    plan.add(
        Kind.PARAGRAPH,
        "Ban Thường vụ Tỉnh ủy ban hành Kế hoạch tuyên truyền kỷ niệm 50 năm ngày thành lập tỉnh "
        "Bình Sơn **với** **những** **nội** **dung** ?chủ? ?yếu? như sau:",
    )
    plan.add(Kind.HEADING, "I. MỤC ĐÍCH, YÊU CẦU", level=1, label="I.")
    plan.add(Kind.HEADING, "1. Mục đích", level=2, label="1.")
    plan.add(
        Kind.ITEM,
        "- Khơi dậy lòng tự hào về truyền thống quê hương, tạo sự đồng thuận trong cán bộ, đảng "
        "viên và các tầng lớp nhân dân trên địa bàn tỉnh.",
        level=3,
        label="-",
    )
    plan.add(Kind.NOTE, "2")
    plan.add(Kind.ITEM, "- Cổ vũ phong trào _thi_ _đua_ yêu nước.", level=3, label="-")
    plan.add(
        Kind.HEADING,
        "2. Yêu cầu: Công tác tuyên truyền phải thiết thực, tiết kiệm, gắn với nhiệm vụ chính trị "
        "của từng địa phương, đơn vị; lấy cơ sở làm địa bàn trọng tâm.",
        level=2,
        label="2.",
        title=3,
    )
    plan.add(Kind.HEADING, "II. TỔ CHỨC THỰC HIỆN", level=1, label="II.")
    plan.add(Kind.HEADING, "1. Các ban đảng", level=2, label="1.")
    plan.add(Kind.HEADING, "1.1. Ban Tuyên giáo Tỉnh ủy", level=3, label="1.1.")
    plan.add(
        Kind.ITEM,
        "a) Chủ trì, hướng dẫn các cơ quan báo chí mở chuyên trang, chuyên mục.",
        level=4,
        label="a)",
    )
    plan.add(Kind.PARAGRAPH, "Thời gian thực hiện được phân công như sau:")
    plan.table(
        ("TT", "Nội dung công việc", "Cơ quan chủ trì", "Thời gian"),
        (
            "1",
            "Biên soạn đề cương tuyên truyền, tài liệu hỏi đáp về lịch sử hình thành và phát triển "
            "của tỉnh",
            "Ban Tuyên giáo Tỉnh ủy",
            "Tháng 4/2026",
        ),
        ("2", "Trang trí khánh tiết, treo băng rôn, cờ", "Ủy ban nhân dân huyện Suối Vàng", ""),
    )
    plan.add(
        Kind.PARAGRAPH,
        "Căn cứ Kế hoạch này, các cấp ủy trực thuộc xây dựng kế hoạch và tổ chức thực hiện.",
    )
    plan.add(Kind.FOOTNOTE, "(1) Số liệu của Cục Thống kê tỉnh Bình Sơn.")
    for line in (
        "Nơi nhận:",
        "- Ban Tuyên giáo Trung ương (để báo cáo),",
        "- Thường trực Tỉnh ủy,",
        "- Các huyện ủy, thành ủy, đảng ủy trực thuộc Tỉnh ủy,",
        "- Lưu Văn phòng Tỉnh ủy.",
    ):
        plan.add(Kind.RECIPIENTS, line)
    plan.add(Kind.AUTHORITY, "T/M BAN THƯỜNG VỤ")
    plan.add(Kind.OFFICE, "PHÓ BÍ THƯ")
    plan.add(Kind.SIGNER, "Trần Văn Suối")
    plan.add(Kind.ANNEX, "PHỤ LỤC")
    plan.add(Kind.ANNEX, "(Kèm theo Kế hoạch số 15-KH/TU, ngày 03/4/2026 của Tỉnh ủy)")
    plan.add(Kind.PARAGRAPH, "Khẩu hiệu tuyên truyền: Toàn dân đoàn kết xây dựng đời sống mới!")
    return plan.document(
        system="party",
        type="Kế hoạch",
        symbol="15-KH/TU",
        subject="tuyên truyền kỷ niệm 50 năm ngày thành lập tỉnh Bình Sơn",
        date="2026-04-03",
    )


def state_decision() -> Document:
    """A decision of a made-up provincial department; only its motto says that it is the state's."""
    decision = Builder()
    decision.add(Kind.SUPERIOR_BODY, "ỦY BAN NHÂN DÂN TỈNH BÌNH SƠN")
    decision.add(Kind.ISSUING_BODY, "SỞ VĂN HÓA VÀ DU LỊCH")
    decision.add(Kind.NUMBER, "Số: 08/QĐ-SVHDL")
    decision.add(Kind.MOTTO, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc")
    decision.add(Kind.PLACE_DATE, "Bình Sơn, ngày 05 tháng 02 năm 2026")
    decision.add(Kind.TYPE, "QUYẾT ĐỊNH")
    decision.add(Kind.SUBJECT, "Về việc ban hành Quy chế tổ chức lễ hội Suối Vàng")
    decision.add(
        Kind.LEGAL_BASIS, "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;"
    )
    decision.add(Kind.LEGAL_BASIS, "Theo đề nghị của Chánh Văn phòng Sở.")
    decision.add(Kind.HEADING, "Chương I QUY ĐỊNH CHUNG", level=1, label="Chương I")
    decision.add(Kind.HEADING, "Mục 1 PHẠM VI", level=2, label="Mục 1")
    decision.add(Kind.HEADING, "Điều 1. Phạm vi điều chỉnh", level=3, label="Điều 1.")
    decision.add(
        Kind.ITEM,
        "1. Quy chế này quy định việc tổ chức lễ hội Suối Vàng trên địa bàn tỉnh Bình Sơn.",
        level=4,
        label="1.",
    )
    decision.add(
        Kind.HEADING,
        "Điều 2. Quyết định này có hiệu lực kể từ ngày ký. Chánh Văn phòng Sở và các đơn vị liên "
        "quan chịu trách nhiệm thi hành./.",
        level=3,
        label="Điều 2.",
        title=2,
    )
    for line in ("Nơi nhận:", "- Như Điều 2;", "- UBND tỉnh (b/c);", "- Lưu: VT, VHCS."):
        decision.add(Kind.RECIPIENTS, line)
    decision.add(Kind.AUTHORITY, "KT. GIÁM ĐỐC")
    decision.add(Kind.OFFICE, "PHÓ GIÁM ĐỐC")
    decision.add(Kind.SIGNER, "Lê Thị Hoa Ban")
    return decision.document()


def with_footnotes(labels: tuple[str, ...] = ("1", "2", "3")) -> Document:
    """A report whose heading, text and table refer to footnotes with these *labels*."""
    report = Builder()
    report.add(Kind.HEADING, f"I. Kết quả{labels[0]} trồng rừng", level=1, label="I.")
    report.add(
        Kind.PARAGRAPH,
        f"Toàn tỉnh đã trồng 500 ha rừng theo Nghị quyết{labels[1]}, đạt 104% kế hoạch.",
    )
    report.table(("Huyện", "Diện tích"), (f"Suối Vàng{labels[2]}", "?120? ha"))
    texts = ("Số liệu năm 2022.", "_Nghị_ _quyết_ số 07-NQ/TU.", "Huyện mới thành lập.")
    for label, text in zip(labels, texts, strict=True):
        report.add(Kind.FOOTNOTE, f"{label} {text}", label=label)
    report.add(Kind.FOOTNOTE, "9 Không có chỗ nào dẫn tới.", label="9")
    return report.document()
