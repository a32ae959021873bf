"""Responses to objects.

A response has one of two forms, read by the same rules. Normally it is the JSON of the wire
(`apiId`, timestamps as text). With a Stubber or a test double there is only boto3's dict (`ApiId`,
timestamps as datetimes).

cattrs finds the hook for an annotation. The hook factories here make it when a class is first used,
and resolve the annotation then, so that nothing is looked up while a response is read.
"""

from __future__ import annotations

import functools
import linecache
import re
import typing
from typing import Any, Final

import attrs
import cattrs
from botocore import xform_name
from botocore.response import StreamingBody

from apigw2._objects.containers import holds_dict, holds_list
from apigw2._objects.frozen import FrozenDict, freeze
from apigw2._objects.names import boto_name, lower_first, upper_first, wire_name
from apigw2._objects.references import Reference, identity_of
from apigw2._objects.type_hints import (
    SCALARS,
    ConversionError,
    Hook,
    is_literal,
    is_mapping,
    is_object,
    is_sequence,
    is_union,
    passthrough_class,
    string,
    union_members,
)
from apigw2._objects.values import ABSENT_MAP, ABSENT_TUPLE
from apigw2._service.defaults import COMMON_VALUES
from apigw2.errors import ResponseShapeError

if typing.TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from apigw2._objects.references import Owner
    from apigw2._wire.response_capture import CapturedResponse

# OpenAPI documents have the key `openapi` near the start; a proxy's error page does not.
_DOCUMENT: Final = re.compile(r"""^\s*(\{\s*\})?\s*$|(^|[{,\s])["']?openapi["']?\s*:""")


class ResultReader:
    """Reads the result of an operation from its responses.

    Args:
        operation: AWS's name of the operation.
        annotation: The type of the result.
        member: The member of the response that has the result; `None` for the whole response.
    """

    def __init__(self, operation: str, annotation: Any, member: str | None = None) -> None:
        self._operation = operation
        self._annotation = annotation
        self._member = member
        self._wire_member = lower_first(member or "")

    @functools.cached_property
    def _from_wire(self) -> Hook:
        return _converter(wire=True).hook(self._annotation)

    @functools.cached_property
    def _from_boto(self) -> Hook:
        return _converter(wire=False).hook(self._annotation)

    def read(self, response: CapturedResponse, owner: Owner) -> Any:
        """Return the result.

        Args:
            response: The response.
            owner: The object whose method was called.

        Raises:
            ResponseShapeError: An identity field is missing, or a field has the wrong type.
        """
        wire, value = response.wire, response.body
        if self._member is not None:
            value = value.get(self._wire_member if wire else self._member)
            if isinstance(value, StreamingBody):
                value = self._text(response, value.read())
        try:
            return (self._from_wire if wire else self._from_boto)(value, owner)
        except ConversionError:
            pass
        except RecursionError:
            raise self._error(response, ConversionError("fewer levels of nesting", "...")) from None
        try:  # read again with the slower converter, which locates the error
            return _converter(wire=wire, locating=True).hook(self._annotation)(value, owner)
        except ConversionError as error:
            raise self._error(response, error) from None

    def _text(self, response: CapturedResponse, document: bytes) -> str | None:
        """Read a streamed document. ExportApi's is the only one, so it is an OpenAPI document."""
        try:
            text = document.decode()
        except UnicodeDecodeError:
            raise self._error(response, ConversionError("text in UTF-8", document)) from None
        if not _DOCUMENT.search(text):
            raise self._error(response, ConversionError("an OpenAPI document", text))
        return text or None  # botocore accepts a response without a body

    def _error(self, response: CapturedResponse, error: ConversionError) -> ResponseShapeError:
        if self._member is not None:
            error = error.below(xform_name(self._member))
        value = response.redact(error.value)
        return ResponseShapeError(self._operation, error.path, error.expected, value)


@functools.cache
def _converter(*, wire: bool, locating: bool = False) -> _Converter:
    return _Converter(wire=wire, locating=locating)


def _at(path: str, hook: Hook) -> Hook:
    def locate(value: Any, owner: Owner) -> Any:
        try:
            return hook(value, owner)
        except ConversionError as error:
            raise error.below(path) from None

    return locate


