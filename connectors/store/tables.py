"""The tables of the store.

History is kept by validity: a state of a woman holds from the version `valid_from` up to, not including, `valid_to`.
What changes rarely or all at once (the order of the rows, findings, the account) is a document found by its content.
"""

from datetime import UTC, datetime

from sqlalchemy import (
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

HASH = String(64)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, aware on both sides. SQLite keeps no offset and gives naive times back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuses naive times: nobody knows when they are."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment has an offset from UTC")
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """UTC, whatever the time zone of the session."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = MetaData()

feed = Table(
    "feed",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("programme", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("number", Integer, nullable=False),  # of the newest version; never goes back
    Column("edition", Integer, nullable=False),  # rises when the past itself is rewritten: erased, pruned, restored
    Column("counted", Integer, nullable=False),
    Column("persons", Integer, nullable=False),  # the last person's id
    Column("pulls", Integer, nullable=False),  # the last pull's number
    Column("checked_at", Moment),
    Column("error_code", Text),
    Column("error_params", Text),
    Column("error_at", Moment),
    Column("held", Text),
    Column("accepted_hash", HASH),
    *(Column(name, Integer, nullable=False, server_default="0") for name in ("asked", "begun", "answered")),
    UniqueConstraint("programme", "source", name="feed_name"),
)

document = Table(
    "document",
    metadata,
    Column("feed_id", Integer, primary_key=True),
    Column("hash", HASH, primary_key=True),  # of what it says, not of how it is packed
    Column("kind", Text, nullable=False),  # "placement" | "findings" | "account"
    Column("base", HASH),  # the placement that this one is told as a difference from
    Column("depth", Integer, nullable=False),  # how many bases lie below it
    Column("body", LargeBinary, nullable=False),
    ForeignKeyConstraint(["feed_id"], ["feed.id"]),
)

version = Table(
    "version",
    metadata,
    Column("feed_id", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("recorded_at", Moment, nullable=False),
    Column("read_on", Date, nullable=False),
    Column("content_hash", Text, nullable=False),
    Column("source_version", Text),
    Column("women", Integer, nullable=False),
    Column("rows_read", Integer, nullable=False),
    Column("source", Text, nullable=False),
    Column("placement", HASH, nullable=False),
    Column("findings", HASH, nullable=False),
    Column("account", HASH, nullable=False),
    ForeignKeyConstraint(["feed_id"], ["feed.id"]),
    *(
        ForeignKeyConstraint(["feed_id", of], ["document.feed_id", "document.hash"])
        for of in ("placement", "findings", "account")
    ),
)

person = Table(
    "person",
    metadata,
    Column("feed_id", Integer, primary_key=True),
    Column("id", Integer, primary_key=True),
    Column("woman", Text, nullable=False),  # the pseudonym, only here
    ForeignKeyConstraint(["feed_id"], ["feed.id"]),
    UniqueConstraint("feed_id", "woman", name="person_woman"),
)

layout = Table(
    "layout",
    metadata,
    Column("feed_id", Integer, primary_key=True),
    Column("id", Integer, primary_key=True),
    Column("columns", Text, nullable=False),  # what the places of a state's values stand for
    ForeignKeyConstraint(["feed_id"], ["feed.id"]),
)

OPEN = 2**31 - 1  # valid_to of what still holds: as long as any number, so that ending it never moves other rows

# In the order of versions: what a version adds lies together at the end, and what another process lacks is found there.
state = Table(
    "state",
    metadata,
    Column("feed_id", Integer, primary_key=True),
    Column("valid_from", Integer, primary_key=True),
    Column("person_id", Integer, primary_key=True),
    Column("valid_to", Integer, nullable=False),
    Column("layout", Integer, nullable=False),
    Column("body", Text, nullable=False),
    ForeignKeyConstraint(["feed_id", "person_id"], ["person.feed_id", "person.id"]),
    ForeignKeyConstraint(["feed_id", "layout"], ["layout.feed_id", "layout.id"]),
    sqlite_with_rowid=False,
)

pull = Table(
    "pull",
    metadata,
    Column("feed_id", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("version", Integer),
    Column("source_version", Text),
    Column("content_hash", Text),
    Column("rows_read", Integer),
    Column("findings", Integer),
    Column("error_code", Text),
    Column("error_params", Text),
    ForeignKeyConstraint(["feed_id"], ["feed.id"]),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("by", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("detail", Text, nullable=False),
)

# The book of the weekly reviews (connectors.store.reviews). What women a decision names stands in its JSON alone, and
# in the signed documents: erase takes it out of both.
meeting = Table(
    "meeting",
    metadata,
    Column("feed_id", Integer, primary_key=True),
    *(Column(name, Integer, nullable=False) for name in ("counted", "reviews", "decisions", "notes")),
    ForeignKeyConstraint(["feed_id"], ["feed.id"]),
)

signed_review = Table(
    "signed_review",
    metadata,
    Column("feed_id", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("as_of", Date, nullable=False),
    Column("signed_at", Moment, nullable=False),
    Column("signed_by", Text, nullable=False),
    Column("fingerprint", HASH, nullable=False),
    Column("body", Text, nullable=False),
    ForeignKeyConstraint(["feed_id"], ["feed.id"]),
)

decision = Table(
    "decision",
    metadata,
    Column("feed_id", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("body", Text, nullable=False),
    ForeignKeyConstraint(["feed_id"], ["feed.id"]),
)

review_note = Table(
    "review_note",
    metadata,
    Column("feed_id", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("by", Text, nullable=False),
    Column("text", Text, nullable=False),
    ForeignKeyConstraint(["feed_id"], ["feed.id"]),
)

# Counted in windows of time; with SQLite in a file of its own (connectors.store.attempts).
attempt = Table(
    "attempt",
    metadata,
    Column("key", HASH, primary_key=True),  # keyed hash of what is counted: no address is kept
    Column("hits", Integer, nullable=False),
    Column("until", Float, nullable=False),  # seconds since 1970: a new window begins then
)

# Which letter of which due time went to whom: a row is taken before anything is sent, so that nothing is sent twice.
mailing = Table(
    "mailing",
    metadata,
    Column("programme", Text, primary_key=True),
    Column("due", Text, primary_key=True),  # by the clock on the wall: 2026-11-23T07:30
    Column("recipient", HASH, primary_key=True),  # hash of the address: who gets mail stands in the settings
    Column("state", Text, nullable=False),  # connectors.store.mailings
    Column("tries", Integer, nullable=False),
    Column("begun_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("again_at", Moment),
    Column("code", Text),  # of what went wrong last
)

# What people outside are shown. A release is written once and never again.
release = Table(
    "release",
    metadata,
    Column("programme", Text, primary_key=True),
    Column("number", Integer, primary_key=True),  # from 1 without gaps
    Column("document", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("published_at", Moment, nullable=False),
    Column("by", Text, nullable=False),
)

link = Table(
    "link",
    metadata,
    Column("programme", Text, primary_key=True),
    Column("id", Integer, primary_key=True),
    Column("label", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("shows", Integer),  # a release's number; none: the newest
    Column("expires_at", Moment),
    Column("password_hash", Text),
    Column("token_hash", HASH, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("last_seen", Moment),
    Column("views", Integer, nullable=False),
    Column("revoked_at", Moment),
    UniqueConstraint("token_hash", name="link_token"),
)
