"""Files on other machines, by URL: which package reaches them, and how its failures look.

Each of fsspec's packages fails in its own way. What always holds: whoever catches :func:`faults`
has caught them all.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from pipeline.errors import NoFarPackageError, UnknownAddressError, UnreachableError

if TYPE_CHECKING:
    from upath import UPath

# What is put there appears whole, there are no folders, and moving would be another upload.
_STORES: Final = frozenset({"s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "memory"})
# What those packages raise that is no OSError. One that is not loaded has raised nothing.
_RAISED: Final = (
    ("botocore.exceptions", "BotoCoreError"),
    ("botocore.exceptions", "ClientError"),
    ("aiohttp", "ClientError"),
    ("asyncssh", "Error"),
    ("gcsfs.retry", "HttpError"),
    ("google.auth.exceptions", "GoogleAuthError"),
    ("azure.core.exceptions", "AzureError"),
)
# sshfs would trust any machine; this is the user's own list of machines.
_OPTIONS: Final[dict[str, dict[str, Any]]] = {
    "sftp": {"known_hosts": ()},
    "ssh": {"known_hosts": ()},
}


def far_place(url: str) -> UPath | Path:
    """Return the place of a URL; one of this machine (``file://``) is a path.

    Raises:
        NoFarPackageError: no package for its kind is installed.
        UnknownAddressError: nothing knows its kind.
        UnreachableError: the other machine does not answer, or not to us.
    """
    scheme = urlsplit(url).scheme.lower()
    try:
        from upath import UPath  # noqa: PLC0415  # an extra

        place = UPath(url, **_OPTIONS.get(scheme, {}))
        place.fs  # noqa: B018  # loads the package of its protocol; some connect at once
    except ImportError as error:
        raise NoFarPackageError(url, str(error)) from error
    except ValueError as error:
        raise UnknownAddressError(url) from error
    except faults() as error:
        raise UnreachableError(url, reason(error)) from error
    if not place.protocol:  # it is taken for a path of this machine
        raise UnknownAddressError(url)
    return Path(place.path) if scheme in {"file", "local"} else place


def is_store(place: UPath | Path) -> bool:
    """Tell whether the place is in a store of objects: no folders, and each file appears whole."""
    return not isinstance(place, Path) and place.protocol in _STORES


def is_in_memory(place: UPath | Path) -> bool:
    """Tell whether the place is in the memory of this process, which no other process sees."""
    return not isinstance(place, Path) and place.protocol == "memory"


def faults() -> tuple[type[BaseException], ...]:
    """Return what access to a file may raise, near or far."""
    found = (getattr(sys.modules.get(module), name, None) for module, name in _RAISED)
    return (OSError, *(kind for kind in found if kind is not None))


def reason(error: BaseException) -> str:
    """Return in a few words what a fault says."""
    said = getattr(error, "strerror", None) or getattr(error, "reason", None) or error
    return str(said).strip().partition("\n")[0]
