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
from apigw2._core.shape import (
    ABSENT_MAP,
    ABSENT_TUPLE,
    identity_of,
)
from apigw2.errors import ResponseShapeError

# Fields that nearly always have AWS's own default. Objects share the string, as they share those of
# enumerations, rather than keep one each: a tenth of the memory of an API.
_DEFAULTS: Final[Mapping[str, tuple[str, ...]]] = {
    "api_key_selection_expression": ("$request.header.x-api-key",),
    "route_selection_expression": (
        "${request.method} ${request.path}",
        "$request.method $request.path",
    ),
}

# A hook takes a value, and what the service leaves out of a resource: the ids of its parents, and
# the `connection`. cattrs would pass the annotation there, which each of our hooks knows.
Hook = Callable[[Any, Any], Any]


def read(
    value: Any,
    annotation: Any,
    *,
    wire: bool,
    operation: str,
    at: str = "",
    context: Mapping[str, Any] = ABSENT_MAP,
) -> Any:
    """Make what the annotation says of a part of a response.

    Args:
        value: The part: an object of a resource, a list of them, or any other value.
        annotation: What to make.
        wire: Whether names are the wire's or boto3's.
        operation: The operation's name, for error messages.
        at: Where in the response the part is, for error messages.
        context: What the service leaves out of a resource: `connection`, and its parents' ids.

    Raises:
        ResponseShapeError: It lacks an identity field, or a field has the wrong type.
    """
    try:
        return _reader(wire=wire).hook(annotation)(value, context)
    except Unfit:
        try:  # again, slowly, to say where
            return _reader(wire=wire, locating=True).hook(annotation)(value, context)
        except Unfit as unfit:
            path = unfit.below(at).path if at else unfit.path
            raise ResponseShapeError(operation, path, unfit.expected, unfit.value) from None


@functools.cache
def _reader(*, wire: bool, locating: bool = False) -> _Reader:
    return _Reader(wire=wire, locating=locating)


def _plain(annotation: Any) -> type | None:
    """The class whose instances, straight from JSON, need no more than to be of that class."""
    if is_literal(annotation):
        return str
    return annotation if annotation in (str, bool, int) else None


def _at(path: str, hook: Hook) -> Hook:
    def locate(value: Any, context: Mapping[str, Any]) -> Any:
        try:
            return hook(value, context)
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
        return lambda value, context: None if value is None else hook(value, context)

    def _sequence(self, annotation: Any) -> Hook:
        member = typing.get_args(annotation)[0]
        hook, kind = self.hook(member), _plain(member)

        def structure(value: Any, context: Mapping[str, Any]) -> tuple[Any, ...]:
            if value is None:
                return ABSENT_TUPLE
            if not holds_list(value):
                raise Unfit("a list", value)
            if kind is not None and all(item.__class__ is kind for item in value):
                return tuple(value)
            if self._locating:
                return tuple(_at(f"[{i}]", hook)(item, context) for i, item in enumerate(value))
            return tuple([hook(item, context) for item in value])

        return structure

    def _mapping(self, annotation: Any) -> Hook:
        member = typing.get_args(annotation)[1]
        hook = self.hook(member)

        def structure(value: Any, context: Mapping[str, Any]) -> Mapping[str, Any]:
            if value is None:
                return ABSENT_MAP
            if not holds_dict(value):
                raise Unfit("an object", value)
            if self._locating:
                return {k: _at(f"[{k!r}]", hook)(item, context) for k, item in value.items()}
            return {key: hook(item, context) for key, item in value.items()}

        return structure

    def _object(self, cls: Any) -> Hook:
        """Write the function that makes objects of a class, as cattrs and attrs do.

        Most fields are strings, whose class is looked at in place; a hook is called only for what
        needs one. For a route it comes to

            def structure(o, context):
                if not isinstance(o, dict): raise Unfit('an object', o)
                get = o.get
                made = new(Blank)
                made.api_id = context['api_id']
                v = get('routeKey')
                made.route_key = v if v.__class__ is str else hook_route_key(v, context)
                v = get('requestModels')
                made.request_models = absent_request_models if v is None else hook_...(v, context)
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
        lines = [f"made.{name} = context[{name!r}]" for name in parents]
        known: set[str] = set()
        for field in attrs.fields(cls):
            name = field.name
            if name == "_connection":
                lines.append("made._connection = context['connection']")
            if name in (*parents, "_connection", "extra"):
                continue
            key = self._rename(name)
            known.add(key)
            hook = self.hook(hints[name])
            scope[f"hook_{name}"] = _at(name, hook) if self._locating else hook
            value = f"hook_{name}(v, context)"
            member = next(iter(union_members(hints[name])), hints[name])
            kind = _plain(member)
            if kind is not None:
                found = "v"
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
                "def structure(o, context):",
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
