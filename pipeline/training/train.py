"""``vanban train``: a corpus folder in, the data files of ``dictionaries/`` out.

Writes ``language_model/`` (arrays, vocabulary), ``lexicon/mined.txt`` and
``confusions/*.tsv`` below the output folder, and beside each a ``SHA256SUMS``. The same corpus,
Tesseract and fonts give the same bytes.
"""

from __future__ import annotations

import random
from itertools import chain
from pathlib import Path
from typing import Final

import numpy as np

from pipeline.training import confusions, ngrams, phrases, rendering
from pipeline.training.corpus import DOMAINS, domains, lines, streams, vocabulary
from pipeline.training.output import write_sums, write_text, write_words
from pipeline.write_failures import unwritable

# An n-gram is kept if party, legal or news text has it this often. The rare ones are worth their
# bytes: kept from (1, 2, 5) on, words restored rightly in unseen news fell by 0.4 points.
MIN_BIGRAM: Final = (1, 1, 1)
MIN_TRIGRAM: Final = (1, 1, 1)
# What each domain counts in the mixture. Tuned by EM on held-out Party text, Party would count
# three quarters: that restores unseen Party text no better, and news by 0.15 points worse.
WEIGHTS: Final = {"party": 0.5, "legal": 0.2, "news": 0.3}
SEED: Final = 20261123
# Language, worst scan (0..1) and pages that each confusion profile is learned from.
READERS: Final = {"english": ("eng", 0.6, 160), "vie": ("vie", 1.0, 80)}
LINE_LENGTH: Final = range(60, 400)
LINES_PER_FILE: Final = 1500


def train(corpus: Path, out: Path) -> None:
    """Make every trained data file.

    Raises:
        NoCorpusError: the corpus folder holds no text.
        OutputUnwritableError: the output folder cannot be written.
        MissingInputError: no serif font with Vietnamese letters is installed.
    """
    files = domains(corpus)
    try:
        train_language_model(files, out / "language_model")
        train_phrases(files, out / "lexicon")
        train_confusions(files, out / "confusions")
    except PermissionError as error:
        raise unwritable(out, error) from error


def train_language_model(files: dict[str, list[Path]], out: Path) -> None:
    """Write the vocabulary and the arrays of the language model."""
    words = vocabulary(list(chain.from_iterable(files.values())))
    texts = {domain: list(streams(files[domain], words)) for domain in DOMAINS if files[domain]}
    weights = np.array([WEIGHTS[domain] for domain in texts])
    weights /= weights.sum()  # a corpus may lack a domain
    counts = [ngrams.count(parts) for parts in texts.values()]
    models = [ngrams.Domain(counted, len(words)) for counted in counts]
    arrays = ngrams.build(
        counts,
        models,
        weights,
        min_bigram=MIN_BIGRAM[-len(counts) :],
        min_trigram=MIN_TRIGRAM[-len(counts) :],
    )
    out.mkdir(parents=True, exist_ok=True)
    write_words(out / "vocabulary.txt", words)
    for name, array in arrays.items():
        np.save(out / f"{name}.npy", array, allow_pickle=False)
    write_sums(out, "*.npy", "vocabulary.txt")


def train_phrases(files: dict[str, list[Path]], out: Path) -> None:
    """Write the set phrases of the Party texts; without any the list is empty."""
    out.mkdir(parents=True, exist_ok=True)
    write_text(out / "mined.txt", phrases.as_text(phrases.mine(files["party"])))
    write_sums(out, "mined.txt")


def train_confusions(files: dict[str, list[Path]], out: Path) -> None:
    """Print corpus lines, read them with each reader and write what it confuses."""
    sample: list[str] = []
    for file in chain(files["party"], files["legal"]) if files["party"] else files["news"]:
        fitting = [text for line in lines(file) if len(text := line.strip()) in LINE_LENGTH]
        chance = random.Random(f"{SEED} {file.name}")  # noqa: S311  # reproducible, no secret
        sample += chance.sample(fitting, min(len(fitting), LINES_PER_FILE))
    out.mkdir(parents=True, exist_ok=True)
    printed: set[str] = set()
    for name, (language, worst, pages) in READERS.items():
        pairs = list(
            rendering.read_pairs(sample, language=language, worst=worst, pages=pages, seed=SEED)
        )
        printed.update(character for word, _ in pairs for character in word)
        profile = confusions.learn(name, pairs)
        comment = (
            f"{name}: printed TAB read TAB ln P\n"
            f"Learned from {len(pairs)} word pairs on {pages} pages read with Tesseract {language}"
        )
        write_text(out / f"{name}.tsv", confusions.as_text(profile, comment=comment))
    stripped = confusions.stripped(character for character in printed if character.isalpha())
    write_text(
        out / "stripped.tsv", confusions.as_text(stripped, comment="stripped: marks taken off")
    )
    write_sums(out, "*.tsv")
