"""The SQLite file under the ledger: its schema, and how it is opened to write or to read."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Final

_DOCUMENTS: Final = """
CREATE TABLE documents (
    place TEXT PRIMARY KEY, input TEXT NOT NULL, state TEXT NOT NULL,
    size INTEGER NOT NULL DEFAULT 0, modified INTEGER NOT NULL DEFAULT 0,
    looked REAL NOT NULL DEFAULT 0, checksum TEXT NOT NULL DEFAULT '',
    recipe TEXT NOT NULL DEFAULT '', dress TEXT NOT NULL DEFAULT '',
    pages INTEGER NOT NULL DEFAULT 0, words INTEGER NOT NULL DEFAULT 0,
    corrections INTEGER NOT NULL DEFAULT 0, doubts INTEGER NOT NULL DEFAULT 0,
    seconds REAL NOT NULL DEFAULT 0, finished REAL NOT NULL DEFAULT 0,
    confidences TEXT NOT NULL DEFAULT '[]', empty TEXT NOT NULL DEFAULT '[]',
    outputs TEXT NOT NULL DEFAULT '{}', putting TEXT NOT NULL DEFAULT '[]'
) WITHOUT ROWID;
CREATE INDEX documents_by_content ON documents (checksum, recipe);
CREATE TABLE pages (
    place TEXT NOT NULL, number INTEGER NOT NULL, state TEXT NOT NULL,
    seconds REAL NOT NULL DEFAULT 0, PRIMARY KEY (place, number)
) WITHOUT ROWID;
CREATE TABLE failures (
    place TEXT NOT NULL, number INTEGER NOT NULL, kind TEXT NOT NULL,
    subject TEXT NOT NULL, detail TEXT NOT NULL
);
CREATE INDEX failures_by_place ON failures (place);
"""
_RUNS: Final = """
CREATE TABLE runs (
    number INTEGER PRIMARY KEY, started REAL NOT NULL, ended REAL NOT NULL,
    seconds REAL NOT NULL, documents INTEGER NOT NULL, pages INTEGER NOT NULL,
    ending TEXT NOT NULL
);
"""
_STEPS: Final = (_DOCUMENTS, _RUNS)  # from each version of the schema to the next
LATEST: Final = len(_STEPS)  # the version of the schema
# What SQLite says, in the low byte of its codes, where it may not make a file beside the ledger.
_CLOSED: Final = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN)


def connect(path: Path) -> sqlite3.Connection:
    """Return a connection that writes; the schema is made, or brought up to date.

    Raises:
        sqlite3.Error: the file is damaged, of a later version, or cannot be made.
    """
    connection = sqlite3.connect(path)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        found = version(connection)
        (sound,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        if sound != "ok" or found > LATEST:
            raise sqlite3.DatabaseError(f"{sound}, version {found}")
        if steps := "".join(_STEPS[found:]):
            connection.executescript(f"BEGIN; {steps} PRAGMA user_version = {LATEST}; COMMIT;")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def connect_to_read(path: Path) -> sqlite3.Connection:
    """Return a connection that writes nothing, not even what SQLite keeps beside an open ledger."""
    uri = f"{path.resolve().as_uri()}?mode=ro"
    connection = sqlite3.connect(uri, uri=True)
    try:
        connection.execute("SELECT count(*) FROM documents")
    except sqlite3.OperationalError as error:
        connection.close()
        if error.sqlite_errorcode & 0xFF not in _CLOSED:
            raise
        # We may not make the index of the write-ahead log. There is none, so no run is going on.
        return sqlite3.connect(f"{uri}&immutable=1", uri=True)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def version(connection: sqlite3.Connection) -> int:
    """Return the version of the schema that the file has."""
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    return int(found)


def move_aside(path: Path) -> None:
    """Rename a damaged ledger, with the files that SQLite keeps beside it."""
    for ending in ("", "-wal", "-shm"):
        file = path.with_name(path.name + ending)
        if file.exists():
            file.replace(file.with_name(f"damaged-{file.name}"))
