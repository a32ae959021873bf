"""Checks of arguments, so that a mistake is reported where it was made."""

from __future__ import annotations

import functools
import typing
from typing import TYPE_CHECKING, Any, Final

import attrs

from apigw2._arguments import describe_value, is_function
from apigw2._objects.containers import holds_items, holds_map
from apigw2._objects.type_hints import (
    SENDABLE,
    ConversionError,
    is_object,
    is_sequence,
    union_members,
)
from apigw2._objects.values import Shape, cached_per_class, field_names, is_set

if TYPE_CHECKING:
    from collections.abc import Iterable

    from apigw2._objects.type_hints import Hook

_DEEPEST: Final = 100  # levels of a JSON value; Python's limit of recursion is about 1,000


def check_fields(obj: object) -> None:
    """Check the fields of a spec against their annotations; `None` means "not given".

    Args:
        obj: The spec.

    Raises:
        TypeError: A field has the wrong type, or a required one is `None`.
    """
    cls = type(obj)
    for name, default, check in _checks(cls):
        value = getattr(obj, name)
        if is_set(value):
            try:
                check(value)
            except ConversionError as error:
                raise TypeError(str(error.below(f"{cls.__name__}(): {name}"))) from None
        elif default is attrs.NOTHING:
            msg = f"{cls.__name__}(): {name} is required and must not be None"
            raise TypeError(msg)
        elif value is not default:  # `None` for a list or mapping
            object.__setattr__(obj, name, default)


def check_value(name: str, value: object, annotation: Any) -> None:
    """Reject an argument of a function.

    Args:
        name: The parameter's name, for the message.
        value: The argument.
        annotation: The type that it must have: a scalar, or a list or mapping of scalars.

    Raises:
        TypeError: It has another type.
    """
    try:
        _check_of(annotation)(value)
    except ConversionError as error:
        raise TypeError(str(error.below(name))) from None


def check_callable(name: str, value: object) -> None:
    """Reject an argument that is neither `None` nor callable.

    Raises:
        TypeError: It is neither.
    """
    if value is not None and not is_function(value):
        msg = f"{name}: expected a function, not {describe_value(value)}"
        raise TypeError(msg)


def check_unique(what: str, keys: Iterable[str]) -> None:
    """Reject keys that occur more than once.

    Args:
        what: What has the keys, for the message.
        keys: The keys.

    Raises:
        ValueError: A key occurs more than once.
    """
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            msg = f"{what} have the same key {key!r}"
            raise ValueError(msg)
        seen.add(key)


def check_json(value: object, _: object = None) -> None:
    """Reject what a JSON document cannot contain.

    Raises:
        ConversionError: The value is not a JSON value, or is nested too deeply.
    """
    _check_json(value, "", 0)


def _check_json(value: object, path: str, depth: int) -> None:
    kind = next((kind for kind in (bool, int, float, str) if isinstance(value, kind)), None)
    if kind is not None:
        _located(SENDABLE[kind], value, path)
    elif depth == _DEEPEST:
        raise ConversionError(f"at most {_DEEPEST} levels of nesting", value)
    elif holds_map(value):
        for key, item in value.items():
            _located(SENDABLE[str], key, f"{path}.key".lstrip("."))
            _check_json(item, f"{path}[{key!r}]", depth + 1)
    elif holds_items(value):
        for index, item in enumerate(value):
            _check_json(item, f"{path}[{index}]", depth + 1)
    elif value is not None:
        raise ConversionError("a JSON value", value, path)


def _located(check: Hook, value: object, path: str) -> None:
    try:
        check(value)
    except ConversionError as error:
        raise ConversionError(error.expected, value, path) from None


@cached_per_class
def _checks(cls: type[Any]) -> tuple[tuple[str, object, Hook], ...]:
    """The name, default and check of each field."""
    hints = typing.get_type_hints(cls)
    defaults = {field.name: field.default for field in attrs.fields(cls)}
    checks = {name: _check_of(hints[name]) for name in field_names(cls) if name != "extra"}
    checks["extra"] = _check_extra
    return tuple((name, defaults[name], check) for name, check in checks.items())


def _check_extra(value: object) -> None:
    if not holds_map(value):
        raise ConversionError("a mapping", value)
    check_json(value)
    for key in value:
        if not key[:1].isupper():  # a file with this key would be rejected, as a spelling mistake
            raise ConversionError("names of the service, such as NewField", key, "key")


@functools.cache
def _check_of(annotation: Any) -> Hook:
    """The check of a type: a spec or a tuple of specs by its class, everything else as sent."""
    # Imported here because a third of the time that importing apigw2 takes would be cattrs.
    from apigw2._objects.unstructure import unstructure_hook  # noqa: PLC0415  # as above

    kind = next(iter(union_members(annotation)), annotation)
    if _is_spec(kind):
        return functools.partial(_check_instance, kind)
    if is_sequence(kind) and _is_spec(typing.get_args(kind)[0]):
        return functools.partial(_check_instances, typing.get_args(kind)[0])
    return unstructure_hook(annotation)


def _is_spec(kind: Any) -> bool:
    return is_object(kind) and not issubclass(kind, Shape)


def _check_instance(cls: type[Any], value: object, path: str = "") -> None:
    if not isinstance(value, cls):
        raise ConversionError(f"apigw2.{cls.__name__}", value, path)


def _check_instances(cls: type[Any], values: object) -> None:
    if not holds_items(values):
        raise ConversionError(f"a list of apigw2.{cls.__name__}", values)
    for index, value in enumerate(values):
        _check_instance(cls, value, f"[{index}]")
