"""The rules for calls beyond the types of their parameters: a table with a module per resource.

A rule blocks a call only if AWS is known to reject it: the row has the service's error message, as
reported publicly. Every other rule warns: "supported only for" in the service model is
documentation, and several such rules were wrong (Terraform sends `ApiKeySelectionExpression` with
every HTTP API). AWS also lifts rules: in 2019, only WebSocket APIs had throttling of single routes.
So `preflight="off"` always lets a call through.

To add a rule, add a row, and its case to the module of the same name in `tests/service/rules/`;
`tests/service/test_rules.py` fails until it has one.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Final

from apigw2._service.rules import apis, authorizers, domains, integrations, routes, stages, tags
from apigw2._service.rules.rule import PendingCall, Rule

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["RULES", "PendingCall", "Rule", "rules_for"]

RULES: Final[Sequence[Rule]] = (
    *apis.RULES,
    *routes.RULES,
    *integrations.RULES,
    *authorizers.RULES,
    *stages.RULES,
    *domains.RULES,
    *tags.RULES,
)


@functools.lru_cache(maxsize=512)  # operations, and two protocols
def rules_for(operation: str, protocol: str | None) -> Sequence[Rule]:
    """The rules that a call of an operation could break, if its API has this protocol."""
    return [
        rule for rule in RULES if operation in rule.operations and rule.protocol in (None, protocol)
    ]
