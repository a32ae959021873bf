"""Checks of the arguments of methods that are not operations, by their annotations."""

from __future__ import annotations

import functools
import inspect
import typing
from collections.abc import Callable
from typing import Any, TypeVar

from apigw2._arguments import is_function
from apigw2._calls.tracebacks import drop_frames
from apigw2._objects.type_hints import SCALARS, ConversionError, Hook, union_members

F = TypeVar("F", bound=Callable[..., object])


def checked(function: F) -> F:
    """Check the arguments of a function by its annotations before it runs.

    An argument has to be what an operation with this annotation accepts; a function has to be
    callable. Arguments with other annotations, such as a session, are not checked, because callers
    pass doubles.
    """

    @functools.cache  # not evaluated before the first call, as in `Operation`
    def checks() -> tuple[inspect.Signature, dict[str, Hook]]:
        signature = inspect.signature(function)
        hints = typing.get_type_hints(function)
        return signature, {n: _check(hints[n]) for n in signature.parameters if n in hints}

    @functools.wraps(function)
    def method(*args: object, **kwargs: object) -> object:
        __tracebackhide__ = True  # CPython 3.10 keeps this frame
        signature, hooks = checks()
        try:
            given = signature.bind(*args, **kwargs).arguments
        except TypeError:
            return function(*args, **kwargs)  # raises Python's own error, which is clearer
        try:
            for name in hooks.keys() & given.keys():
                several = signature.parameters[name].kind is inspect.Parameter.VAR_POSITIONAL
                for value in given[name] if several else (given[name],):
                    _apply(hooks[name], value, f"{function.__qualname__}(): {name}")
        except TypeError as error:
            drop_frames(error)
            raise
        return function(*args, **kwargs)

    return typing.cast("F", method)


def _apply(hook: Hook, value: object, place: str) -> None:
    try:
        hook(value)
    except ConversionError as error:
        raise TypeError(str(error.below(place))) from None


def _check(annotation: Any) -> Hook:
    """The function that raises `ConversionError` for a value that does not fit an annotation."""
    # Imported here for the same reason as in `operation.py`.
    from apigw2._objects.unstructure import unstructure_hook  # noqa: PLC0415  # as above

    members = union_members(annotation)
    plain = members[0] if len(members) == 1 else annotation
    if typing.get_origin(plain) is Callable:
        hook: Hook = _function
    else:  # NaN has the right type; what it means is for the function to say
        hook = SCALARS[float] if plain is float else unstructure_hook(plain)
    if type(None) not in typing.get_args(annotation):
        return hook

    def optional(value: Any) -> Any:
        return None if value is None else hook(value)

    return optional


def _function(value: object) -> None:
    if not is_function(value):
        raise ConversionError("a function", value)
