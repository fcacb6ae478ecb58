from itertools import product

import numpy as np
import pytest

from pipeline.correction import decoder, language_model, lexicon
from pipeline.correction.candidates import Candidate
from pipeline.correction.decoder import posteriors
from pipeline.correction.language_model import BOUNDARY, LanguageModel
from pipeline.correction.lattice import Sentence, Slot
from pipeline.resources import dictionary


@pytest.fixture(scope="module")
def model() -> LanguageModel:
    return language_model.load(dictionary("language_model"))


def slot(model: LanguageModel, *texts: str) -> Slot:
    candidates = tuple(
        Candidate(text, tuple(text.split()), tuple(map(model.id_of, text.split())), 0.0)
        for text in texts
    )
    return Slot(candidates, [-0.5 * number for number in range(len(texts))])


def by_all_paths(sentence: Sentence, model: LanguageModel) -> list[np.ndarray]:
    shares = [np.zeros(len(slot.candidates)) for slot in sentence]
    for path in product(*(range(len(slot.candidates)) for slot in sentence)):
        chosen = [slot.candidates[at] for slot, at in zip(sentence, path, strict=True)]
        ids = [BOUNDARY, BOUNDARY, *(one for candidate in chosen for one in candidate.ids)]
        score = sum(slot.scores[at] for slot, at in zip(sentence, path, strict=True))
        for three in zip(ids, ids[1:], ids[2:], strict=False):
            score += model.logp(*(np.array([one]) for one in three))[0]
        for share, at in zip(shares, path, strict=True):
            share[at] += np.exp(score)
    return [share / share.sum() for share in shares]


def test_posteriors_are_exact_under_the_model(
    model: LanguageModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decoder, "suits", lambda looks, left, *_: np.zeros(len(left)))
    sentences = [
        [
            slot(model, "ban", "bán", "bàn"),
            slot(model, "thường", "thưởng"),
            slot(model, "vụ"),
            slot(model, "tinhuy", "tỉnh ủy", "tình ủy"),
            slot(model, "ban", "bản"),
            slot(model, "hành", "hanh", "hãnh"),
        ],
        [],
        [slot(model, "các")],
        [slot(model, "cấp"), slot(model, "uy", "ủy")],
    ]
    empty = lexicon.load((), shipped=False)
    assert posteriors([], model, empty) == []
    for sentence, shares in zip(sentences, posteriors(sentences, model, empty), strict=True):
        expected = by_all_paths(sentence, model)
        assert len(shares) == len(expected)
        assert [share.tolist() for share in shares] == [
            pytest.approx(share.tolist()) for share in expected
        ]
