"""How good the text is: error rates against a truth. No stage imports this room."""

from pipeline.evaluation.counts import Counts, rates

__all__ = ["Counts", "rates"]
