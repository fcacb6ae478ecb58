from pathlib import Path

import numpy as np
import pytest

from pipeline.correction import network
from pipeline.correction.network import ARRAYS, Network, Stretch
from pipeline.errors import BadDictionaryError
from pipeline.resources import dictionary

WORDS = ("<s>", "<unk>", "<number>", "<numeral>", "<symbol>", "tỉnh", "tính", "ủy", "uy")
WIDTH, HIDDEN, LAYERS = 6, 8, 3


def arrays(seed: int = 1) -> dict[str, np.ndarray]:
    """Random weights of a small network."""
    chance = np.random.default_rng(seed)
    shapes = {
        "embedding": (len(WORDS), WIDTH),
        "flags": (8, WIDTH),
        "norm": (LAYERS, WIDTH),
        "mix": (LAYERS, 3 * WIDTH, HIDDEN),
        "mix_bias": (LAYERS, HIDDEN),
        "back": (LAYERS, HIDDEN, WIDTH),
        "back_bias": (LAYERS, WIDTH),
        "last_norm": (WIDTH,),
        "output": (len(WORDS), WIDTH),
        "output_bias": (len(WORDS),),
    }
    made = {name: chance.normal(size=shape).astype(np.float32) for name, shape in shapes.items()}
    return {**made, "dilation": np.array([1, 2, 4], np.float32)}


def stretch(words: int) -> Stretch:
    """Words of two candidates each."""
    chance = np.random.default_rng(2)
    return Stretch(
        chance.integers(5, len(WORDS), 2 * words),
        np.tile(np.array([0.7, 0.3], np.float32), words),
        np.arange(0, 2 * words, 2),
        chance.integers(0, 8, words),
    )


NET = Network({word: number for number, word in enumerate(WORDS)}, arrays())


@pytest.mark.parametrize("at", [0, 17, 39])
def test_a_word_alone_is_weighed_as_among_all(at: int) -> None:
    text = stretch(40)
    every = NET.preferences(text, np.ones(40, bool))
    one = np.zeros(40, bool)
    one[at] = True
    alone = NET.preferences(text, one)
    assert alone[2 * at : 2 * at + 2] == pytest.approx(every[2 * at : 2 * at + 2], abs=1e-4)
    assert np.count_nonzero(alone) == 2


def test_what_is_out_of_sight_does_not_count() -> None:
    text, other = stretch(40), stretch(40)
    other.ids[-2:] = 5  # the last word, twenty away; the layers see seven to either side
    first = np.arange(40) == 19
    assert NET.preferences(text, first) == pytest.approx(NET.preferences(other, first))
    near = np.arange(40) == 33
    assert NET.preferences(text, near) != pytest.approx(NET.preferences(other, near))


def test_where_nothing_is_undecided_nothing_is_worked_out() -> None:
    assert not NET.preferences(stretch(3), np.zeros(3, bool)).any()


def test_words_are_translated_and_strange_ones_unknown() -> None:
    assert NET.translated(("<s>", "uy", "zzz")).tolist() == [0, 8, 1]


def saved(folder: Path, **changed: np.ndarray) -> Path:
    for name, array in {**arrays(), **changed}.items():
        np.save(folder / f"{name}.npy", array.astype(np.float16))
    (folder / "vocabulary.txt").write_text("\n".join(WORDS), encoding="utf-8")
    return folder


def test_a_saved_network_is_read_again(tmp_path: Path) -> None:
    net = network.load(saved(tmp_path))
    assert net.ids == NET.ids
    assert net.arrays["mix"] == pytest.approx(NET.arrays["mix"], abs=0.01)


def test_a_missing_cut_or_foreign_file_is_named(tmp_path: Path) -> None:
    whole = saved(tmp_path)
    (whole / "mix.npy").write_bytes((whole / "mix.npy").read_bytes()[:200])
    with pytest.raises(BadDictionaryError):
        network.load(whole)
    (whole / "mix.npy").unlink()
    with pytest.raises(BadDictionaryError):
        network.load(whole)
    saved(tmp_path, embedding=np.zeros((3, WIDTH)))
    with pytest.raises(BadDictionaryError, match="differ"):
        network.load(whole)


def test_the_shipped_network_knows_the_words_of_the_language_model() -> None:
    net = network.load(dictionary("rescorer"))
    assert set(net.arrays) == set(ARRAYS)
    model = (dictionary("language_model") / "vocabulary.txt").read_text(encoding="utf-8")
    assert list(net.ids) == model.splitlines()
