"""vanban: scans and damaged OCR text of Vietnamese directives to structured, reviewable Word files.

The way is ``sources → imaging → recognition → correction → structure → writers``. One data
model (:mod:`pipeline.model`) goes all the way; every stage is a plain function of its input and its
settings. Nothing here opens a network connection.
"""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("vanban")
except PackageNotFoundError:  # running from a checkout that was never installed
    __version__ = "0+unknown"
