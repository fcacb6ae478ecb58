"""Plain Tesseract, as a user would run it: what we measure ourselves against."""

import os
import subprocess
from pathlib import Path


def plain_tesseract(page: Path) -> None:
    """Read the image with one thread; the text goes beside it, ending ``.txt``."""
    command = ["tesseract", str(page), str(page.with_suffix("")), "-l", "vie", "--psm", "3"]
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    subprocess.run(command, check=True, capture_output=True, env=environment)
