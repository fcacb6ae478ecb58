"""``vanban train``: the data files of ``dictionaries/`` from a folder of texts."""

from __future__ import annotations

from pathlib import Path

import typer

from pipeline.messages import Language, say
from pipeline.training.rescorer import Plan, train_rescorer
from pipeline.training.train import train as make


def train(corpus: Path, out: Path, language: Language, *, rescorer: bool) -> None:
    """Make the language model, phrases and confusions, or the network that goes with them."""

    def report(step: int, loss: float) -> None:
        line = say(language, "train.step", step=step, steps=plan.steps, loss=loss)
        typer.echo(line, err=True)

    plan = Plan()
    if rescorer:
        train_rescorer(corpus, out, plan, report)
    else:
        make(corpus, out)
