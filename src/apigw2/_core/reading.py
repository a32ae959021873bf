"""Responses to objects.

There are two ways in, with the same rules and other names. Normally a response is decoded from
the JSON of the wire (`apiId`, timestamps as text); with a Stubber or a test double there is only
boto3's dict (`ApiId`, timestamps as datetimes).

cattrs finds the function for an annotation, and ours make them when a class is first used. All
that annotations say is resolved then, and nothing is looked up while a response is walked.
"""

from __future__ import annotations

import functools
import typing
from collections.abc import Callable, Mapping
from typing import Any, Final

import attrs
import cattrs
from botocore import xform_name
from botocore.response import StreamingBody

from apigw2._core.annotations import (
    SCALARS,
    Unfit,
    is_literal,
    is_mapping,
    is_object,
    is_sequence,
    is_union,
    plain_class,
    string,
    union_members,
)
from apigw2._core.containers import holds_dict, holds_list
from apigw2._core.names import boto_name, lower_first, upper_first, wire_name
from apigw2._core.shape import ABSENT_MAP, ABSENT_TUPLE, identity_of
from apigw2.errors import ResponseShapeError

if typing.TYPE_CHECKING:
    from apigw2._core.decoding import Reply
    from apigw2._core.shape import Owner

# Fields that nearly always have AWS's own default. Objects share the string, as they share those of
# enumerations, rather than keep one each: a tenth of the memory of an API.
_DEFAULTS: Final[Mapping[str, tuple[str, ...]]] = {
    "api_key_selection_expression": ("$request.header.x-api-key",),
    "route_selection_expression": (
        "${request.method} ${request.path}",
        "$request.method $request.path",
    ),
}

# A hook takes a value, and the object whose method was called: it has what the service leaves out
# of a resource, the ids of its parents and the connection. cattrs would pass the annotation there,
# which each of our hooks knows.
Hook = Callable[[Any, Any], Any]


class Part:
    """A part of an operation's responses, and what is made of it.

    Args:
        operation: The operation's name.
        annotation: What to make.
        member: The one member of the response that it is, where it is not the whole.
    """

    def __init__(self, operation: str, annotation: Any, member: str | None = None) -> None:
        self._operation = operation
        self._annotation = annotation
        self._member = member

    @functools.cached_property
    def _from_wire(self) -> Hook:
        return _reader(wire=True).hook(self._annotation)

    @functools.cached_property
    def _from_boto(self) -> Hook:
        return _reader(wire=False).hook(self._annotation)

    def read(self, reply: Reply, owner: Owner) -> Any:
        """Make what the annotation says.

        Args:
            reply: The response.
            owner: The object whose method was called.

        Raises:
            ResponseShapeError: It lacks an identity field, or a field has the wrong type.
        """
        wire, value = reply.wire, reply.body
        if self._member is not None:
            value = value.get(lower_first(self._member) if wire else self._member)
            if isinstance(value, StreamingBody):
                value = self._text(value.read())
        try:
            return (self._from_wire if wire else self._from_boto)(value, owner)
        except Unfit:
            pass
        try:  # again, slowly, to say where
            return _reader(wire=wire, locating=True).hook(self._annotation)(value, owner)
        except Unfit as unfit:
            raise self._error(unfit) from None

    def _text(self, document: bytes) -> str | None:
        try:
            return document.decode() or None  # none: it was cut off in its head
        except UnicodeDecodeError:
            raise self._error(Unfit("text in UTF-8", document)) from None

    def _error(self, unfit: Unfit) -> ResponseShapeError:
        where = unfit.path if self._member is None else unfit.below(xform_name(self._member)).path
        return ResponseShapeError(self._operation, where, unfit.expected, unfit.value)


@functools.cache
def _reader(*, wire: bool, locating: bool = False) -> _Reader:
    return _Reader(wire=wire, locating=locating)


