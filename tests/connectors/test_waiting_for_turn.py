"""A sheet whose turn has not come is not asked whether it has changed again, and is read as soon as it comes."""

from refreshing import Clock, LiveSource, Process, Reader, women


class Queue(LiveSource):
    """A source whose turn comes when `waits` is over; notes for whom it was asked."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self.waits = 0.0
        self.asked: list[bool] = []

    def turn(self, *, asked: bool) -> float:
        self.asked.append(asked)
        return self.waits


def test_a_changed_sheet_waits_without_another_question_and_is_read_in_its_turn() -> None:
    clock = Clock()
    source = Queue(clock)
    process = Process(source, Reader(), clock)
    assert women(process.turn()) == ["a", "b"]
    source.cells, source.token, source.waits = ["a", "b", "c"], "2", 9.0
    for _ in range(5):
        assert women(process.turn(16)) == ["a", "b"]
    assert (source.pulls, source.tokens) == (1, 2)
    source.waits = 0.0
    assert women(process.turn(0.5)) == ["a", "b", "c"]
    assert (source.pulls, source.tokens) == (2, 2)
    process.turn(16)
    assert source.tokens == 3  # asked anew, as ever
    assert source.pulls == 2


def test_who_asks_by_hand_is_answered_when_the_turn_has_come_and_not_before() -> None:
    clock = Clock()
    source = Queue(clock)
    process = Process(source, Reader(), clock)
    process.turn()
    source.waits = 9.0
    process.ask()
    number = process.kept.head().asked
    for _ in range(3):
        process.turn(1)
        assert process.kept.head().answered < number
    assert source.asked[-3:] == [True, True, True]  # it is still a person's, at every look
    source.waits, source.cells = 0.0, ["a", "b", "d"]
    assert women(process.turn(1)) == ["a", "b", "d"]
    assert process.kept.head().answered == number


def test_waiting_is_no_failure_and_nothing_is_written_meanwhile() -> None:
    clock = Clock()
    source = Queue(clock)
    process = Process(source, Reader(), clock)
    process.turn()
    checked, source.token, source.waits = process.kept.head().checked_at, "2", 9.0
    for _ in range(3):
        shown = process.turn(16)
        assert shown.error is None
    assert process.kept.head().checked_at == checked  # so that old numbers are seen to grow old
