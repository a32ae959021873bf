"""Routing rules: which stage answers, by a request's headers and base path."""

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
    """Which stage answers a request.

    An API or a stage may be given in place of its id or name, which is what is kept.

    Attributes:
        api_id: The API's id. As yet the service routes to REST APIs only.
        stage: The name of its stage.
        strip_base_path: Whether the API sees the path without the base path that matched.
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
    """What a routing rule does with the requests that it matches.

    Attributes:
        invoke_api: Which stage answers; there is no other action.
        extra: Fields that this version of the library does not know.

    Example:
        >>> prod = apigw2.RoutingRuleActionInvokeApi(api_id="a1b2c3", stage="prod")
        >>> apigw2.RoutingRuleAction(invoke_api=prod)
    """

    invoke_api: RoutingRuleActionInvokeApi


@attrs.frozen(kw_only=True, eq=False, repr=False)
class RoutingRuleMatchBasePaths(Shape):
    """Matches requests by the beginning of their path.

    Attributes:
        any_of: Base paths, such as `orders` or `orders/v2`, of which the request's must be one.
            Upper and lower case differ.
        extra: Fields that this version of the library does not know.

    Example:
        >>> apigw2.RoutingRuleMatchBasePaths(any_of=["orders", "invoices"])
        RoutingRuleMatchBasePaths(any_of=('orders', 'invoices'))
    """

    any_of: tuple[str, ...] = attrs.field(converter=as_strings)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class RoutingRuleMatchHeaderValue(Shape):
    """A header and what its value must look like.

    Attributes:
        header: The header's name; upper and lower case are the same.
        value_glob: The value, in which upper and lower case differ, with a `*` at its beginning
            or end, or at both, for anything.
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
    """Matches requests by their headers.

    Attributes:
        any_of: Headers of which one must match. Two that must both match are two conditions.
        extra: Fields that this version of the library does not know.

    Example:
        >>> beta = apigw2.RoutingRuleMatchHeaderValue(header="x-version", value_glob="beta*")
        >>> apigw2.RoutingRuleMatchHeaders(any_of=[beta])
    """

    any_of: tuple[RoutingRuleMatchHeaderValue, ...] = attrs.field(converter=_header_values)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class RoutingRuleCondition(Shape):
    """What a request must be like for a routing rule.

    Attributes:
        match_base_paths: Matches by path.
        match_headers: Matches by headers.
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
        domain_name: The domain name it belongs to.
        routing_rule_id: Its id.

    Example:
        >>> gw.domain_name("api.example.com").routing_rule("e4f5g6").delete()
    """

    domain_name: str
    routing_rule_id: str

    @property
    def domain(self) -> apigw2.DomainNameRef:
        """The domain name it belongs to; makes no request."""
        return refer(self, apigw2.DomainNameRef)

    @operation("GetRoutingRule")
    def get(self, *, domain_name_id: str | None = None) -> apigw2.RoutingRule:
        """Fetch the rule's state.

        Args:
            domain_name_id: The domain name's id, where several have the same name: private ones.

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
        """Replace the rule as a whole: nothing of it stays as it was.

        The parameters mean what they mean in `DomainNameRef.create_routing_rule`.

        Returns:
            The new state.

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
            domain_name_id: The domain name's id, where several have the same name: private ones.
            missing_ok: Whether to return `False` if the rule does not exist.

        Returns:
            Whether it existed. `False` only with `missing_ok`.

        Raises:
            BadRequestError: A value is invalid.
            NotFoundError: The rule or the domain name does not exist, and `missing_ok` is false.
        """
        ...


@attrs.frozen(kw_only=True, eq=False, repr=False)
class RoutingRule(RoutingRuleRef, Snapshot):
    """A routing rule as the service last returned it.

    Attributes:
        domain_name: The domain name it belongs to.
        routing_rule_id: Its id.
        actions: What it does with requests: one action.
        conditions: What requests must be like, all of it; every request where there are none.
        priority: Its place in the order of rules, 1 to 1,000,000; the lowest comes first.
        routing_rule_arn: Its ARN.
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
