"""值的写法: immutable records with named fields, as typing.NamedTuple but twenty times cheaper to define.

A check of one file defines some eighty of them; typing.NamedTuple alone would cost it as much as starting Python
(benchmarks/check_start.py). Type checkers see typing.NamedTuple itself.
"""

from __future__ import annotations

__all__ = ["TYPE_CHECKING", "Record"]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple as Record
else:
    from _collections import _tuplegetter  # the fields of collections.namedtuple, without its Python half

    _new = tuple.__new__

    class _RecordType(type):
        """Turns the annotations of a class body into fields of a tuple."""

        def __new__(cls, name, bases, body):
            fields = tuple(body.get("__annotations__", ()))
            defaults = {field: body.pop(field) for field in fields if field in body}
            body.update({field: _tuplegetter(place, "") for place, field in enumerate(fields)})
            body.update(__slots__=(), _fields=fields, _field_defaults=defaults, __match_args__=fields)
            body["_count"] = len(fields)
            return super().__new__(cls, name, bases, body)

    class Record(tuple, metaclass=_RecordType):
        """Base of every value: fields by name, by place, equal by content, never changed."""

        def __new__(cls, *values, **named):
            """Fields by place, then by name, then their defaults; TypeError for a missing or unknown one."""
            if named or len(values) != cls._count:
                return _new(cls, _completed(cls, values, named))
            return _new(cls, values)

        def __repr__(self):
            inside = ", ".join(f"{field}={value!r}" for field, value in zip(self._fields, self, strict=True))
            return f"{type(self).__name__}({inside})"

        def __getnewargs__(self):
            return tuple(self)

        def _replace(self, **named):
            """A copy with some fields changed; ValueError for an unknown field."""
            changed = _new(type(self), map(named.pop, self._fields, self))
            if named:
                raise ValueError(f"no such field: {', '.join(named)}")
            return changed

        @classmethod
        def _make(cls, values):
            """The record of these values in the order of its fields."""
            return cls(*values)

        def _asdict(self):
            """Field names with their values."""
            return dict(zip(self._fields, self, strict=True))

    def _completed(cls, values, named):
        """All fields of a record of which some were given by name or left to their defaults."""
        fields = cls._fields[len(values) :]
        found = {**cls._field_defaults, **named}
        unknown = named.keys() - fields
        if unknown or len(values) > cls._count:
            raise TypeError(f"{cls.__name__} has no place for {sorted(unknown) or 'so many values'}")
        try:
            return (*values, *map(found.__getitem__, fields))
        except KeyError as missing:
            raise TypeError(f"{cls.__name__} lacks {missing}") from None
