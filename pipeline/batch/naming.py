"""What failures are about, in the words of messages: a document, or a page of it."""

from __future__ import annotations

from pipeline.batch.discovery import Item
from pipeline.errors import VanbanError


def page_name(document: str, index: int) -> str:
    """Return what a message calls page *index* (from 0) of a document, in any language."""
    return f"{document} [{index + 1}]"


def about(error: VanbanError, item: Item, name: str) -> VanbanError:
    """Return the same failure under the *name* of the document or page that it befell.

    What it was about before, the program or the model, moves into the detail.
    """
    if error.subject in (name, str(item.path), item.path.name):
        return type(error)(name, error.detail)
    return type(error)(name, ", ".join(filter(None, (error.subject, error.detail))))


def of_document(item: Item, failures: dict[int, VanbanError]) -> list[VanbanError]:
    """Return the failures of a document without one good page: one for each kind, not each page."""
    by_kind: dict[type[VanbanError], VanbanError] = {}
    for index in sorted(failures):
        error = failures[index]
        by_kind.setdefault(type(error), type(error)(str(item.path), error.detail))
    return list(by_kind.values())
