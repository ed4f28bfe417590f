"""The documents of one feed in the database: found by what they say, kept once however many versions share them."""

from sqlalchemy import ColumnElement, Connection, delete, select, update

from connectors.store.documents import compressed, content_address, expanded
from connectors.store.placement import Placement, packed, unpacked
from connectors.store.tables import document, version

DEEPEST = 50  # differences between a placement and the whole one below it: bounds how long a rebuild takes
KINDS = ("placement", "findings", "account")


class Shelf:
    """Puts documents and gets them, within the transaction of a connection."""

    def __init__(self, connection: Connection, feed_id: int) -> None:
        self._connection = connection
        self._feed_id = feed_id
        self._seen: dict[str, Placement] = {}

    def put_text(self, kind: str, text: str) -> str:
        """Keep a text; its hash."""
        found = content_address(kind, text)
        if not self._has(found):
            self._insert(found, kind, compressed(text))
        return found

    def text(self, hash_: str) -> str:
        """The text that has a hash."""
        return expanded(self._body(hash_)[0])

    def put_placement(self, placement: Placement, base: str | None) -> str:
        """Keep a placement, as the difference from the one with the hash `base` where that is shorter; its hash."""
        found = placement.hash
        if not self._has(found):
            depth = DEEPEST if base is None else self._depth(base) + 1
            under = self.placement(base) if base is not None and depth < DEEPEST else None
            body, leans = packed(placement, under)
            self._insert(found, "placement", body, base if leans else None, depth if leans else 0)
        self._seen = {found: placement}
        return found

    def placement(self, hash_: str) -> Placement:
        """The placement that has a hash."""
        chain: list[tuple[str, bytes]] = []
        at: str | None = hash_
        while at is not None and at not in self._seen:
            body, base = self._body(at)
            chain.append((at, body))
            at = base
        under = None if at is None else self._seen[at]
        for _, body in reversed(chain):
            under = unpacked(body, under)
        if under is None:
            raise LookupError("a document is missing")
        self._seen = {hash_: under}
        return under

    def sweep(self) -> None:
        """Drop the documents of no version, after what leans on them has been made whole."""
        self._make_whole()
        used = [select(version.c[kind]).where(version.c.feed_id == self._feed_id) for kind in KINDS]
        unused = [document.c.hash.not_in(names) for names in used]
        self._connection.execute(delete(document).where(self._mine, *unused))

    def _make_whole(self) -> None:
        """Tell placements that versions still have without bases that no version has any more."""
        names = select(version.c.placement).where(version.c.feed_id == self._feed_id)
        leaning = select(document.c.hash).where(self._mine, document.c.hash.in_(names), document.c.base.not_in(names))
        for (found,) in self._connection.execute(leaning).all():
            body, _ = packed(self.placement(found))
            whole = {"body": body, "base": None, "depth": 0}
            self._connection.execute(update(document).where(self._mine, document.c.hash == found).values(whole))

    def _has(self, hash_: str) -> bool:
        found = self._connection.execute(select(document.c.hash).where(self._mine, document.c.hash == hash_))
        return found.first() is not None

    def _depth(self, hash_: str) -> int:
        found = self._connection.execute(select(document.c.depth).where(self._mine, document.c.hash == hash_))
        depth: int = found.scalar_one()
        return depth

    def _body(self, hash_: str) -> tuple[bytes, str | None]:
        columns = select(document.c.body, document.c.base)
        found = self._connection.execute(columns.where(self._mine, document.c.hash == hash_)).first()
        if found is None:
            raise LookupError("a document is missing")
        return bytes(found.body), found.base

    def _insert(self, hash_: str, kind: str, body: bytes, base: str | None = None, depth: int = 0) -> None:
        values = {"feed_id": self._feed_id, "hash": hash_, "kind": kind, "base": base, "depth": depth, "body": body}
        self._connection.execute(document.insert(), values)

    @property
    def _mine(self) -> ColumnElement[bool]:
        return document.c.feed_id == self._feed_id
