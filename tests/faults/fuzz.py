"""Our own parsers under atheris, which finds its way by what the code covers.

``python -m tests.faults.fuzz [--seconds 60] [PARSER ...]`` gives each parser of
:mod:`tests.faults.parsers` that is ours, or those named, so many seconds; the first error without a
name is shown with the bytes that make it. atheris is not installed with the rest, and exists for
Linux and macOS only: ``pip install atheris``.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

OURS = (
    *("document", "record", "spool", "ledger", "settings", "outline", "metadata"),
    *("lexicon", "structure", "text", "hocr"),
)
_ONE = "--one"  # the mark of the process that fuzzes


def main(arguments: list[str]) -> int:
    """Fuzz each parser in a process of its own; return 0 if nothing was found, 2 if nothing ran."""
    options = argparse.ArgumentParser(prog="python -m tests.faults.fuzz")
    options.add_argument("parsers", nargs="*", default=OURS)
    options.add_argument("--seconds", type=int, default=60)
    wanted = options.parse_args(arguments)
    if find_spec("atheris") is None:
        sys.stderr.write("atheris is not installed; pip install atheris\n")
        return 2
    failed = [name for name in wanted.parsers if not _sound(name, wanted.seconds)]
    sys.stdout.write(f"errors without a name: {', '.join(failed) or 'none'}\n")
    return 1 if failed else 0


def _sound(name: str, seconds: int) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        limits = [f"-max_total_time={seconds}", "-max_len=20000", "-timeout=20"]
        command = [sys.executable, "-m", "tests.faults.fuzz", _ONE, name, folder, *limits]
        done = subprocess.run(
            command, capture_output=True, text=True, errors="replace", check=False
        )
    sys.stdout.write(f"{name}: {_last_line(done.stderr, 'Done') or done.stderr[-3000:]}\n")
    sys.stdout.flush()
    return done.returncode == 0


def _last_line(text: str, start: str) -> str:
    return next((line for line in reversed(text.splitlines()) if line.startswith(start)), "")


def _fuzz(name: str, folder: Path, flags: list[str]) -> None:
    """Fuzz one parser for ever, or as long as *flags* say."""
    import atheris

    with atheris.instrument_imports(include=["pipeline"]):
        from tests.faults.parsers import PARSERS
    parser = PARSERS[name]
    corpus, place = folder / "corpus", folder / "place"
    corpus.mkdir()
    place.mkdir()
    for number, seed in enumerate(parser.seeds()):
        (corpus / str(number)).write_bytes(seed)

    def once(data: bytes) -> None:
        with suppress(*parser.errors):
            parser.run(data, place)

    atheris.Setup([sys.argv[0], str(corpus), *flags], once)
    atheris.Fuzz()


if __name__ == "__main__":
    if sys.argv[1:2] == [_ONE]:
        _fuzz(sys.argv[2], Path(sys.argv[3]), sys.argv[4:])
    sys.exit(main(sys.argv[1:]))