class _Converter:
    """A cattrs converter for one of the two forms of a response.

    Its hooks take a value, and the object whose method was called, where cattrs passes the
    annotation. That object has what the service leaves out of a resource: the ids of its parents,
    and the connection.

    Args:
        wire: Whether fields have the names of the wire's JSON, or those of boto3's dicts.
        locating: Whether errors have a path, which costs a function call for each field.
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
        return string  # an unknown value passes through

    def _optional(self, annotation: Any) -> Hook:
        (member,) = union_members(annotation)
        hook = self.hook(member)

        def structure(value: Any, owner: Owner) -> Any:
            return None if value is None else hook(value, owner)

        return structure

    def _sequence(self, annotation: Any) -> Hook:
        member = typing.get_args(annotation)[0]
        hook, kind = self.hook(member), passthrough_class(member)

        def structure(value: Any, owner: Owner) -> tuple[Any, ...]:
            if value is None:
                return ABSENT_TUPLE
            if not holds_list(value):
                raise ConversionError("a list", value)
            for item in value:
                if item.__class__ is not kind:
                    break
            else:
                return tuple(value)  # no item needs the hook
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
                raise ConversionError("an object", value)
            if self._locating:
                return {k: _at(f"[{k!r}]", hook)(item, owner) for k, item in value.items()}
            return FrozenDict({key: hook(item, owner) for key, item in value.items()})

        return structure

    def _object(self, cls: Any) -> Hook:
        """Generate the function that makes objects of a class, as attrs and cattrs do.

        Most fields are strings, whose class is checked inline; a hook is called only for the
        others. The function for a route is

            def structure(o, owner):
                if not isinstance(o, dict): raise ConversionError('an object', o)
                get = o.get; made = new(Mutable)
                made._connection = owner._connection
                made.api_id = owner.api_id
                v = get('routeKey'); made.route_key = v if v.__class__ is str else hook(v, owner)
                ...
                made.__class__ = cls
                return made

        The object is filled as an instance of a mutable subclass with the same layout, and then
        given its real class. attrs' constructor of a frozen class sets each field through
        `object.__setattr__`, which takes longer than all the rest.
        """
        hints = typing.get_type_hints(cls)
        parents = identity_of(cls)[:-1]
        fields = [f for f in attrs.fields(cls) if f.name not in (*parents, "extra")]
        known = {self._rename(field.name) for field in fields}
        scope: dict[str, Any] = {
            "cls": cls,
            "Mutable": _mutable(cls),
            "new": object.__new__,
            "ConversionError": ConversionError,
            "known": known,
            "unknown": functools.partial(self._unknown, known),
            "absent_extra": ABSENT_MAP,
        }
        lines = [
            "def structure(o, owner):",
            "if not isinstance(o, dict): raise ConversionError('an object', o)",
            "get = o.get; made = new(Mutable)",
            *(["made._connection = owner._connection"] if issubclass(cls, Reference) else ()),
            *(f"made.{name} = owner.{name}" for name in parents),
            *(self._assignment(field, hints[field.name], scope) for field in fields),
            "made.extra = absent_extra if known.issuperset(o) else unknown(o)",
            "made.__class__ = cls",
            "return made\n",
        ]
        form = "wire" if self._rename is wire_name else "boto3"
        locating = " locating" if self._locating else ""
        name = f"<apigw2 structure {cls.__name__} {form}{locating}>"
        return _function(name, "\n    ".join(lines), scope)

    def _assignment(
        self, field: attrs.Attribute[Any], annotation: Any, scope: dict[str, Any]
    ) -> str:
        """Return the line that sets a field, and add the names that it uses to the scope."""
        name = field.name
        hook = self.hook(annotation)
        scope[f"hook_{name}"] = _at(name, hook) if self._locating else hook
        value = f"hook_{name}(v, owner)"
        kind = passthrough_class(annotation)
        if kind is not None:
            unchanged = "v"
            shared = _shared_texts(name, annotation)
            if shared:
                scope[f"shared_{name}"] = shared.get
                unchanged = f"shared_{name}(v, v)"
            value = f"{unchanged} if v.__class__ is {kind.__name__} else {value}"
        if field.default is not attrs.NOTHING:
            scope[f"absent_{name}"] = field.default
            value = f"absent_{name} if v is None else {value}"
        return f"v = get({self._rename(name)!r}); made.{name} = {value}"

    def _unknown(self, known: Collection[str], value: Mapping[str, Any]) -> Mapping[str, Any]:
        """The fields of a response that a class does not have, under boto3's names."""
        extra: Mapping[str, Any] = freeze(
            {self._boto_name(key): item for key, item in value.items() if key not in known}
        )
        return extra


def _mutable(cls: Any) -> Any:
    """A subclass with the same layout, whose fields can be set without attrs' checks."""
    methods = {"__setattr__": object.__setattr__, "__delattr__": object.__delattr__}
    return type(f"Mutable{cls.__name__}", (cls,), {"__slots__": (), **methods})


def _function(filename: str, source: str, scope: dict[str, Any]) -> Hook:
    """Compile a function, and register its source for tracebacks and `inspect.getsource`."""
    exec(compile(source, filename, "exec"), scope)  # noqa: S102  # the source is ours
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    structure: Hook = scope["structure"]
    return structure


def _shared_texts(name: str, annotation: Any) -> dict[str, str]:
    """The texts of a field that objects share rather than keep one each.

    Those are an enumeration's values and AWS's own defaults: a tenth of the memory of an API.
    """
    member = next(iter(union_members(annotation)), annotation)
    texts: tuple[str, ...] = typing.get_args(member) or COMMON_VALUES.get(name, ())
    return {text: text for text in texts}
