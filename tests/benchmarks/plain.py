"""Plain Tesseract, as a user would run it: what we measure ourselves against."""

import os
import subprocess
from pathlib import Path


def plain_command(page: Path) -> list[str]:
    """Return the command that reads the image; the text goes beside it, ending ``.txt``."""
    return ["tesseract", str(page), str(page.with_suffix("")), "-l", "vie", "--psm", "3"]


def plain_tesseract(page: Path) -> None:
    """Read the image with one thread; the text goes beside it, ending ``.txt``."""
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    subprocess.run(plain_command(page), check=True, capture_output=True, env=environment)
