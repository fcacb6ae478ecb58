from pipeline.correction.memory import Memory


def test_only_what_is_unknown_is_worked_out_and_each_once() -> None:
    asked: list[str] = []
    memory: Memory[str, int] = Memory(10)

    def sizes(new: list[str]) -> list[int]:
        asked.extend(new)
        return [len(key) for key in new]

    assert memory.get(["a", "bb", "a"], sizes) == {"a": 1, "bb": 2}
    assert memory.get(["bb", "ccc"], sizes) == {"bb": 2, "ccc": 3}
    assert memory.get([], sizes) == {}
    assert asked == ["a", "bb", "ccc"]


def test_what_was_asked_for_longest_ago_is_forgotten() -> None:
    asked: list[int] = []
    memory: Memory[int, int] = Memory(3)

    def same(new: list[int]) -> list[int]:
        asked.extend(new)
        return new

    for keys in ([1, 2], [3], [1], [4], [1, 3, 4], [2]):
        assert memory.get(keys, same) == {key: key for key in keys}
    assert asked == [1, 2, 3, 4, 2]


def test_one_call_may_ask_for_more_than_is_remembered() -> None:
    memory: Memory[int, int] = Memory(2)
    assert memory.get(range(5), list) == {key: key for key in range(5)}
