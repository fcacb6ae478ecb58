"""One thread per process: quickest where there is a process per core, and the same sums everywhere.

The libraries look at the environment once, when they are loaded: ask before anything heavy is.
"""

import os
from typing import Final

_LIMITS: Final = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "OPENCV_FOR_THREADS_NUM",
)


def keep_to_one() -> None:
    """Let the libraries of this process use one thread; Tesseract's is set where it is started."""
    os.environ.update(dict.fromkeys(_LIMITS, "1"))
