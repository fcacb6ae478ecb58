from itertools import pairwise, product

from pipeline.correction.candidates import Candidate
from pipeline.correction.language_model import BOUNDARY
from pipeline.correction.lattice import Lattice, Slot


def slot(*ids: tuple[int, ...]) -> Slot:
    candidates = tuple(Candidate(str(one), ("",) * len(one), one, 0.0) for one in ids)
    return Slot(candidates, [0.0] * len(ids))


SENTENCES = [
    [slot((10,), (11,)), slot((12,)), slot((13, 14), (15,), (16,))],
    [],
    [slot((17,), (18,))],
]


def test_pairs_and_triples_are_all_those_of_neighbours_in_order() -> None:
    lattice = Lattice.of(SENTENCES)
    edge = (BOUNDARY,)
    ids = [candidate.ids for candidate in lattice.candidates]
    rows: list[list[list[tuple[int, ...]]]] = [
        [[edge], [edge], *([c.ids for c in s.candidates] for s in words)] for words in SENTENCES
    ]
    left, right = (side.tolist() for side in lattice.pairs())
    assert [(ids[a], ids[b]) for a, b in zip(left, right, strict=True)] == [
        pair for row in rows for one, two in pairwise(row) for pair in product(one, two)
    ]
    before, pair = (side.tolist() for side in lattice.triples(lattice.pairs()[1]))
    assert [right[a] for a in before] == [left[b] for b in pair]
    found = [(ids[left[a]], ids[left[b]], ids[right[b]]) for a, b in zip(before, pair, strict=True)]
    assert found == [
        triple
        for row in rows
        for one, two, three in zip(row, row[1:], row[2:], strict=False)
        for triple in product(one, two, three)
    ]


def test_a_split_word_ends_in_its_second_syllable() -> None:
    lattice = Lattice.of([[slot((13, 14), (15,))]])
    assert lattice.first.tolist() == [BOUNDARY, BOUNDARY, 13, 15]
    assert lattice.last.tolist() == [BOUNDARY, BOUNDARY, 14, 15]


def test_no_sentence_is_an_empty_lattice() -> None:
    lattice = Lattice.of([])
    assert lattice.candidates == []
    assert [len(side) for side in lattice.pairs()] == [0, 0]
