r"""Selection expressions, and the variables that they and parameter mappings refer to.

The language is that of the developer guide, "WebSocket selection expressions": `$name` or `${name}`
is a variable, `\$` is a dollar sign, and everything else is literal. A variable without a value is
the empty string. The value of a variable is not evaluated again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from apigw2.testing._http import Line, lower_names
from apigw2.testing._json import parse
from apigw2.testing._jsonpath import select
from apigw2.testing._websocket import _events
from apigw2.testing._websocket._exchange import DEFAULT, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from apigw2.testing._websocket._exchange import Outcome, RouteEvent

_PART: Final = r"[\w-]+|\*"
_NAME: Final = rf"(?:request|context|stageVariables|integration)(?:\.(?:{_PART})|\[[^\]]*\])+"
_VARIABLE: Final = re.compile(rf"\\\$|\$(?P<bare>{_NAME})|\$\{{(?P<braced>{_NAME})\}}")
_PATTERN: Final = re.compile(r"/(.*)/", re.DOTALL)


def evaluate(expression: str, event: RouteEvent, outcome: Outcome | None = None) -> str:
    """Evaluate a selection expression, or a text with variables in it.

    Args:
        expression: The expression.
        event: The event.
        outcome: The outcome of the integration, if the expression may refer to it.
    """

    def value(found: re.Match[str]) -> str:
        name = found["bare"] or found["braced"]
        return text_of(variable(name, event, outcome)) if name else "$"

    return _VARIABLE.sub(value, expression)


def variable(name: str, event: RouteEvent, outcome: Outcome | None = None) -> Any:  # noqa: ANN401 - any JSON
    """The value of a variable such as `request.body.action`, or `None` if it has none."""
    source, _, rest = name.partition(".")
    if source == "context":
        return select(_events.context(event), rest)
    if source == "stageVariables":
        return event.deployed.stage_variables.get(rest)
    if source == "request":
        request = event.request
        query = request.query if request else {}
        return _of_message(rest, event.body, request.lines if request else (), query)
    rest = rest.removeprefix("response.")
    if outcome is None:
        return None
    if rest == "statuscode":
        return outcome.status
    return _of_message(rest, outcome.body, outcome.headers.items(), {})


def _of_message(
    name: str, body: str | None, lines: Iterable[Line], query: Mapping[str, list[str]]
) -> Any:  # noqa: ANN401 - any JSON
    """A part of a request or a response, such as `header.name` or `body.pets[0]`."""
    kind, _, key = name.partition(".")
    if kind.endswith("header"):
        return lower_names(lines).get(key.lower())
    if kind.endswith("querystring"):
        values = query.get(key)
        return values and (",".join(values) if kind.startswith("multivalue") else values[-1])
    path = name.removeprefix("body")
    if path == name:
        return None
    if not path:
        return body
    try:
        return select(parse(body or ""), path)
    except ValueError:
        return None


def mapped(expression: str, event: RouteEvent) -> str | None:
    """The value of a parameter mapping (developer guide, "Set up data mapping for WebSocket APIs").

    Args:
        expression: Such as `route.request.querystring.name`, `context.connectionId`,
            `stageVariables.name` or `'text'`.
        event: The event.

    Returns:
        The value, or `None` if it has none.
    """
    if len(expression) > 1 and expression[0] == expression[-1] == "'":
        return expression[1:-1]
    # A path in the body may start at its root, as in `route.request.body.$.name`.
    value = variable(expression.removeprefix("route.").replace("body.$", "body", 1), event)
    return None if value is None else text_of(value)


def is_json(text: str) -> bool:
    """Whether a text is a JSON document."""
    try:
        parse(text)
    except ValueError:
        return False
    return True


def choose(keys: Iterable[str], value: str) -> str | None:
    """Select a key: the value itself, a `/pattern/` that matches it, or `$default`.

    The order is that of the developer guide, "Set up WebSocket API integration responses in API
    Gateway".
    """
    plain = {key.replace("\\$", "$"): key for key in keys}
    if value in plain:
        return plain[value]
    for key, written in plain.items():
        pattern = _PATTERN.fullmatch(key)
        try:
            if pattern and re.fullmatch(pattern[1], value, re.DOTALL):
                return written
        except re.error:
            continue
    return plain.get(DEFAULT)


def select_template(
    templates: Mapping[str, str], expression: str | None, event: RouteEvent, outcome: Outcome | None
) -> str | None:
    """Select a mapping template; without a selection expression, that for `$default`."""
    key = choose(templates, evaluate(expression or DEFAULT, event, outcome))
    return None if key is None else templates[key]
