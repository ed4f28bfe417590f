"""`make attack-doors`: requests spoiled at random, to management's app and to the donor's, over real HTTP.

Nothing may be answered with a status of 500 or more, a donor gets nothing but what is his, and the server is well
afterwards.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import fuzz_callbacks
import fuzz_donors
from attack.site import TODAY, publish
from knocking import Visitor, recorded, served, unlimited

from app import create_server
from connectors.door_settings import DoorSettings
from connectors.one_time import OneTime
from connectors.settings import ROOT, Settings


def main(arguments: Sequence[str] | None = None, say: Callable[[str], object] = sys.stdout.write) -> None:
    """Attack both apps of the demo, and write down what they answered."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--payloads", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=7)
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as data, unlimited():
        doors = DoorSettings("one_time")  # or whoever is on this computer would be a manager, donors too
        settings = Settings("demo", ROOT / "programme.toml", Path(data), b"only for this attack", None, doors=doors)
        server = create_server(settings, lambda: TODAY)
        with served(server) as address, closing(publish(settings)) as links:
            visitor = Visitor(address)
            visitor.form("/sign-in", {"token": OneTime(Path(data)).make()})
            seeds = recorded(visitor)
            _say("management", lambda: fuzz_callbacks.attack(visitor, chosen.payloads, chosen.seed), say)
            donor = fuzz_donors.Donor(links.entered(Visitor(address)), links.token(), links.token(password="p" * 12))
            _say("donors", lambda: fuzz_donors.attack(donor, seeds, chosen.payloads, chosen.seed), say)


def _say(app: str, attack: Callable[[], Counter[int]], say: Callable[[str], object]) -> None:
    start = time.perf_counter()
    found = attack()
    seconds = time.perf_counter() - start
    say(f"{app}: {found.total():,} requests, {fuzz_donors.summed(found)}; {seconds:.0f} s\n")


if __name__ == "__main__":
    main()
