"""The subset of JSONPath that API Gateway's mappings and templates use."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from apigw2.testing._json import is_list, is_object

if TYPE_CHECKING:
    from collections.abc import Iterator

_STEP: Final = re.compile(
    r"""(?P<deep>\.\.)?\.?(?:(?P<name>[\w$-]+)|(?P<all>\*|\[\*\])|\[(?P<index>-?\d+)\]"""
    r"""|\['(?P<single>[^']*)'\]|\["(?P<double>[^"]*)"\])"""
)


def select(value: Any, path: str) -> Any:  # noqa: ANN401 - any JSON
    """Select a part of a JSON value.

    Args:
        value: The value.
        path: A path such as `$.pets[0].name`, with or without the `$`. `[*]`, `.*` and `..name`
            select a list of all that match.

    Returns:
        The part, or `None` if there is none or the path is malformed.
    """
    rest = path.removeprefix("$")
    found: list[Any] = [value]
    several = False
    position = 0
    while position < len(rest):
        step = _STEP.match(rest, position)
        if step is None:
            return None
        position = step.end()
        if step["deep"]:
            found = [each for item in found for each in _descendants(item)]
        several = several or bool(step["deep"] or step["all"])
        found = [each for item in found for each in _step(item, step)]
    if several:
        return found
    return found[0] if found else None


def _descendants(value: object) -> Iterator[Any]:
    yield value
    if is_object(value):
        children = list(value.values())
    elif is_list(value):
        children = value
    else:
        return
    for child in children:
        yield from _descendants(child)


def _step(value: object, step: re.Match[str]) -> list[Any]:
    """The parts of a value that one step of a path selects."""
    if step["all"]:
        if is_object(value):
            return list(value.values())
        return value if is_list(value) else []
    if step["index"]:
        index = int(step["index"])
        return [value[index]] if is_list(value) and -len(value) <= index < len(value) else []
    name = step["name"] or step["single"] or step["double"] or ""
    if is_list(value) and name.isdecimal():
        return value[int(name) :][:1]
    return [value[name]] if is_object(value) and name in value else []
