"""Alembic's entry: runs the migrations on the connection that storage.migrate hands over."""

from alembic import context

from storage.tables import METADATA

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=METADATA, render_as_batch=connection.dialect.name == "sqlite")
context.run_migrations()
