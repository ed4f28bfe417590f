"""A pytest plug-in that tries mutants in children of one process, which has collected the tests once.

mutmut starts pytest anew for every mutant; collecting the tests then takes longer than the test that notices it. Here
a child is forked per mutant, runs the tests that reach the mutated function, those that noticed most so far first,
and ends at the first that fails. Asked for by `-p tools.mutant_session --mutants plan.json`; tools.mutants does.
"""

import gc
import json
import os
import resource
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

SURVIVED, KILLED, NO_TESTS, TIMEOUT = 0, 1, 33, -24  # as mutmut numbers them
_LEAST_SECONDS = 20  # CPU seconds that a child has in any case


@dataclass(frozen=True, slots=True)
class Plan:
    """What to try, and where to write what came of it."""

    names: Sequence[str]
    tests: Mapping[str, Sequence[str]]  # mutated function -> ids of the tests that reach it
    seconds: Mapping[str, float]  # test -> how long it takes
    results: Path  # JSON: mutant -> code; complete at any time
    until: float  # seconds from now
    budget: float  # seconds of tests that one mutant is given at most; the first ones in any case


def read_plan(path: Path) -> Plan:
    """The plan in a file. Raises OSError, ValueError, KeyError."""
    found = json.loads(path.read_text("utf-8"))
    return Plan(
        found["names"], found["tests"], found["seconds"], Path(found["results"]), found["until"], found["budget"]
    )


def pytest_addoption(parser: pytest.Parser) -> None:
    """The option that names the plan."""
    parser.addoption("--mutants", help="a plan of mutants to try")


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool | None:
    """Instead of the tests themselves: the tests once without a mutant, then the mutants."""
    path = session.config.getoption("--mutants")
    if not path:
        return None
    trials = Trials(session, read_plan(Path(path)))
    if trials.tried("", session.items) != SURVIVED:
        raise session.Failed("the tests do not pass without a mutant")
    trials.run()
    return True


class Trials:
    """The trials of one session; remembers which tests notice mutants."""

    def __init__(self, session: pytest.Session, plan: Plan) -> None:
        self._session, self._plan = session, plan
        self._items = {item.nodeid: item for item in session.items}
        self._hits: Counter[tuple[str, str]] = Counter()  # (function or module, test) -> mutants noticed
        self._codes: dict[str, int] = json.loads(plan.results.read_text("utf-8")) if plan.results.exists() else {}

    def run(self) -> None:
        """Try the mutants in their order until the time is over."""
        end = monotonic() + self._plan.until
        gc.freeze()  # a collection in a child would copy every page of what the parent has imported
        for name in self._plan.names:
            if monotonic() > end:
                break
            self._codes[name] = self._code(name)
            self._save()

    def _save(self) -> None:
        fresh = self._plan.results.with_suffix(".new")
        fresh.write_text(json.dumps(self._codes), "utf-8")
        fresh.replace(self._plan.results)

    def _code(self, name: str) -> int:
        function = name.partition("__mutmut_")[0]
        reaching = [self._items[test] for test in self._plan.tests.get(function, ()) if test in self._items]
        return self.tried(name, self._ordered(function, reaching)) if reaching else NO_TESTS

    def _ordered(self, function: str, items: Sequence[pytest.Item]) -> list[pytest.Item]:
        module = function.split(".")[1]

        def place(item: pytest.Item) -> tuple[int, int, bool, float]:
            test = item.nodeid
            foreign = f"test_{module}.py" not in test
            return -self._hits[function, test], -self._hits[module, test], foreign, self._plan.seconds.get(test, 0)

        return self._afforded(sorted(items, key=place))

    def _afforded(self, items: list[pytest.Item]) -> list[pytest.Item]:
        """The first items, up to the budget: what notices a mutant is quick, and a survivor would take them all."""
        spent = accumulate(self._plan.seconds.get(item.nodeid, 0) for item in items)
        return [item for item, seconds in zip(items, spent, strict=True) if seconds <= self._plan.budget] or items[:1]

    def tried(self, name: str, items: Sequence[pytest.Item]) -> int:
        """Run tests in a child in which a mutant is alive; "" is none."""
        read, write = os.pipe()
        child = os.fork()
        if not child:
            os.environ["MUTANT_UNDER_TEST"] = name
            limit = _LEAST_SECONDS + 3 * round(sum(self._plan.seconds.get(item.nodeid, 0) for item in items))
            resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 5))
            os.write(write, _first_failure(self._session, items).encode())
            os._exit(0)
        os.close(write)
        with os.fdopen(read) as pipe:
            noticed = pipe.read()
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        function = name.partition("__mutmut_")[0]
        if noticed:
            self._hits.update([(function, noticed), (function.split(".")[-2] if function else "", noticed)])
        return KILLED if noticed or status > 0 else TIMEOUT if status else SURVIVED


def _first_failure(session: pytest.Session, items: Sequence[pytest.Item]) -> str:
    """The id of the first test that fails; empty if none does."""
    following: list[Any] = [*items[1:], None]
    for item, after in zip(items, following, strict=True):
        session.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
        if session.testsfailed:
            return item.nodeid
    return ""
