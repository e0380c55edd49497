"""Questions to a database behind the store's back."""

from typing import Any

from sqlalchemy import text

from ppid_audit.history.address import engine_for, parse


def ask(address: str, sql: str, **values: object) -> list[Any]:
    with engine_for(parse(address)).connect() as connection:
        return [tuple(row) for row in connection.execute(text(sql), values)]


def change(address: str, sql: str, **values: object) -> None:
    with engine_for(parse(address)).begin() as connection:
        connection.execute(text(sql), values)
