"""Where the data of ``dictionaries/`` lies: in an installed package, or beside it in a checkout."""

from pathlib import Path

from pipeline.errors import BadDictionaryError


def dictionary(*parts: str) -> Path:
    """Return the path of a data file or folder of ``dictionaries/``.

    Raises:
        BadDictionaryError: it is in neither place.
    """
    package = Path(__file__).resolve().parent
    for root in (package / "dictionaries", package.parent / "dictionaries"):
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise BadDictionaryError("/".join(("dictionaries", *parts)), "not found")
