"""The hand-written source of one sample document, as it stands in ``documents/NAME.toml``."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import ConfigDict, TypeAdapter
from pydantic.dataclasses import dataclass

HERE = Path(__file__).resolve().parent.parent
DOCUMENTS = HERE / "documents"

_STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True, config=_STRICT)
class Unit:
    """One unit of the body.

    Attributes:
        kind: what it is; ``centred`` is a bold line in the middle of the page.
        level: depth in the outline, 0 outside it.
        label: the marker as printed, or "".
        title: a running-in title, or "".
        text: what follows the label and the title.
        rows: the cells of a table, header row first.
    """

    kind: Literal["paragraph", "centred", "legal_basis", "heading", "item", "table"]
    text: str = ""
    level: int = 0
    label: str = ""
    title: str = ""
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def words(self) -> str:
        """Label, title and text as one line."""
        return " ".join(part for part in (self.label, self.title, self.text) if part)


@dataclass(frozen=True, config=_STRICT)
class Record:
    """One document: the fields of the official form and the units of its body.

    A line break in a field is where the printed line breaks. ``columns`` are the widths of the
    columns of a table in millimetres; ``handwritten`` says that a pen filled in number and day.
    """

    system: Literal["party", "state"]
    issuing_body: str
    number: str
    code: str
    place: str
    date: date
    subject: str
    body: tuple[Unit, ...]
    recipients: tuple[str, ...]
    authority: tuple[str, ...]
    office: str
    signer: str
    type: str = ""
    superior_body: str = ""
    addressees: tuple[str, ...] = ()
    columns: tuple[float, ...] = ()
    handwritten: bool = False

    @property
    def party(self) -> bool:
        """Whether the document follows the form of the Party, not that of the State."""
        return self.system == "party"

    @property
    def motto(self) -> tuple[str, ...]:
        """The heading of the right column, line by line."""
        if self.party:
            return ("ĐẢNG CỘNG SẢN VIỆT NAM",)
        return ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")

    @property
    def number_parts(self) -> tuple[str, str, str]:
        """Số và ký hiệu in three parts, the middle one being what a pen may fill in."""
        if self.party:
            return "Số ", self.number, f"-{self.code}"
        return "Số: ", self.number, f"/{self.code}"

    @property
    def date_parts(self) -> tuple[str, str, str]:
        """Place and date in three parts, the middle one being what a pen may fill in.

        Days below ten and the months 1 and 2 carry a zero.
        """
        month = f"{self.date.month:02}" if self.date.month < 3 else str(self.date.month)
        return (
            f"{self.place}, ngày ",
            f"{self.date.day:02}",
            f" tháng {month} năm {self.date.year}",
        )


_RECORD = TypeAdapter(Record)


def names() -> list[str]:
    """Return the names of all sample documents, sorted."""
    return sorted(path.stem for path in DOCUMENTS.glob("*.toml"))


def load(name: str) -> Record:
    """Read the source of the document *name*."""
    with (DOCUMENTS / f"{name}.toml").open("rb") as file:
        return _RECORD.validate_python(tomllib.load(file))
