"""One frozen settings record per stage, and all of them together.

Nothing here acts. The values come, later ones winning, from the defaults below, a TOML file
(``[imaging] deskew = false``), the environment (``VANBAN_IMAGING_DESKEW=false``) and flags; see
:mod:`pipeline.configuration`.
"""

from dataclasses import dataclass, field
from typing import Final, Literal

# A part of correction that may be left out, to see what it is worth.
Part = Literal["lexicon", "alternatives", "rescorer", "gate"]


FORMATS: Final = ("docx", "txt", "json", "outline", "metadata")  # what can be written


@dataclass(frozen=True, slots=True)
class SourceSettings:
    """How pages are taken out of files.

    Attributes:
        dpi: resolution at which PDF pages are rendered.
        max_pixels: a page with more pixels than this is refused; 200 million is A0 at 300 dpi.
        text_layer: ``auto`` uses a PDF's own text when it is good Vietnamese; ``never`` does OCR.
    """

    dpi: int = 300
    max_pixels: int = 200_000_000
    text_layer: str = "auto"


@dataclass(frozen=True, slots=True)
class ImagingSettings:
    """Which steps may act on the page image; each acts only when its measure says so.

    Attributes:
        debug_images: folder that gets the picture that each step made of a page; empty for none.
        min_skew: degrees below which a page is not turned.
        max_skew: largest skew looked for, in degrees.
        x_height: the height in pixels of a lower-case letter that Tesseract reads best.
    """

    inverse: bool = True
    contrast: bool = True
    perspective: bool = True
    orientation: bool = True
    deskew: bool = True
    spread: bool = True
    shade: bool = True
    seals: bool = True
    noise: bool = True
    borders: bool = True
    holes: bool = True
    resolution: bool = True
    leaders: bool = True
    rulings: bool = True
    debug_images: str = ""
    min_skew: float = 0.2
    max_skew: float = 15.0
    x_height: int = 20


@dataclass(frozen=True, slots=True)
class RecognitionSettings:
    """How Tesseract is asked.

    Attributes:
        language: Tesseract's model, or models joined with ``+``.
        choices: whether to ask for alternatives of each character (about a tenth slower).
        cells: whether the cells of tables are read one by one.
        second_look: whether letters that were passed over are read once more.
        read_again: whether unsure words are read once more at another size, and columns that were
            read as one by themselves.
        faces: whether bold and italic are measured.
        timeout: seconds after which a page is given up.
    """

    language: str = "vie"
    choices: bool = True
    cells: bool = True
    second_look: bool = True
    read_again: bool = True
    faces: bool = True
    timeout: float = 120.0


@dataclass(frozen=True, slots=True)
class CorrectionSettings:
    """How the correction stage decides.

    Attributes:
        profile: confusion profile, or ``auto`` to detect it from the text.
        change_above: certainty from which a change is made; None takes the profile's own.
        propose_above: certainty from which a change is proposed, below it the word stays; None
            likewise.
        lexicon: paths of further word lists, one entry per line.
        without: parts to leave out, to measure them. ``lexicon``: nothing of the lists that we ship
            counts; the user's own do. ``alternatives``: candidates are weighed without the
            reader's confidence and its other readings. ``rescorer``: the network is not asked.
            ``gate``: the best candidate is taken, however unsure.
    """

    enabled: bool = True
    profile: str = "auto"
    change_above: float | None = None
    propose_above: float | None = None
    lexicon: tuple[str, ...] = ()
    without: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class StructureSettings:
    """How the hierarchy is rebuilt.

    Attributes:
        repair_markers: whether a damaged marker (``I1.``) is rewritten when its sequence proves it.
    """

    repair_markers: bool = True


@dataclass(frozen=True, slots=True)
class WriterSettings:
    """How documents are written.

    Attributes:
        formats: output formats, of those that FORMATS names.
        doubts: ``highlight``, ``comment`` or ``none``: how doubtful words are marked in the Word
            file; a comment says what was read and why it is in doubt. Where an office or a name
            was not read beside a signature, a comment says so even beside a highlight.
        tracked: whether the Word file carries each correction as a revision, from what was read
            to what is written; unless doubts are ``none``, unsure ones have a comment.
        numbering: ``text`` writes the labels of headings and items as printed; ``auto`` lets Word
            count where a list is complete and regular. With revisions labels stay text, and
            footnotes paragraphs.
        layout: ``official`` sets the Word file as the form asks; ``as-printed`` as the paper shows
            it, as far as the record knows.
    """

    formats: tuple[str, ...] = ("docx", "txt", "json")
    doubts: str = "highlight"
    tracked: bool = False
    numbering: str = "text"
    layout: str = "official"


@dataclass(frozen=True, slots=True)
class BatchSettings:
    """How a run goes through its documents.

    Attributes:
        jobs: worker processes; 0 means one per core.
        page_timeout: seconds after which work on a page is killed; 0 never does.
        memory: MiB that a worker may take together with its Tesseract; 0 for as much as it wants.
        include: patterns of the files in folders that are wanted (``*.pdf``, ``2019/*``); all, if
            there is none.
        exclude: patterns of the files and folders that are passed over.
        on_existing: what to do where an output would take the place of a file that vanban did not
            write or that was changed since: ``skip`` the document, ``overwrite`` the file, or
            ``fail``.
        on_error: ``continue`` with the other documents, or ``stop`` after the first failure.
        max_failures: how many documents may fail before the run stops: ``20`` or ``5%``; empty for
            any number.
        retry_failed: whether what failed in an earlier run is tried again.
        cluster: address of a Dask scheduler, or path of its scheduler file; empty for this machine.
        cluster_timeout: seconds for which the scheduler or all its workers may be away.
    """

    jobs: int = 0
    page_timeout: float = 600.0
    memory: int = 4096
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    on_existing: str = "skip"
    on_error: str = "continue"
    max_failures: str = ""
    retry_failed: bool = False
    cluster: str = ""
    cluster_timeout: float = 60.0


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of a run."""

    sources: SourceSettings = field(default_factory=SourceSettings)
    imaging: ImagingSettings = field(default_factory=ImagingSettings)
    recognition: RecognitionSettings = field(default_factory=RecognitionSettings)
    correction: CorrectionSettings = field(default_factory=CorrectionSettings)
    structure: StructureSettings = field(default_factory=StructureSettings)
    writers: WriterSettings = field(default_factory=WriterSettings)
    batch: BatchSettings = field(default_factory=BatchSettings)
