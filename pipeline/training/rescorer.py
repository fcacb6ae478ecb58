"""Trains the network of :mod:`pipeline.correction.network`: damaged text in, the right words out.

The network sees the candidates of :mod:`.stretches` as correction does, and learns to choose the
right one (cross-entropy over the candidates, Adam, a rate that falls to nought). Needs PyTorch
(``vanban[train]``) and takes about an hour and a half on two cores that know bfloat16.

The same corpus, language model, confusions, candidates, PyTorch and kind of processor give the same
bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pipeline.correction import language_model, lexicon
from pipeline.correction.candidates import CandidateFinder
from pipeline.correction.channel import load_profile
from pipeline.correction.language_model import LanguageModel
from pipeline.correction.network import ARRAYS, TABLES
from pipeline.correction.profile import tunings
from pipeline.errors import MissingPackageError
from pipeline.training.corpus import domains, streams
from pipeline.training.noise import NEVER, Noise, drawn
from pipeline.training.output import write_sums, write_words
from pipeline.training.stretches import FLAG_SHIFT, READERS, Batch, batch
from pipeline.write_failures import unwritable

SEED: Final = 20261126
WIDTH: Final = 256
HIDDEN: Final = 640
DILATIONS: Final = (1, 2, 4, 8, 1, 2)
STRETCHES: Final = 128  # in a step
STEPS: Final = 8000
WARM_UP: Final = 300  # steps in which the rate rises
RATE: Final = 2e-3
LAST_RATE: Final = 0.01  # share of it that is left at the end
DECAY: Final = 0.05
MOMENTS: Final = (0.9, 0.98)
THREADS: Final = 2  # another number would round other sums
REPORTED: Final = 100  # steps

Shares = Mapping[str, Any]  # torch tensors by name
Report = Callable[[int, float], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how large; the defaults are those of the shipped network."""

    steps: int = STEPS
    width: int = WIDTH
    hidden: int = HIDDEN
    stretches: int = STRETCHES
    readings: float = 1.0  # share of those in READERS


def train_rescorer(corpus: Path, out: Path, plan: Plan, report: Report) -> None:
    """Train on the corpus and write ``out/rescorer``.

    Args:
        corpus: folder of texts.
        out: folder that holds ``language_model/`` and ``confusions/`` already.
        plan: how long and how large.
        report: is told now and then the step and the mean loss since the last time.

    Raises:
        MissingPackageError: PyTorch is not installed.
        NoCorpusError: the corpus folder holds no text.
        BadDictionaryError: *out* lacks the language model or the confusions.
        OutputUnwritableError: *out* cannot be written.
    """
    try:
        torch = import_module("torch")
    except ImportError as error:
        raise MissingPackageError("torch") from error
    folder = out / "rescorer"
    try:
        folder.mkdir(parents=True, exist_ok=True)  # told before an hour's work, not after it
    except OSError as error:
        raise unwritable(folder, error) from error
    model = language_model.load(out / "language_model")
    texts = {
        domain: np.concatenate(list(streams(files, model.vocabulary)))
        for domain, files in domains(corpus).items()
        if files
    }
    noises = tuple(_noise(name, model, out, plan) for name in READERS)
    trainer = _Trainer(torch, len(model.vocabulary), plan)
    chance = np.random.default_rng(SEED)
    loss = 0.0
    for step in range(plan.steps):
        loss += trainer.step(step, batch(texts, noises, plan.stretches, chance))
        if (step + 1) % REPORTED == 0:
            report(step + 1, loss / REPORTED)
            loss = 0.0
    _write(folder, model.vocabulary, trainer.arrays())


def _noise(name: str, model: LanguageModel, out: Path, plan: Plan) -> Noise:
    readings, slips, _ = READERS[name]
    channel = load_profile(out / "confusions" / f"{name}.tsv")
    finder = CandidateFinder(channel, tunings()[name], model, lexicon.load())
    return drawn(finder, round(readings * plan.readings), slips, SEED)


