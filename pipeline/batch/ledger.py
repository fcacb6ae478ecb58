"""The ledger of an output folder: what is done, failed and pending, per document and page.

An SQLite file, ``DIR/.vanban/ledger.sqlite3``, that only the main process of a run writes and that
others may read meanwhile. What always holds: each change of state is on the disk before the run
goes on (write-ahead log, flushed); a ledger that is damaged is moved aside and begun anew, and the
run finds again from the outputs what was done.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import astuple
from pathlib import Path
from typing import Final, Self

from pipeline import errors
from pipeline.batch import store
from pipeline.batch.entry import Entry, State, from_row, text, to_row
from pipeline.batch.places import Stamp
from pipeline.batch.runs import Ending, Run
from pipeline.errors import (
    DamagedLedgerError,
    NoLedgerError,
    OtherVersionError,
    UnreadableInputError,
    VanbanError,
)
from pipeline.write_failures import unwritable

FILE: Final = "ledger.sqlite3"
_PATIENCE: Final = 1.0  # seconds that the states of single pages may wait for the disk
_NOWHERE: Final = ""  # the place of failures of inputs that are no document
_NONSENSE: Final = (ValueError, TypeError, KeyError, AttributeError)  # what damaged values raise
_KINDS: Final = {
    kind.__name__: kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, VanbanError)
}


class Ledger:
    """An open ledger; see the module."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection
        self._waiting_since = 0.0

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open the ledger in *folder* to write in it; make it if there is none or it is damaged.

        Raises:
            OutputUnwritableError: it cannot be made.
        """
        path = folder / FILE
        try:
            folder.mkdir(parents=True, exist_ok=True)
            try:
                return cls(path, store.connect(path))._legible()
            except (sqlite3.DatabaseError, *_NONSENSE):
                store.move_aside(path)
                return cls(path, store.connect(path))
        except (OSError, sqlite3.Error) as error:
            raise unwritable(path, error) from error

    @classmethod
    def look_into(cls, folder: Path) -> Self:
        """Open the ledger in *folder* to read it, also while a run is writing.

        Nothing is written, so that a look needs no right to; what an older version of vanban wrote
        is read as it is.

        Raises:
            NoLedgerError: there is none.
            UnreadableInputError: it may not be read.
            DamagedLedgerError: it is damaged.
            OtherVersionError: a later version of vanban wrote it.
        """
        path = folder / FILE
        try:
            path.open("rb").close()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError) as error:
            raise NoLedgerError(folder.parent) from error
        except OSError as error:
            raise UnreadableInputError(path, error.strerror or "") from error
        try:
            connection = store.connect_to_read(path)
            if store.version(connection) > store.LATEST:
                connection.close()
                raise OtherVersionError(folder.parent)
            return cls(path, connection)._legible()
        except OSError as error:
            raise UnreadableInputError(path, error.strerror or "") from error
        except (sqlite3.Error, *_NONSENSE) as error:
            raise DamagedLedgerError(folder.parent, str(error)) from error

    def __enter__(self) -> Self:
        """Nothing to do."""
        return self

    def __exit__(self, *_: object) -> None:
        """Flush and close.

        Raises:
            OutputUnwritableError: the disk is full.
        """
        with closing(self._connection), self._writing():
            self._flush()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """Tell by name what keeps the ledger from being written."""
        try:
            yield self._connection
        except sqlite3.Error as error:
            raise unwritable(self.path.parent, error) from error

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """Keep what is done meanwhile whole, or none of it."""
        with self._writing() as connection, connection:
            yield connection

    def _legible(self) -> Self:
        """Return the ledger when all in it can be read; SQLite checks its frame alone.

        Raises:
            sqlite3.Error, ValueError, TypeError, KeyError, AttributeError: it cannot.
        """
        try:
            for entry in self.entries():
                self.failures(entry.place)
            self.keys()
            self.pages_by_state()
            self.runs()
        except (sqlite3.Error, *_NONSENSE):
            self._connection.close()
            raise
        return self

    def in_place(self) -> bool:
        """Tell whether the file that we write is still the one that others would find."""
        return self.path.exists()

    def expect(self, items: Iterable[tuple[str, str]]) -> None:
        """Note documents, *(place, input)*, that a run means to convert."""
        self._write_many(
            "INSERT INTO documents (place, input, state) VALUES (?, ?, ?) "
            "ON CONFLICT (place) DO UPDATE SET input = excluded.input",
            ((text(place), text(input_), State.PENDING) for place, input_ in items),
        )

    def opened(self, entry: Entry) -> None:
        """Note what a document turned out to be, in place of what was known of it."""
        with self._transaction() as transaction:
            self._replace(transaction, entry)
            self._forget(transaction, entry.place)

    def page(
        self, place: str, number: int, seconds: float, failure: VanbanError | None = None
    ) -> None:
        """Note that page *number* (from 1) was read, or why it was not; flushed within a second."""
        state = State.DONE if failure is None else State.FAILED
        row = (place, number, state, seconds)
        with self._writing() as connection:
            connection.execute("DELETE FROM failures WHERE place = ? AND number = ?", row[:2])
            connection.execute("INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?)", row)
            if failure is not None:
                self._fail(connection, place, number, failure)
            self._flush_soon(at_once=failure is not None)

    def writing(self, place: str, names: Iterable[str]) -> None:
        """Note that the outputs of a document are about to take their places."""
        putting = json.dumps([text(name) for name in names], ensure_ascii=False)
        self._write_many(
            "UPDATE documents SET state = ?, putting = ? WHERE place = ?",
            [(State.WRITING, putting, place)],
        )

    def seen_again(self, place: str, stamp: Stamp, looked: float) -> None:
        """Note that a file is what it was, though its stamp is another."""
        self._write_many(
            "UPDATE documents SET size = ?, modified = ?, looked = ? WHERE place = ?",
            [(stamp.size, stamp.modified, looked, place)],
        )

    def ended(self, entry: Entry, failures: Iterable[VanbanError] = ()) -> None:
        """Note how a document ended; *failures* are of the document, those of pages are known."""
        with self._transaction() as transaction:
            seconds = transaction.execute(
                "SELECT coalesce(sum(seconds), 0) FROM pages WHERE place = ?", (entry.place,)
            ).fetchone()[0]
            self._replace(transaction, entry, finished=time.time(), seconds=seconds)
            if not self.has_failed(entry.place, in_a_page=True):
                transaction.execute("DELETE FROM pages WHERE place = ?", (entry.place,))
            transaction.execute(
                "DELETE FROM failures WHERE place = ? AND number = 0", (entry.place,)
            )
            for failure in failures:
                self._fail(transaction, entry.place, 0, failure)

    def begin_run(self) -> Run:
        """Return a new run, noted as begun now."""
        now = time.time()
        with self._writing() as connection:
            (last,) = connection.execute("SELECT max(number) FROM runs").fetchone()
            run = Run((last or 0) + 1, now, now)
            connection.execute("DELETE FROM failures WHERE place = ?", (_NOWHERE,))
            self.run(run)
            self._flush()
        return run

    def passed_over(self, failure: VanbanError) -> None:
        """Note an input of this run that did not become a document."""
        with self._transaction() as transaction:
            self._fail(transaction, _NOWHERE, 0, failure)

    def all_passed_over(self) -> list[VanbanError]:
        """Return why inputs of the last run did not become documents."""
        return self.failures(_NOWHERE).get(0, [])

    def run(self, run: Run) -> None:
        """Note how far a run is; flushed within a second while it goes on."""
        with self._writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO runs VALUES (?, ?, ?, ?, ?, ?, ?)", astuple(run)
            )
            self._flush_soon(at_once=run.ending is not Ending.NONE)

    def runs(self) -> list[Run]:
        """Return the runs, the first one first; none, when the ledger is older than their table."""
        if store.version(self._connection) < store.LATEST:
            return []
        rows = self._connection.execute("SELECT * FROM runs ORDER BY number")
        return [
            Run(number, started, ended, seconds, documents, pages, Ending(ending))
            for number, started, ended, seconds, documents, pages, ending in rows
        ]

    def entry(self, place: str) -> Entry | None:
        """Return what is known of a document."""
        return next(self._entries("WHERE place = ?", (place,)), None)

    def entries(self) -> Iterator[Entry]:
        """Yield what is known of every document, by place."""
        return self._entries("ORDER BY place")

    def unended(self) -> frozenset[str]:
        """Return the places of the documents that have not ended."""
        ended = (State.DONE, State.FAILED, State.KEPT)
        rows = self._connection.execute(
            "SELECT place FROM documents WHERE state NOT IN (?, ?, ?)", ended
        )
        return frozenset(place for (place,) in rows)

    def has_failed(self, place: str, *, in_a_page: bool = False) -> bool:
        """Tell whether a document failed in its last run; or, if so asked, a page of it."""
        found = self._connection.execute(
            "SELECT 1 FROM failures WHERE place = ? AND number >= ? LIMIT 1", (place, in_a_page)
        )
        return found.fetchone() is not None

    def keys(self) -> dict[str, str]:
        """Return the place of each input."""
        return dict(self._connection.execute("SELECT input, place FROM documents"))

    def twins(self, checksum: str, recipe: str) -> Iterator[Entry]:
        """Yield the documents done of the same content and recipe."""
        return self._entries(
            "WHERE checksum = ? AND recipe = ? AND state = ? ORDER BY place",
            (checksum, recipe, State.DONE),
        )

    def failures(self, place: str) -> dict[int, list[VanbanError]]:
        """Return the failures of a document by page number, 0 for those of the whole."""
        found: dict[int, list[VanbanError]] = {}
        rows = self._connection.execute(
            "SELECT number, kind, subject, detail FROM failures WHERE place = ? ORDER BY number",
            (place,),
        )
        for number, kind, subject, detail in rows:
            found.setdefault(number, []).append(_KINDS.get(kind, VanbanError)(subject, detail))
        return found

    def pages_by_state(self) -> dict[State, int]:
        """Return how many pages of documents that are being read are in which state."""
        rows = self._connection.execute("SELECT state, count(*) FROM pages GROUP BY state")
        return {State(state): count for state, count in rows}

    def _entries(self, where: str, values: tuple[object, ...] = ()) -> Iterator[Entry]:
        cursor = self._connection.execute(f"SELECT * FROM documents {where}", values)  # noqa: S608
        names = [column[0] for column in cursor.description]
        for row in cursor.fetchall() if values else cursor:
            yield from_row(dict(zip(names, row, strict=True)))

    def _replace(self, transaction: sqlite3.Connection, entry: Entry, **values: object) -> None:
        row = {**to_row(entry), **values}
        marks = ", ".join("?" * len(row))
        transaction.execute(
            f"INSERT OR REPLACE INTO documents ({', '.join(row)}) VALUES ({marks})",  # noqa: S608
            tuple(row.values()),
        )

    def _fail(
        self, transaction: sqlite3.Connection, place: str, number: int, failure: VanbanError
    ) -> None:
        transaction.execute(
            "INSERT INTO failures VALUES (?, ?, ?, ?, ?)",
            (place, number, type(failure).__name__, text(failure.subject), text(failure.detail)),
        )

    def _forget(self, transaction: sqlite3.Connection, place: str) -> None:
        transaction.execute("DELETE FROM pages WHERE place = ?", (place,))
        transaction.execute("DELETE FROM failures WHERE place = ?", (place,))

    def _write_many(self, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
        with self._transaction() as transaction:
            transaction.executemany(statement, rows)

    def _flush_soon(self, *, at_once: bool) -> None:
        now = time.monotonic()
        self._waiting_since = self._waiting_since or now
        if at_once or now - self._waiting_since > _PATIENCE:
            self._flush()

    def _flush(self) -> None:
        self._connection.commit()
        self._waiting_since = 0.0
