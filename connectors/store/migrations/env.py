"""Runs the migrations on the connection that connectors.store.migrate hands over; there is no other way to run them."""

from alembic import context

from connectors.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