class _Trainer:
    """The weights, in full precision for Adam and in bfloat16 for the sums."""

    def __init__(self, torch: Any, words: int, plan: Plan) -> None:
        torch.manual_seed(SEED)
        torch.set_num_threads(THREADS)
        torch.use_deterministic_algorithms(mode=True)
        self._torch, self._plan = torch, plan
        self._weights = _first_weights(torch, words, plan)
        self._moments = {
            name: (torch.zeros_like(weight), torch.zeros_like(weight))
            for name, weight in self._weights.items()
        }

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the weights as :mod:`pipeline.correction.network` reads them."""
        arrays = {name: _rounded(name, w.numpy()) for name, w in self._weights.items()}
        return {**arrays, "dilation": np.array(DILATIONS, np.uint8)}

    def step(self, number: int, some: Batch) -> float:
        """Learn from some stretches and return their loss."""
        torch = self._torch
        # The table of vectors is summed over, not multiplied: full precision costs nothing there.
        used = {
            name: (w if name == "embedding" else w.bfloat16()).detach().clone().requires_grad_()
            for name, w in self._weights.items()
        }
        loss = _loss(torch, used, some)
        loss.backward()
        self._learn(number, {name: weight.grad.float() for name, weight in used.items()})
        return float(loss.detach())

    def _learn(self, number: int, slopes: Shares) -> None:
        """Move the weights down the *slopes*, none too far: Adam with decoupled decay."""
        torch = self._torch
        length = float(torch.sqrt(sum((slope * slope).sum() for slope in slopes.values())))
        shorter = min(1.0, 1.0 / (length + 1e-6))
        rate = _rate(number, self._plan.steps)
        first_share, second_share = MOMENTS
        for name, weight in self._weights.items():
            slope = slopes[name] * shorter
            first, second = self._moments[name]
            first.mul_(first_share).add_(slope, alpha=1 - first_share)
            second.mul_(second_share).addcmul_(slope, slope, value=1 - second_share)
            if name in ("mix", "back"):
                weight.mul_(1 - rate * DECAY)
            spread = (second / (1 - second_share ** (number + 1))).sqrt_().add_(1e-8)
            weight.addcdiv_(first / (1 - first_share ** (number + 1)), spread, value=-rate)


def _rate(number: int, steps: int) -> float:
    rise = min(WARM_UP, max(1, steps // 10))
    if number < rise:
        return RATE * (number + 1) / rise
    return RATE * max(LAST_RATE, 1 - (number - rise) / max(1, steps - rise))


def _first_weights(torch: Any, words: int, plan: Plan) -> dict[str, Any]:
    """Return random weights with which every layer at first adds nothing."""
    width, hidden, layers = plan.width, plan.hidden, len(DILATIONS)
    return {
        "embedding": torch.randn(words, width) * 0.5,
        "flags": torch.randn(1 << (16 - FLAG_SHIFT), width) * 0.1,
        "norm": torch.ones(layers, width),
        "mix": torch.randn(layers, 3 * width, hidden) * (1 / (9 * width)) ** 0.5,
        "mix_bias": torch.zeros(layers, hidden),
        "back": torch.zeros(layers, hidden, width),
        "back_bias": torch.zeros(layers, width),
        "last_norm": torch.ones(width),
        "output": torch.randn(words, width) * 0.03,
        "output_bias": torch.zeros(words),
    }


def _loss(torch: Any, weights: Shares, some: Batch) -> Any:
    """Return the mean cross-entropy of the words that have more than one candidate."""
    functional = torch.nn.functional
    candidates = torch.from_numpy(some.candidates)
    logp = torch.from_numpy(some.logp)
    count, length, kept = candidates.shape
    width = weights["embedding"].shape[1]
    vectors = functional.embedding_bag(
        candidates.view(-1, kept),
        weights["embedding"],
        per_sample_weights=logp.softmax(-1).view(-1, kept),
        mode="sum",
    )
    vectors = vectors * torch.from_numpy(some.seen).view(-1, 1)
    vectors = vectors.view(count, length, width).bfloat16()
    vectors = vectors + functional.embedding(torch.from_numpy(some.flags), weights["flags"])
    for layer, step in enumerate(DILATIONS):
        vectors = vectors + _layer(torch, weights, vectors, layer, step)
    final = functional.layer_norm(vectors, (width,), weights["last_norm"]).view(-1, width)
    at = (logp > NEVER / 2).sum(-1).view(-1).gt(1).nonzero()[:, 0]
    ids = candidates.view(-1, kept)[at]
    likeness = functional.embedding(ids, weights["output"]) * final[at][:, None]
    scores = likeness.sum(-1, dtype=torch.float32) + weights["output_bias"][ids].float()
    scores = scores + logp.view(-1, kept)[at]
    return functional.cross_entropy(scores, torch.from_numpy(some.target).view(-1)[at])


def _layer(torch: Any, weights: Shares, vectors: Any, layer: int, step: int) -> Any:
    """Return what one layer adds to *vectors*, of shape (stretches, WORDS, width)."""
    functional = torch.nn.functional
    length, width = vectors.shape[1:]
    normed = functional.layer_norm(vectors, (width,), weights["norm"][layer])
    padded = functional.pad(normed, (0, 0, step, step))
    around = torch.cat([padded[:, at : at + length] for at in (0, step, 2 * step)], -1)
    hidden = (around @ weights["mix"][layer] + weights["mix_bias"][layer]).relu()
    return hidden @ weights["back"][layer] + weights["back_bias"][layer]


def _rounded(name: str, weight: NDArray[np.float32]) -> NDArray[Any]:
    """Return weights in half precision, which packs well; what is multiplied in full once more."""
    half = weight.astype(np.float16)
    return half if name in TABLES else half.astype(np.float32)


def _write(out: Path, vocabulary: tuple[str, ...], arrays: dict[str, NDArray[Any]]) -> None:
    for name in ARRAYS:
        np.save(out / f"{name}.npy", arrays[name], allow_pickle=False)
    write_words(out / "vocabulary.txt", vocabulary)
    write_sums(out, "*.npy", "vocabulary.txt")
