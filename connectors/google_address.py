"""What a spreadsheet on Google goes by: its id, in whatever form people copy it."""

import re

from connectors.base import SourceError

_ID = r"[A-Za-z0-9_-]{20,}"
_ID_IN_ADDRESS = re.compile(rf"/d/({_ID})(?:[/?#]|$)|[?&](?:id|key)=({_ID})(?:[&#]|$)")


def spreadsheet_id(address: str) -> str:
    """The id in any form of a spreadsheet's address, or the bare id. Raises SourceError wrong_id."""
    address = address.strip()
    if re.fullmatch(_ID, address):
        return address
    found = _ID_IN_ADDRESS.search(address)
    if found is None:
        raise SourceError("wrong_id", source=address)
    return found.group(1) or found.group(2)
