"""Asking Google again: only where the fault may pass, only while there is time, and never all clients at once."""

import random
from collections.abc import Callable

from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt

from connectors.google_faults import PassingError
from connectors.google_line import Line

MAX_TRIES = 5
LONGEST_WAIT = 16.0


def retrying(line: Line, sleep: Callable[[float], None]) -> Retrying:
    """Calls a function up to MAX_TRIES times while it raises PassingError and the line's time outlasts the wait."""

    def out_of_time(state: RetryCallState) -> bool:
        return state.upcoming_sleep >= line.left

    return Retrying(
        retry=retry_if_exception_type(PassingError),
        stop=lambda state: stop_after_attempt(MAX_TRIES)(state) or out_of_time(state),
        wait=_wait,
        sleep=sleep,
        reraise=True,
    )


def _wait(state: RetryCallState) -> float:
    """Google's Retry-After, else full jitter: any moment up to 1, 2, 4 ... seconds, so that many clients spread out."""
    error = state.outcome.exception() if state.outcome is not None else None
    if isinstance(error, PassingError) and error.retry_after is not None:
        return error.retry_after
    return random.uniform(0, min(LONGEST_WAIT, 2.0 ** (state.attempt_number - 1)))  # noqa: S311 - not a secret
