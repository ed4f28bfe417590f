"""A process that wants to lead and says when it does: `python waiting.py <store's address> <name>`."""

import sys
import time

from connectors.store import open_store
from connectors.store.leadership import lease


def main(url: str, name: str) -> None:
    """Ask five times a second, for ever."""
    right, led = lease(open_store(url).database, name), False
    while True:
        leads = right.holds() or right.take()
        if leads != led:
            sys.stdout.write("leads\n" if leads else "lost\n")
        led = leads
        sys.stdout.flush()
        time.sleep(0.2)


if __name__ == "__main__":
    main(*sys.argv[1:])
