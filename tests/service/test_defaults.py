"""Server-side defaults, normal forms and dropped members, compared with responses of AWS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

import pytest
from botocore import xform_name

from apigw2._service.defaults import DEFAULTS, DROPPED, NESTED, UNORDERED, filled_in, normal_form
from tests.aws.cases import AnyCase, Marker
from tests.aws.configurations import CASES
from tests.support import walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.aws.cases import Case

FUNCTION: Final = "arn:aws:lambda:eu-central-1:123456789012:function:pets:live"
INVOCATION: Final = (
    f"arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/{FUNCTION}/invocations"
)


def fields(members: Mapping[str, Any]) -> dict[str, Any]:
    return {xform_name(name): value for name, value in members.items()}


def read_after_create(
    case: Case,
) -> Iterator[tuple[str, str | None, dict[str, Any], dict[str, Any]]]:
    """What was sent and what was read, for each resource that is read right after its creation."""
    protocol: str | None = None
    for step in case.steps:
        sent: dict[str, dict[str, Any]] = {}
        for call in step.calls:
            verb, _, noun = xform_name(call.operation).partition("_")
            members = fields(call.parameters)
            protocol = members.get("protocol_type", protocol)
            if verb == "create":
                sent[noun] = members
            elif verb == "update":
                sent.pop(noun, None)
            elif verb == "get" and noun in sent:
                yield noun, protocol, sent[noun], fields(call.expected)


def confirmed(
    kind: str, protocol: str | None, sent: Mapping[str, Any], read: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    """Compare a request with defaults filled in with what was read; yield the defaults seen."""
    ours: Mapping[str, Any] = filled_in(kind, protocol, sent)
    known = {row.field for row in DEFAULTS if row.kind == kind}
    for name, value in read.items():
        nested = NESTED.get((kind, name))
        if nested and name != "route_settings" and isinstance(value, dict):
            yield from confirmed(
                nested, protocol, fields(ours.get(name, {})), fields(cast("Any", value))
            )
        elif name in known and isinstance(value, Marker):
            assert not ours.get(name), (kind, name)
        elif name in known:
            if isinstance(value, AnyCase):
                value = value.values  # noqa: PLW2901  # the values that it stands for
            assert normal_form(kind, name, ours.get(name)) == normal_form(kind, name, value), name
            if name not in sent:
                yield kind, name


# Every recorded response with one of these follows a request that sent the value.
UNSEEN: Final = {
    ("authorizer", "authorizer_result_ttl_in_seconds"),
    ("authorizer", "enable_simple_responses"),
    ("cors", "allow_credentials"),
    ("cors", "allow_methods"),
    ("cors", "allow_origins"),
    ("domain_name", "routing_mode"),
    ("domain_name_configuration", "endpoint_type"),
    ("domain_name_configuration", "ip_address_type"),
    ("domain_name_configuration", "security_policy"),
    ("model", "content_type"),
    ("stage", "auto_deploy"),
}


def test_responses_of_aws_have_the_defaults_of_the_table() -> None:
    seen = {
        each
        for case in CASES
        if not case.rejected
        for reading in read_after_create(case)
        for each in confirmed(*reading)
    }
    assert {(row.kind, row.field) for row in DEFAULTS} - seen == UNSEEN


def test_every_field_of_the_table_is_a_parameter() -> None:
    """A row with a misspelled name would have no effect."""
    nested = {"cors": "Cors", "route_settings": "RouteSettings"}
    nested |= {"domain_name_configuration": "DomainNameConfiguration"}
    nested |= {"jwt_configuration": "JWTConfiguration"}
    named = {(row.kind, row.field) for row in (*DEFAULTS, *DROPPED)}
    named |= {(row.kind, name) for row in (*DEFAULTS, *DROPPED) for name in row.when}
    named |= {(kind, name) for kind, names in UNORDERED.items() for name in names}
    named |= {*NESTED}
    for kind, name in named:
        shape = nested.get(kind, f"Create{kind.title().replace('_', '')}Request")
        members: Any = getattr(walk.SERVICE.shape_for(shape), "members")  # noqa: B009  # only a structure has members
        assert name in {xform_name(member) for member in members}, (kind, name)


def test_every_default_has_a_source() -> None:
    assert all(row.source for row in (*DEFAULTS, *DROPPED))


@pytest.mark.parametrize(
    ("subtype", "method"), [(None, "POST"), ("", "POST"), ("SQS-SendMessage", None)]
)
def test_the_default_method_of_an_integration_is_post_for_functions_only(
    subtype: str | None, method: str | None
) -> None:
    sent = {"integration_type": "AWS_PROXY", "integration_subtype": subtype}
    for protocol in ("HTTP", "WEBSOCKET"):
        assert filled_in("integration", protocol, sent).get("integration_method") == method
    assert "integration_method" not in filled_in(
        "integration", "WEBSOCKET", {"integration_type": "MOCK"}
    )


def test_values_in_the_request_take_precedence_over_defaults() -> None:
    sent = {"timeout_in_millis": 5_000, "description": "Pets", "connection_id": None}
    found = filled_in("integration", "HTTP", sent)
    assert found == {
        "timeout_in_millis": 5_000,
        "description": "Pets",
        "connection_type": "INTERNET",
    }


def test_members_that_the_service_drops_are_not_compared() -> None:
    tls = {"tls_config": {"server_name_to_verify": "pets.internal"}}
    assert "tls_config" not in filled_in("integration", "HTTP", tls)
    private = {**tls, "connection_type": "VPC_LINK"}
    assert filled_in("integration", "HTTP", private)["tls_config"] == tls["tls_config"]
    behavior = {"passthrough_behavior": "NEVER"}
    assert "passthrough_behavior" not in filled_in("integration", "HTTP", behavior)
    assert filled_in("integration", "WEBSOCKET", behavior)["passthrough_behavior"] == "NEVER"
    assert not filled_in("model", "HTTP", {})


@pytest.mark.parametrize(
    ("kind", "field", "one", "other"),
    [
        (
            "api",
            "route_selection_expression",
            "${request.method} ${request.path}",
            "$request.method $request.path",
        ),
        ("authorizer", "authorizer_uri", INVOCATION, FUNCTION),
        ("integration", "integration_uri", INVOCATION, FUNCTION),
        ("cors", "allow_headers", ["Authorization", "X-A"], ("x-a", "authorization")),
        ("cors", "allow_methods", ["GET", "POST"], ["POST", "GET"]),
        ("route", "authorization_scopes", ["b", "a"], ["a", "b"]),
    ],
    ids=lambda value: str(value)[:20],
)
def test_equivalent_values_have_the_same_normal_form(
    kind: str, field: str, one: object, other: object
) -> None:
    assert normal_form(kind, field, one) == normal_form(kind, field, other)


def test_different_values_have_different_normal_forms() -> None:
    def form(kind: str, field: str, value: object) -> object:
        return normal_form(kind, field, value)

    assert form("cors", "allow_methods", ["GET"]) != form("cors", "allow_methods", ["PUT"])
    assert form("cors", "allow_origins", ["A"]) != form("cors", "allow_origins", ["a"])
    sources = [
        ["$request.header.a", "$request.header.b"],
        ["$request.header.b", "$request.header.a"],
    ]
    first, second = (form("authorizer", "identity_source", value) for value in sources)
    assert first != second
    assert form("integration", "integration_uri", "https://a") == "https://a"
    assert form("api", "description", "${a}") == "${a}"
    assert form("integration", "timeout_in_millis", 5) == 5
    assert form("domain_name", "domain_name_configurations", [{"a": 1}]) == ({"a": 1},)
