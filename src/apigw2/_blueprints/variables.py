"""Variables in blueprint files: `${name}`.

Expressions of the service, such as `${request.path}` and `${stageVariables.color}`, contain a dot,
so they are not variables.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from apigw2._blueprints.checks import check_unique
from apigw2._objects.containers import holds_items, holds_map

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

NAME: Final = r"[A-Za-z_]\w*"
_VARIABLE: Final = re.compile(rf"\$(?P<escape>\$?)\{{(?P<name>{NAME})\}}")
_UNESCAPED: Final = re.compile(rf"\$\{{(?={NAME}\}})")
_FLAGS: Final[Mapping[str, bool]] = {"true": True, "false": False}


class Substituted(str):
    """The value of a variable that is a whole text, so that it may stand for a number or a flag."""

    __slots__ = ()

    def as_scalar(self, kind: type) -> object:
        """The value as a number or a flag; the text itself if it is not one.

        Args:
            kind: `int`, `float`, `bool` or `str`.
        """
        if kind is bool:
            return _FLAGS.get(self.lower(), str(self))
        try:
            return kind(self)
        except ValueError:
            return str(self)


def substitute(document: Any, variables: Mapping[str, str]) -> Any:
    """Return a document with the values of its variables.

    Raises:
        ValueError: A variable has no value, or two keys of a mapping become the same.
    """

    def value_of(found: re.Match[str]) -> str:
        name = found["name"]
        if found["escape"]:
            return found[0][1:]
        if name not in variables:
            msg = (
                f"variable {name} has no value; pass it, or write $${{{name}}} for the text "
                f"${{{name}}}"
            )
            raise ValueError(msg)
        return variables[name]

    def replace(text: str) -> str:
        whole = _VARIABLE.fullmatch(text)
        if whole is not None and not whole["escape"]:
            return Substituted(value_of(whole))
        return _VARIABLE.sub(value_of, text)

    return _map_texts(document, replace)


def escape(document: Any) -> Any:
    """Return a document in which no text is read as a variable."""
    return _map_texts(document, lambda text: _UNESCAPED.sub("$${", text))


def without_marks(document: Any) -> Any:
    """Return a document in which every text is a plain `str`."""
    return _map_texts(document, str)


def _map_texts(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if holds_map(value):
        keys = [str(change(key)) if isinstance(key, str) else key for key in value]
        check_unique("two members of a mapping", keys)
        items = [_map_texts(item, change) for item in value.values()]
        return dict(zip(keys, items, strict=True))
    if holds_items(value):
        return [_map_texts(item, change) for item in value]
    return value