def _at(path: str, hook: Hook) -> Hook:
    def locate(value: Any, owner: Owner) -> Any:
        try:
            return hook(value, owner)
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
        self._converter = cattrs.Converter()
        for kind, check in SCALARS.items():
            self._converter.register_structure_hook(kind, check)
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
        return string  # an unknown value is passed through as it is

    def _optional(self, annotation: Any) -> Hook:
        (member,) = union_members(annotation)
        hook = self.hook(member)
        return lambda value, owner: None if value is None else hook(value, owner)

    def _sequence(self, annotation: Any) -> Hook:
        member = typing.get_args(annotation)[0]
        hook, kind = self.hook(member), plain_class(member)

        def structure(value: Any, owner: Owner) -> tuple[Any, ...]:
            if value is None:
                return ABSENT_TUPLE
            if not holds_list(value):
                raise Unfit("a list", value)
            if kind is not None and set(map(type, value)) == {kind}:
                return tuple(value)
            if self._locating:
                return tuple(_at(f"[{i}]", hook)(item, owner) for i, item in enumerate(value))
            return tuple([hook(item, owner) for item in value])

        return structure

    def _mapping(self, annotation: Any) -> Hook:
        member = typing.get_args(annotation)[1]
        hook = self.hook(member)

        def structure(value: Any, owner: Owner) -> Mapping[str, Any]:
            if value is None:
                return ABSENT_MAP
            if not holds_dict(value):
                raise Unfit("an object", value)
            if self._locating:
                return {k: _at(f"[{k!r}]", hook)(item, owner) for k, item in value.items()}
            return {key: hook(item, owner) for key, item in value.items()}

        return structure

    def _object(self, cls: Any) -> Hook:
        """Write the function that makes objects of a class, as cattrs and attrs do.

        Most fields are strings, whose class is looked at in place; a hook is called only for what
        needs one. For a route it comes to

            def structure(o, owner):
                if not isinstance(o, dict): raise Unfit('an object', o)
                get = o.get
                made = new(Blank)
                made.api_id = owner.api_id
                v = get('routeKey')
                made.route_key = v if v.__class__ is str else hook_route_key(v, owner)
                v = get('requestModels')
                made.request_models = absent_request_models if v is None else hook_...(v, owner)
                ...
                made.__class__ = cls
                return made

        An object is filled while it is of a twin class that is not frozen: attrs' own constructor
        sets fields through `object.__setattr__`, which takes longer than all the rest.
        """
        hints = typing.get_type_hints(cls)
        parents = identity_of(cls)[:-1]
        thawed = {"__setattr__": object.__setattr__, "__delattr__": object.__delattr__}
        twin = type("Blank", (cls,), {"__slots__": (), **thawed})
        scope: dict[str, Any] = {"cls": cls, "Blank": twin, "new": object.__new__, "Unfit": Unfit}
        lines = [f"made.{name} = owner.{name}" for name in parents]
        known: set[str] = set()
        for field in attrs.fields(cls):
            name = field.name
            if name == "_connection":
                lines.append("made._connection = owner._connection")
            if name in (*parents, "_connection", "extra"):
                continue
            key = self._rename(name)
            known.add(key)
            hook = self.hook(hints[name])
            scope[f"hook_{name}"] = _at(name, hook) if self._locating else hook
            value = f"hook_{name}(v, owner)"
            kind = plain_class(hints[name])
            if kind is not None:
                found = "v"
                member = next(iter(union_members(hints[name])), hints[name])
                shared = typing.get_args(member) or _DEFAULTS.get(name)
                if shared:
                    scope[f"shared_{name}"] = {text: text for text in shared}.get
                    found = f"shared_{name}(v, v)"
                value = f"{found} if v.__class__ is {kind.__name__} else {value}"
            if field.default is not attrs.NOTHING:
                scope[f"absent_{name}"] = field.default
                value = f"absent_{name} if v is None else {value}"
            lines.append(f"v = get({key!r}); made.{name} = {value}")

        def unknown(value: dict[str, Any]) -> dict[str, Any]:
            return {self._boto_name(k): v for k, v in value.items() if k not in known}

        scope |= {"known": known, "unknown": unknown, "absent_extra": ABSENT_MAP}
        source = "\n    ".join(
            (
                "def structure(o, owner):",
                "if not isinstance(o, dict): raise Unfit('an object', o)",
                "get = o.get; made = new(Blank)",
                *lines,
                "made.extra = absent_extra if known.issuperset(o) else unknown(o)",
                "made.__class__ = cls",
                "return made",
            )
        )
        exec(compile(source, f"<apigw2 reads {cls.__name__}>", "exec"), scope)  # noqa: S102  # ours
        structure: Hook = scope["structure"]
        return structure
