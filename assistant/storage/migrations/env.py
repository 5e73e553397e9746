"""Run by Alembic: takes the steps on the connection that `assistant.storage.database` hands over."""

from alembic import context

from assistant.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,  # the whole upgrade or none of it, on SQLite as well
)
with context.begin_transaction():
    context.run_migrations()
