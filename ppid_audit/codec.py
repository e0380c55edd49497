"""Nouns <-> plain JSON values, under a schema number.

Only frozen dataclasses, enums, dates, tuples, dicts and scalars occur in nouns, so the type hints
are the whole description: a new field needs no line here. A field that is missing in stored data
takes its default; a stored field that no longer exists is ignored.
"""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from ppid_audit.errors import StorageError

T = TypeVar("T")

SCHEMA = 1
"""Number of the stored form; raised when an old form can no longer be read as it stands."""


def encode(value: object) -> Any:
    """A noun as plain JSON values (dicts, lists, strings, numbers, None)."""
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        plain = {f.name: encode(getattr(value, f.name)) for f in fields(value)}
        return {"_": type(value).__name__, **plain} if type(value).__name__ in _TAGGED else plain
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(encode(key)): encode(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [encode(item) for item in value]
    if isinstance(value, frozenset):
        return sorted(encode(item) for item in value)
    return value


_TAGGED = frozenset({"Probe", "AnyOf", "AllOf"})


def decode(kind: type[T], value: Any) -> T:
    """The noun of type ``kind`` that ``encode`` made ``value`` of; StorageError if it is none."""
    try:
        result: T = _decode(kind, value)
    except (KeyError, TypeError, ValueError, AttributeError, StopIteration) as error:
        raise _damaged(kind, error) from error
    return result


def dumps(value: object) -> str:
    """``value`` as JSON text under the schema number: keys sorted, no spaces, one form only."""
    return json.dumps(
        {"schema": SCHEMA, "data": encode(value)}, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )


def loads(kind: type[T], text: str) -> T:
    """The inverse of ``dumps``; StorageError when the text is damaged or newer than this program."""
    try:
        wrapper = json.loads(text)
        number, data = wrapper["schema"], wrapper["data"]
    except (ValueError, KeyError, TypeError) as error:
        raise _damaged(kind, error) from error
    if number != SCHEMA:
        raise StorageError(
            f"data {kind.__name__} yang tersimpan bersusunan {number}, program ini membaca {SCHEMA}",
            en=f"stored {kind.__name__} has schema {number}, this program reads {SCHEMA}",
        )
    return decode(kind, data)


def _damaged(kind: type[object], error: Exception) -> StorageError:
    name = kind.__name__
    return StorageError(f"data {name} yang tersimpan rusak: {error}", en=f"stored {name} is damaged: {error}")


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _decode(kind: Any, value: Any) -> Any:
    origin, args = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return _decode_union(args, value)
    if origin is tuple:
        return tuple(_decode(args[0], item) for item in value)
    if origin is frozenset:
        return frozenset(_decode(args[0], item) for item in value)
    if origin is dict:
        return {_decode(args[0], key): _decode(args[1], item) for key, item in value.items()}
    if isinstance(kind, type):
        return _decode_plain(kind, value)
    return value


def _decode_union(args: tuple[Any, ...], value: Any) -> Any:
    if value is None and NoneType in args:
        return None
    kinds = [kind for kind in args if kind is not NoneType]
    if len(kinds) == 1:
        return _decode(kinds[0], value)
    return _decode(next(kind for kind in kinds if kind.__name__ == value["_"]), value)


def _decode_plain(kind: type, value: Any) -> Any:
    if is_dataclass(kind):
        hints = _hints(kind)
        return kind(**{f.name: _decode(hints[f.name], value[f.name]) for f in fields(kind) if f.name in value})
    if issubclass(kind, Enum):
        return kind(value)
    if issubclass(kind, date):
        return date.fromisoformat(value)
    if kind is float:
        return float(value)
    return value
