"""Alembic's migrations: from each layout of the database to the next. A database of version 1 has no stamp."""
