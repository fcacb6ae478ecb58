"""A file is taken once it has stopped changing, and not before."""

import pytest

from pipeline.batch.places import Stamp
from pipeline.batch.settling import Settling


def test_a_file_is_taken_once_it_has_been_the_same_for_two_seconds() -> None:
    settling, stamp = Settling(), {"a": Stamp(9, 1)}

    assert settling.take(stamp, 100.0) == set()
    assert settling.take(stamp, 102.0) == {"a"}
    assert settling.take(stamp, 104.0) == set()


def test_looks_that_come_sooner_do_not_make_a_file_settle_sooner() -> None:
    settling = Settling()

    for look in range(40):
        growing = {"a": Stamp(1 + look // 3, 1)}  # somebody writes into it every 1.5 seconds
        assert settling.take(growing, 0.5 * look) == set()


@pytest.mark.parametrize(("seconds", "taken"), [(2.0, set()), (29.0, set()), (30.0, {"a"})])
def test_a_file_that_stays_empty_is_left_for_longer(seconds: float, taken: set[str]) -> None:
    settling, empty = Settling(), {"a": Stamp(0, 1)}
    settling.take(empty, 0.0)

    assert settling.take(empty, seconds) == taken


def test_a_file_that_was_put_back_settles_again_though_it_looks_the_same() -> None:
    settling, stamp = Settling(), {"a": Stamp(9, 1)}
    settling.take(stamp, 0.0)
    settling.take(stamp, 2.0)

    settling.put_back("a")

    assert settling.take(stamp, 3.0) == set()
    assert settling.take(stamp, 5.0) == {"a"}
