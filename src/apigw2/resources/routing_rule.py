"""Routing rules: select a stage by the headers and base path of a request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

import apigw2
from apigw2._calls.operation import operation
from apigw2._objects.references import Reference, as_id, refer
from apigw2._objects.snapshots import Snapshot
from apigw2._objects.values import ABSENT_MAP, ABSENT_TUPLE, Shape, as_strings, as_tuple

__all__ = [
    "RoutingRule",
    "RoutingRuleAction",
    "RoutingRuleActionInvokeApi",
    "RoutingRuleCondition",
    "RoutingRuleMatchBasePaths",
    "RoutingRuleMatchHeaderValue",
    "RoutingRuleMatchHeaders",
    "RoutingRuleRef",
]


def _api_id(value: apigw2.ApiRef | str) -> str:
    return as_id(value, apigw2.ApiRef)


def _stage_name(value: apigw2.StageRef | str) -> str:
    return as_id(value, apigw2.StageRef)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class RoutingRuleActionInvokeApi(Shape):
    """The stage that a rule invokes.

    The constructor also accepts an API or a stage in place of its id or name.

    Attributes:
        api_id: Id of the API. Rules can only invoke REST APIs so far.
        stage: Name of the stage.
        strip_base_path: Whether the matched base path is removed from the path that the API
            receives.
        extra: Fields that this version of the library does not know.

    Example:
        >>> apigw2.RoutingRuleActionInvokeApi(api_id="a1b2c3", stage="prod")
        RoutingRuleActionInvokeApi(api_id='a1b2c3', stage='prod')
    """

    api_id: str = attrs.field(converter=_api_id)
    stage: str = attrs.field(converter=_stage_name)
    strip_base_path: bool | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class RoutingRuleAction(Shape):
    """The action of a routing rule.

    Attributes:
        invoke_api: The stage to invoke, the only type of action.
        extra: Fields that this version of the library does not know.

    Example:
        >>> prod = apigw2.RoutingRuleActionInvokeApi(api_id="a1b2c3", stage="prod")
        >>> apigw2.RoutingRuleAction(invoke_api=prod)
    """

    invoke_api: RoutingRuleActionInvokeApi


@attrs.frozen(kw_only=True, eq=False, repr=False)
class RoutingRuleMatchBasePaths(Shape):
    """A condition on the base path of a request.

    Attributes:
        any_of: Base paths, such as `orders` or `orders/v2`, one of which must match.
            Case-sensitive.
        extra: Fields that this version of the library does not know.

    Example:
        >>> apigw2.RoutingRuleMatchBasePaths(any_of=["orders", "invoices"])
        RoutingRuleMatchBasePaths(any_of=('orders', 'invoices'))
    """

    any_of: tuple[str, ...] = attrs.field(converter=as_strings)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class RoutingRuleMatchHeaderValue(Shape):
    """A header name and a pattern for its value.

    Attributes:
        header: Name of the header, case-insensitive.
        value_glob: Pattern for the value, case-sensitive, with an optional wildcard `*` at the
            start, at the end, or both.
        extra: Fields that this version of the library does not know.

    Example:
        >>> apigw2.RoutingRuleMatchHeaderValue(header="x-version", value_glob="beta*")
        RoutingRuleMatchHeaderValue(header='x-version', value_glob='beta*')
    """

    header: str
    value_glob: str


def _header_values(
    values: Sequence[RoutingRuleMatchHeaderValue],
) -> tuple[RoutingRuleMatchHeaderValue, ...]:
    return as_tuple(values)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class RoutingRuleMatchHeaders(Shape):
    """A condition on the headers of a request.

    Attributes:
        any_of: Header patterns, one of which must match. Use two conditions to require two headers.
        extra: Fields that this version of the library does not know.

    Example:
        >>> beta = apigw2.RoutingRuleMatchHeaderValue(header="x-version", value_glob="beta*")
        >>> apigw2.RoutingRuleMatchHeaders(any_of=[beta])
    """

    any_of: tuple[RoutingRuleMatchHeaderValue, ...] = attrs.field(converter=_header_values)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class RoutingRuleCondition(Shape):
    """A condition of a routing rule.

    Attributes:
        match_base_paths: Condition on the base path.
        match_headers: Condition on the headers.
        extra: Fields that this version of the library does not know.

    Example:
        >>> paths = apigw2.RoutingRuleMatchBasePaths(any_of=["orders"])
        >>> apigw2.RoutingRuleCondition(match_base_paths=paths)
    """

    match_base_paths: RoutingRuleMatchBasePaths | None = None
    match_headers: RoutingRuleMatchHeaders | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class RoutingRuleRef(Reference):
    """A reference to a routing rule, by its id.

    Attributes:
        domain_name: The custom domain name.
        routing_rule_id: Id of the rule.

    Example:
        >>> gw.domain_name("api.example.com").routing_rule("e4f5g6").delete()
    """

    domain_name: str
    routing_rule_id: str

    @property
    def domain(self) -> apigw2.DomainNameRef:
        """A reference to the domain name; makes no request."""
        return refer(self, apigw2.DomainNameRef)

    @operation("GetRoutingRule")
    def get(self, *, domain_name_id: str | None = None) -> apigw2.RoutingRule:
        """Fetch the rule.

        Args:
            domain_name_id: Id of the domain name, needed if several private domain names share the
                name.

        Raises:
            BadRequestError: A value is invalid.
            NotFoundError: The rule or the domain name does not exist.
        """
        ...

    @operation("PutRoutingRule")
    def put(
        self,
        *,
        actions: Sequence[RoutingRuleAction],
        conditions: Sequence[RoutingRuleCondition],
        priority: int,
        domain_name_id: str | None = None,
    ) -> apigw2.RoutingRule:
        """Replace the whole rule.

        See `DomainNameRef.create_routing_rule` for the parameters.

        Returns:
            A snapshot with the new state.

        Raises:
            BadRequestError: A value is invalid.
            ConflictError: Another rule has this priority, or another change is in progress.
            NotFoundError: The rule, the domain name, the API or the stage does not exist.
        """
        ...

    @operation("DeleteRoutingRule")
    def delete(self, *, domain_name_id: str | None = None, missing_ok: bool = False) -> bool:
        """Delete the rule.

        Args:
            domain_name_id: Id of the domain name, needed if several private domain names share the
                name.
            missing_ok: Whether to return `False` if the rule does not exist.

        Returns:
            Whether it existed; `False` only with `missing_ok`.

        Raises:
            BadRequestError: A value is invalid.
            NotFoundError: The rule or the domain name does not exist, and `missing_ok` is false.
        """
        ...


@attrs.frozen(kw_only=True, eq=False, repr=False)
class RoutingRule(RoutingRuleRef, Snapshot):
    """A routing rule as the service last returned it.

    Attributes:
        domain_name: The custom domain name.
        routing_rule_id: Id of the rule.
        actions: The action to take, exactly one.
        conditions: Conditions that must all match. An empty tuple matches every request.
        priority: Priority of the rule, 1 to 1,000,000. Lower values are evaluated first.
        routing_rule_arn: ARN of the rule.
        extra: Fields that this version of the library does not know.

    Example:
        >>> rules = gw.domain_name("api.example.com").list_routing_rules()
        >>> [(rule.priority, rule.actions[0].invoke_api.stage) for rule in rules]
        [(100, 'beta'), (200, 'prod')]
    """

    actions: tuple[RoutingRuleAction, ...] = ABSENT_TUPLE
    conditions: tuple[RoutingRuleCondition, ...] = ABSENT_TUPLE
    priority: int | None = None
    routing_rule_arn: str | None = None
    extra: Mapping[str, object] = ABSENT_MAP
