"""The memory of answers: bounded by what they weigh; what is still asked for stays."""

from collections.abc import Callable

from callbacks.kept import Kept


def asked(kept: Kept, *names: str) -> list[str]:
    """The names of those answers that had to be made."""
    made: list[str] = []

    def make(name: str) -> Callable[[], str]:
        return lambda: made.append(name) or name  # type: ignore[func-returns-value]

    for name in names:
        assert kept.get(name, make(name)) == name
    return made


def test_answers_are_bounded_and_what_was_not_asked_for_the_longest_leaves() -> None:
    assert asked(Kept(2), "a", "b", "a", "c", "a", "b") == ["a", "b", "c", "b"]


def test_heavy_answers_leave_sooner_and_the_newest_stays_whatever_it_weighs() -> None:
    kept = Kept(10, lambda answer: len(str(answer)))
    assert asked(kept, "1234", "123456", "1234", "123456") == ["1234", "123456"]
    assert asked(kept, "x" * 11, "x" * 11, "1234") == ["x" * 11, "1234"]


def test_an_answer_that_could_not_be_made_is_tried_again() -> None:
    kept, tried = Kept(2), []

    def fail() -> str:
        tried.append(1)
        raise OSError

    for _ in range(2):
        try:
            kept.get("a", fail)
        except OSError:
            continue
    assert (len(tried), asked(kept, "a")) == (2, ["a"])
