"""What preflight blocks, warns about and adds to errors, and what it remembers of APIs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

import apigw2
from apigw2._calls import preflight
from tests.support.answers import good
from tests.support.caller import URI, Caller, notes_of_rejection, warnings_of
from tests.support.local import API, ROUTE, Local, client, notes_of
from tests.support.server import Answer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def test_one_error_has_everything_that_is_wrong_with_a_call(local: Local) -> None:
    with pytest.raises(apigw2.PreflightError) as caught:
        Caller(local.gateway).http.create_integration("MOCK", timeout_in_millis=10)
    assert [v.message for v in caught.value.violations] == [
        "IntegrationType of an HTTP API is AWS_PROXY or HTTP_PROXY: not 'MOCK'",
        "TimeoutInMillis: 10 is below the minimum of 50",
    ]
    assert str(caught.value).splitlines()[0] == (
        "CreateIntegration was not sent because it would fail (preflight='off' sends it anyway)"
    )
    assert isinstance(caught.value, ValueError)
    assert not local.server.requests


def test_an_error_has_no_violation_that_would_only_warn(local: Local) -> None:
    """Such a violation may not be what is wrong."""
    with pytest.raises(apigw2.PreflightError) as caught:
        Caller(local.gateway).http_route(route_key="pets", api_key_required=True)
    (violation,) = caught.value.violations
    assert violation.message.startswith("RouteKey of an HTTP API")


def test_a_warning_points_to_the_line_of_the_call(local: Local) -> None:
    domain = Caller(local.gateway).domain
    local.server.prepare([good("CreateApiMapping")])
    with pytest.warns(apigw2.PreflightWarning, match="^CreateApiMapping: ApiMappingKey") as caught:
        domain.create_api_mapping(api_id="a1", stage="p", api_mapping_key="/v1")
    assert caught[0].filename == __file__


FETCHES: Final[Mapping[str, Callable[[apigw2.DomainNameRef], object]]] = {
    "loop": lambda domain: [*domain.list_routing_rules(page_size=101)],
    "gather": lambda domain: apigw2.gather(domain.list_routing_rules(page_size=101)),
    "all": lambda domain: domain.list_routing_rules(page_size=101).all(),
}


@pytest.mark.parametrize("fetch", FETCHES.values(), ids=FETCHES)
def test_a_warning_about_a_listing_points_to_the_line_that_makes_the_listing(
    fetch: Callable[[apigw2.DomainNameRef], object], local: Local
) -> None:
    local.server.prepare(then=Answer({"routingRules": [], "nextToken": None}))
    with pytest.warns(apigw2.PreflightWarning, match="101 exceeds the maximum of 100") as caught:
        fetch(Caller(local.warning).domain)
    assert [warning.filename for warning in caught] == [__file__]


def test_a_call_that_breaks_no_rule_has_no_warnings_and_no_notes(local: Local) -> None:
    assert not notes_of_rejection(local, local.off, lambda c: c.http_route())
    assert not warnings_of(local, local.gateway, lambda c: c.http_integration(integration_uri=URI))
    assert not warnings_of(local, local.gateway, lambda c: c.jwt())


def test_only_bad_requests_have_notes(local: Local) -> None:
    local.server.prepare([Answer(status=409)])
    with pytest.raises(apigw2.ServiceError) as caught:
        Caller(local.off).http_route(route_key="pets")
    assert not notes_of(caught.value)


def test_rules_apply_to_a_test_double_without_a_service_model() -> None:
    class Double:
        def create_route(self, **_: object) -> dict[str, object]:
            return {"RouteId": "r1", "RouteKey": "GET /pets"}

    double: Any = Double()
    gw = apigw2.ApiGatewayV2(client=double)
    assert gw.api("a1").create_route("GET /pets").route_id == "r1"
    with pytest.raises(apigw2.PreflightError, match="RouteKey of an HTTP API"):
        Caller(gw).http_route(route_key="pets")


def test_preflight_can_be_off_for_a_callers_own_client(local: Local) -> None:
    gw = apigw2.ApiGatewayV2(client=client(local.server), preflight="off")
    local.server.prepare([good("CreateRoute")])
    Caller(gw).http_route(route_key="pets")
    assert local.server.requests[0].json == {"routeKey": "pets"}


@pytest.mark.parametrize("seen", ["get", "list", "create"])
def test_the_protocol_of_an_api_is_known_after_it_was_seen(seen: str, local: Local) -> None:
    gw = local.gateway
    local.server.prepare(then=Answer(ROUTE))
    gw.api("a1").route("r1").update(route_key="pets")
    if seen == "list":
        local.server.prepare(then=Answer({"items": [{**API, "apiId": "a0"}, API]}))
        list(gw.get_apis())
    else:
        local.server.prepare(then=Answer(API))
        if seen == "get":
            gw.get_api("a1")
        else:
            gw.create_api("petstore", protocol_type="HTTP")
    with pytest.raises(apigw2.PreflightError, match="RouteKey of an HTTP API"):
        gw.api("a1").route("r1").update(route_key="pets")


def test_the_oldest_api_is_forgotten_when_too_many_were_seen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(preflight, "_MAX_KNOWN_APIS", 2)
    no_client: Any = object()
    checks = preflight.Preflight("error", no_client)
    for api_id in ("a1", "a2", "a3"):
        checks.remember(
            apigw2.Api(
                api_id=api_id,
                name="x",
                protocol_type="HTTP",
                route_selection_expression="y",
                api_endpoint=URI,
            )
        )
    assert [checks.protocol_of(each) for each in ("a1", "a2", "a3")] == [None, "HTTP", "HTTP"]
    assert [checks.endpoint_of(each) for each in ("a1", "a2", "a3")] == [None, URI, URI]
