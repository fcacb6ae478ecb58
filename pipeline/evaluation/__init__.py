"""How good the text is: error rates against a truth. No stage imports this room."""

from pipeline.evaluation.rates import Rates, rates

__all__ = ["Rates", "rates"]
