from pathlib import Path

import numpy as np
import pytest

from pipeline.correction import language_model
from pipeline.correction.language_model import BOUNDARY, LanguageModel, load
from pipeline.errors import BadDictionaryError
from pipeline.resources import dictionary


@pytest.fixture(scope="module")
def model() -> LanguageModel:
    return load(dictionary("language_model"))


def ids(model: LanguageModel, *words: str) -> list[np.ndarray]:
    return [np.array([model.id_of(word)]) for word in words]


def test_every_history_spreads_a_probability_of_about_one(model: LanguageModel) -> None:
    words = np.arange(len(model.vocabulary))
    words = words[words != BOUNDARY]
    for first, second in (("ban", "thường"), ("nghị", "quyết"), ("của", "hươu"), ("tỉnh", "ủy")):
        a, b = ids(model, first, second)
        assert np.exp(model.logp(a, b, words)).sum() == pytest.approx(1.0, abs=0.06)


def test_party_language_is_likelier_than_its_look_alikes(model: LanguageModel) -> None:
    ban, thuong = ids(model, "ban", "thường")
    vu, vo = ids(model, "vụ", "vỏ")
    assert model.logp(ban, thuong, vu) > model.logp(ban, thuong, vo) + 4


def test_lookups_broadcast_and_agree_with_single_ones(model: LanguageModel) -> None:
    first, second = np.array([[7], [9]]), np.array([[11, 12, 13]])
    together = model.logp(first, second, np.array([5]))
    assert together.shape == (2, 3)
    single = model.logp(np.array([9]), np.array([12]), np.array([5]))
    assert together[1, 1] == pytest.approx(single[0])


def test_capitals_follow_their_neighbours(model: LanguageModel) -> None:
    bo, chinh, xa, cua = ids(model, "bộ", "chính", "xã", "của")
    assert model.manners(bo, chinh).title > 0.5 > model.manners(cua, xa).title


def test_the_shipped_files_match_their_checksums() -> None:
    import hashlib

    for folder in ("language_model", "confusions"):
        sums = dictionary(folder, "SHA256SUMS")
        for line in sums.read_text(encoding="utf-8").splitlines():
            checksum, name = line.split()
            assert hashlib.sha256((sums.parent / name).read_bytes()).hexdigest() == checksum


def test_a_missing_or_damaged_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadDictionaryError):
        load(tmp_path)
    (tmp_path / "vocabulary.txt").write_text("<s>\n", encoding="utf-8")
    for name in language_model.ARRAYS:
        (tmp_path / f"{name}.npy").write_bytes(b"damaged")
    load.cache_clear()
    with pytest.raises(BadDictionaryError):
        load(tmp_path)
