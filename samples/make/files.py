"""Page images as the bytes of a file. No format is given a time stamp or a random identifier."""

from io import BytesIO

from PIL import Image


def pdf(pages: list[Image.Image], dpi: int, quality: int) -> bytes:
    """Return a PDF of *pages* as pictures only, JPEG inside."""
    return _saved(
        pages[0],
        "PDF",
        save_all=True,
        append_images=pages[1:],
        resolution=dpi,
        quality=quality,
        creationDate=None,
        modDate=None,
    )


def tiff(pages: list[Image.Image], dpi: int) -> bytes:
    """Return a TIFF of bitonal *pages*, CCITT Group 4 inside."""
    return _saved(
        pages[0],
        "TIFF",
        save_all=True,
        append_images=pages[1:],
        compression="group4",
        dpi=(dpi, dpi),
    )


def png(page: Image.Image, dpi: int, levels: int) -> bytes:
    """Return a PNG of the grey *page* in few evenly spaced grey *levels*."""
    step = 255 / (levels - 1)
    coarse = page.point([round(round(value / step) * step) for value in range(256)])
    return _saved(coarse, "PNG", optimize=True, dpi=(dpi, dpi))


def jpeg(page: Image.Image, quality: int) -> bytes:
    """Return a JPEG of *page* that claims no resolution, as cameras' do."""
    return _saved(page, "JPEG", quality=quality)


def _saved(image: Image.Image, file_format: str, **options: object) -> bytes:
    buffer = BytesIO()
    image.save(buffer, file_format, **options)
    return buffer.getvalue()
