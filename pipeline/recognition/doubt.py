"""Doubt that the picture gives: a word whose reading cannot be trusted, whatever comes later."""

from __future__ import annotations

from typing import Final

from pipeline.model import Change, Decision, Reason, Stage, Word, replace

TRUST: Final = 0.25  # confidence, at most, of a word that is doubted


def with_doubt(word: Word) -> Word:
    """Return *word* marked as doubtful, as it was read."""
    doubt = Change(word.ocr, word.ocr, Reason.DOUBT, TRUST, Stage.RECOGNITION, Decision.PROPOSED)
    return replace(word, confidence=min(word.confidence or 0.0, TRUST)).changed(doubt)
