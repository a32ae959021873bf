"""Responses to objects.

There are two ways in, with the same rules and other names. Normally a response is decoded from
the JSON of the wire (`apiId`, timestamps as text); with a Stubber or a test double there is only
boto3's dict (`ApiId`, timestamps as datetimes).

cattrs makes a function for each class when the class is first used; all that annotations say is
resolved then, and nothing is looked up while a response is walked.
"""

from __future__ import annotations

import functools
import typing
from collections.abc import Callable
from typing import Any, Final

import cattrs
from cattrs.gen import make_dict_structure_fn, override

from apigw2._core.annotations import (
    SCALARS,
    Unfit,
    holds_dict,
    holds_list,
    is_literal,
    is_mapping,
    is_object,
    is_sequence,
    is_union,
    string,
    union_members,
)
from apigw2._core.names import boto_name, upper_first, wire_name
from apigw2._core.shape import ABSENT_MAP, ABSENT_TUPLE, field_names
from apigw2.errors import ResponseShapeError

if typing.TYPE_CHECKING:
    from collections.abc import Mapping

    from apigw2._core.annotations import (
        Check,
    )

Hook = Callable[[Any, Any], Any]  # cattrs passes the value and its annotation

# Keys for what an object needs and no response has. The colon keeps them apart from field names.
_CONNECTION: Final = ":connection"
_EXTRA: Final = ":extra"


def read(
    value: Any,
    annotation: Any,
    *,
    wire: bool,
    operation: str,
    context: Mapping[str, object] = ABSENT_MAP,
) -> Any:
    """Make what the annotation says of a part of a response.

    Args:
        value: The part: an object of a resource, a list of them, or any other value.
        annotation: What to make.
        wire: Whether names are the wire's or boto3's.
        operation: The operation's name, for error messages.
        context: What the service leaves out of a resource: `connection`, and its parents' ids.

    Raises:
        ResponseShapeError: It lacks an identity field, or a field has the wrong type.
    """
    if context:
        rename = wire_name if wire else boto_name
        known = {_CONNECTION if k == "connection" else rename(k): v for k, v in context.items()}
        if holds_list(value):
            value = [{**item, **known} if holds_dict(item) else item for item in value]
        elif holds_dict(value):
            value = {**value, **known}
    try:
        return _reader(wire=wire).hook(annotation)(value, annotation)
    except Unfit:
        try:  # again, slowly, to say where
            return _reader(wire=wire, locating=True).hook(annotation)(value, annotation)
        except Unfit as unfit:
            raise ResponseShapeError(operation, unfit.path, unfit.expected, unfit.value) from None


@functools.cache
def _reader(*, wire: bool, locating: bool = False) -> _Reader:
    return _Reader(wire=wire, locating=locating)


def _ignoring_annotation(check: Check) -> Hook:
    return lambda value, _: check(value)


def _as_it_is(value: Any, _: Any) -> Any:
    return value


def _at(path: str, hook: Hook) -> Hook:
    def locate(value: Any, annotation: Any) -> Any:
        try:
            return hook(value, annotation)
        except Unfit as unfit:
            raise unfit.below(path) from None

    return locate


class _Reader:
    """A cattrs converter for one of the two kinds of names.

    Args:
        wire: Whether fields are named as in the JSON of the wire or as in boto3's dicts.
        locating: Whether errors say where they happened, which costs a call for each field.
    """

    def __init__(self, *, wire: bool, locating: bool) -> None:
        self._locating = locating
        self._rename = wire_name if wire else boto_name
        self._boto_name = upper_first if wire else str
        self._converter = cattrs.Converter(detailed_validation=False)
        for kind, check in SCALARS.items():
            self._converter.register_structure_hook(kind, _ignoring_annotation(check))
        for predicate, factory in (
            (is_literal, self._literal),
            (is_union, self._optional),
            (is_sequence, self._sequence),
            (is_mapping, self._mapping),
            (is_object, self._object),
        ):
            self._converter.register_structure_hook_factory(predicate, factory)

    def hook(self, annotation: Any) -> Hook:
        return self._converter.get_structure_hook(annotation)

    def _literal(self, _: Any) -> Hook:
        return _ignoring_annotation(string)  # an unknown value is passed through as it is

    def _optional(self, annotation: Any) -> Hook:
        (member,) = union_members(annotation)
        hook = self.hook(member)
        return lambda value, _: None if value is None else hook(value, member)

    def _sequence(self, annotation: Any) -> Hook:
        member = typing.get_args(annotation)[0]
        hook = self.hook(member)

        def structure(value: Any, _: Any) -> tuple[Any, ...]:
            if value is None:
                return ABSENT_TUPLE
            if not holds_list(value):
                raise Unfit("a list", value)
            if self._locating:
                return tuple(_at(f"[{i}]", hook)(item, member) for i, item in enumerate(value))
            return tuple([hook(item, member) for item in value])

        return structure

    def _mapping(self, annotation: Any) -> Hook:
        member = typing.get_args(annotation)[1]
        hook = self.hook(member)

        def structure(value: Any, _: Any) -> Mapping[str, Any]:
            if value is None:
                return ABSENT_MAP
            if not holds_dict(value):
                raise Unfit("an object", value)
            if self._locating:
                return {k: _at(f"[{k!r}]", hook)(item, member) for k, item in value.items()}
            return {key: hook(item, member) for key, item in value.items()}

        return structure

    def _object(self, cls: Any) -> Hook:
        hints = typing.get_type_hints(cls)
        overrides: dict[str, Any] = {
            "extra": override(rename=_EXTRA, struct_hook=_as_it_is),
            "_connection": override(rename=_CONNECTION, struct_hook=_as_it_is),
        }
        for name in field_names(cls):
            if name != "extra":
                hook = self.hook(hints[name])
                overrides[name] = override(
                    rename=self._rename(name),
                    struct_hook=_at(name, hook) if self._locating else hook,
                )
        known = {renamed.rename for renamed in overrides.values()}
        make = make_dict_structure_fn(cls, self._converter, **overrides)

        def structure(value: Any, _: Any) -> Any:
            if not holds_dict(value):
                raise Unfit("an object", value)
            if not known.issuperset(value):
                unknown = {self._boto_name(k): v for k, v in value.items() if k not in known}
                value = {**value, _EXTRA: unknown}
            try:
                return make(value, cls)
            except KeyError as missing:
                name = next(n for n, o in overrides.items() if o.rename == missing.args[0])
                raise Unfit("a value", None, name) from None

        return structure
