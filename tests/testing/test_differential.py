"""The same sequences of requests to the local gateway and to moto and MiniStack.

Hypothesis generates the sequences, and every response is compared member by member. Each difference
needs a row in `KNOWN` with the source that confirms the local gateway: the service model and
observations of the service count, emulators do not. A row without a difference fails as well, so it
is removed when the emulator is fixed.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

import attrs
import pytest
from botocore.exceptions import ClientError
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from apigw2.testing import LocalGateway
from tests.support.local_gateway import LAMBDA, http_api, lambda_integration, route

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.emulators.servers import Emulator
    from tests.support.local_gateway import JSON, Client


@attrs.frozen(kw_only=True)
class Known:
    """A known difference in which the local gateway is right.

    Attributes:
        what: What the emulator does.
        source: The source that the emulator contradicts.
        members: The members that differ.
        is_it: Whether two values of such a member differ in this way.
    """

    what: str
    source: str
    members: frozenset[str]
    is_it: Callable[[JSON, JSON], bool]


def missing(local: JSON, other: JSON) -> bool:
    return local is not None and other is None


def superfluous(local: JSON, other: JSON) -> bool:
    return local is None and other is not None


def empty(local: JSON, other: JSON) -> bool:
    return local is None and other == ""


MODEL = "the service model"
IP_ADDRESS_TYPE = Known(
    what="has no IpAddressType",
    source="floci-io/floci#2390 saw ipv4 as the default of the service",
    members=frozenset({"IpAddressType"}),
    is_it=missing,
)

CORS = Known(
    what="shows only those lists of a CORS configuration that were given",
    source="go-to-k/cdk-real-drift recorded an API of the service that shows the others as empty",
    members=frozenset({"CorsConfiguration"}),
    is_it=lambda local, other: all(value in ([], other.get(name)) for name, value in local.items()),
)

KNOWN: dict[str, tuple[Known, ...]] = {
    "moto": (
        IP_ADDRESS_TYPE,
        CORS,
        Known(
            what="answers 200 to every success",
            source=f"{MODEL}: responseCode",
            members=frozenset({"status"}),
            is_it=lambda _, other: other == 200,
        ),
        Known(
            what="keeps what an empty string clears",
            source="go-to-k/cdkd#1163, tried on the service",
            members=frozenset({"Description", "OperationName", "Version"}),
            is_it=empty,
        ),
        Known(
            what="has no default for the type of a connection",
            source=f"{MODEL}: the default of ConnectionType is INTERNET",
            members=frozenset({"ConnectionType"}),
            is_it=missing,
        ),
        Known(
            what="has request parameters for routes of HTTP APIs",
            source=f"{MODEL}: supported only for WebSocket APIs",
            members=frozenset({"RequestParameters"}),
            is_it=superfluous,
        ),
    ),
    "ministack": (
        IP_ADDRESS_TYPE,
        CORS,
        Known(
            what="has a different endpoint",
            source="the developer guide: https://API_ID.execute-api.REGION.amazonaws.com",
            members=frozenset({"ApiEndpoint"}),
            is_it=lambda _, other: ".localhost:" in other,
        ),
        Known(
            what="has schema validation for HTTP APIs",
            source=f"{MODEL}: supported only for WebSocket APIs",
            members=frozenset({"DisableSchemaValidation"}),
            is_it=superfluous,
        ),
        Known(
            what="shows an empty string for what is not set",
            source="go-to-k/cdkd#1163, tried on the service: what is cleared is absent",
            members=frozenset({"Description", "OperationName", "Target", "Version"}),
            is_it=empty,
        ),
        Known(
            what="shows what only the other type of authorizer has",
            source=f"{MODEL}: supported only for REQUEST authorizers, or for JWT authorizers",
            members=frozenset({
                "AuthorizerCredentialsArn", "AuthorizerPayloadFormatVersion",
                "AuthorizerResultTtlInSeconds", "AuthorizerUri", "EnableSimpleResponses",
                "JwtConfiguration",
            }),
            is_it=superfluous,
        ),
        Known(
            what="shows that a stage does not deploy by itself",
            source="the AWS CLI's example of create-stage has no AutoDeploy",
            members=frozenset({"AutoDeploy"}),
            is_it=superfluous,
        ),
        Known(
            what="has no default route settings",
            source="the AWS CLI's example of create-stage has DetailedMetricsEnabled",
            members=frozenset({"DefaultRouteSettings"}),
            is_it=lambda _, other: other == {},
        ),
        Known(
            what="keeps tags apart from what they are on",
            source=f"{MODEL}: Tags are those that are associated with the API",
            members=frozenset({"Tags"}),
            is_it=lambda local, other: bool(local) and other == {},
        ),
    ),
}  # fmt: skip

IGNORED = {"ResponseMetadata", "CreatedDate", "LastUpdatedDate"}
METHODS = ("GET", "PUT", "ANY")
PATHS = ("/", "/pets", "/pets/{id}", "/cats/{proxy+}")
TEXTS = st.sampled_from(["", "one", "two"])


class Comparison(RuleBasedStateMachine):
    """One API that is created and changed in both."""

    def __init__(self, emulator: Emulator, used: set[Known]) -> None:
        super().__init__()
        self._name = emulator.name
        self._other: Client = emulator.client()
        self._used = used
        self._local: Client = LocalGateway().client()
        self._ids: dict[str, str] = {}  # ids of the local gateway to those of the emulator
        self._routes: dict[str, dict[str, Any]] = {}
        self._integrations: list[str] = []
        self._authorizers: list[str] = []
        self._stages: list[str] = []
        self.api = ""

    def both(self, method: str, **params: JSON) -> dict[str, Any] | None:
        """Call both, compare, and return the local response, or `None` after an error."""
        local = self._call(self._local, method, params)
        other = self._call(self._other, method, self._translate(params, self._ids))
        for name, value in local.items():
            if name.endswith("Id") and value not in self._ids and name in other:
                self._ids[value] = other[name]
        back = {theirs: ours for ours, theirs in self._ids.items()}
        other = self._translate(other, back)
        self._compare(method, local, other)
        return None if "error" in local else local

    def _compare(self, method: str, local: dict[str, Any], other: dict[str, Any]) -> None:
        local, other = dict(local), dict(other)
        ours, theirs = local.pop("Items", []), other.pop("Items", [])
        assert len(ours) == len(theirs), f"{self._name}, {method}: {ours}, {theirs}"
        for pair in ((local, other), *zip(ours, theirs, strict=True)):
            for member in sorted({*pair[0], *pair[1]}):
                values = pair[0].get(member), pair[1].get(member)
                if values[0] != values[1]:
                    self._explain(method, member, *values)

    def _call(self, client: Client, method: str, params: dict[str, Any]) -> dict[str, Any]:
        try:
            answer: dict[str, Any] = getattr(client, method)(**params)
        except ClientError as error:
            response: JSON = error.response
            return {"error": response["Error"]["Code"]}
        status = answer["ResponseMetadata"]["HTTPStatusCode"]
        found = {k: v for k, v in answer.items() if k not in IGNORED}
        for item in found.get("Items", ()):
            for member in IGNORED & set(item):
                del item[member]
        return found | {"status": status}

    @staticmethod
    def _translate(value: JSON, table: dict[str, str]) -> JSON:
        text = json.dumps(value)
        for old, new in table.items():
            text = text.replace(old, new)
        return json.loads(text)

    def _explain(self, method: str, member: str, local: JSON, other: JSON) -> None:
        for known in KNOWN[self._name]:
            if member in known.members and known.is_it(local, other):
                self._used.add(known)
                return
        pytest.fail(f"{self._name}, {method}, {member}: {other!r} and not {local!r}")

    @initialize(description=TEXTS, cors=st.booleans())
    def create_api(self, description: str, *, cors: bool) -> None:
        given = {"CorsConfiguration": {"AllowOrigins": ["*"], "MaxAge": 5}} if cors else {}
        api = self.both(
            "create_api", Name="pets", ProtocolType="HTTP", Description=description, **given
        )
        assert api is not None
        self.api = api["ApiId"]

    def teardown(self) -> None:
        """Delete the API, because other tests use the same emulator."""
        if self.api:
            self.both("delete_api", ApiId=self.api)

    @rule(members=st.fixed_dictionaries({}, optional={"Description": TEXTS, "Version": TEXTS}))
    def update_api(self, members: dict[str, str]) -> None:
        self.both("update_api", ApiId=self.api, **members)

    @rule()
    def delete_cors_configuration(self) -> None:
        self.both("delete_cors_configuration", ApiId=self.api)

    @rule(
        kind=st.sampled_from(["AWS_PROXY", "HTTP_PROXY"]),
        description=TEXTS,
        timeout=st.sampled_from([None, 50, 30000]),
        parameters=st.sampled_from([None, {"append:header.a": "b"}]),
    )
    def create_integration(
        self, kind: str, description: str, timeout: int | None, parameters: JSON
    ) -> None:
        given = {
            "IntegrationMethod": "POST",
            "IntegrationUri": LAMBDA if kind == "AWS_PROXY" else "http://127.0.0.1:9/",
            "PayloadFormatVersion": "1.0",
            "Description": description,
            "TimeoutInMillis": timeout,
            "RequestParameters": parameters,
        }
        answer = self.both(
            "create_integration", ApiId=self.api, IntegrationType=kind,
            **{name: value for name, value in given.items() if value is not None},
        )  # fmt: skip
        if answer:
            self._integrations.append(answer["IntegrationId"])

    @precondition(lambda self: self._integrations)
    @rule(data=st.data(), description=TEXTS)
    def update_integration(self, data: st.DataObject, description: str) -> None:
        integration = data.draw(st.sampled_from(self._integrations))
        self.both(
            "update_integration", ApiId=self.api, IntegrationId=integration,
            Description=description,
        )  # fmt: skip
        self.both("get_integration", ApiId=self.api, IntegrationId=integration)

    @precondition(lambda self: self._integrations)
    @rule(data=st.data())
    def delete_integration(self, data: st.DataObject) -> None:
        integration = data.draw(st.sampled_from(self._integrations))
        if any(r.get("Target") == f"integrations/{integration}" for r in self._routes.values()):
            return  # see test_an_integration_in_use_cannot_be_deleted
        self.both("delete_integration", ApiId=self.api, IntegrationId=integration)
        self._integrations.remove(integration)

    @rule(
        method=st.sampled_from(METHODS),
        path=st.sampled_from(PATHS),
        name=st.sampled_from([None, "list"]),
        data=st.data(),
    )
    def create_route(self, method: str, path: str, name: str | None, data: st.DataObject) -> None:
        key = f"{method} {path}"
        if key in self._routes:
            return  # see test_a_name_that_is_taken_is_a_conflict
        given: dict[str, str] = {"OperationName": name} if name else {}
        if self._integrations:
            integration = data.draw(st.sampled_from(self._integrations))
            given["Target"] = f"integrations/{integration}"
        answer = self.both("create_route", ApiId=self.api, RouteKey=key, **given)
        if answer:
            self._routes[key] = answer

    @precondition(lambda self: self._routes)
    @rule(data=st.data(), name=TEXTS)
    def update_route(self, data: st.DataObject, name: str) -> None:
        key = data.draw(st.sampled_from(sorted(self._routes)))
        names = {"ApiId": self.api, "RouteId": self._routes[key]["RouteId"]}
        self.both("update_route", **names, OperationName=name)
        self.both("get_route", **names)

    @precondition(lambda self: self._routes)
    @rule(data=st.data())
    def delete_route(self, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(sorted(self._routes)))
        names = {"ApiId": self.api, "RouteId": self._routes.pop(key)["RouteId"]}
        self.both("delete_route", **names)
        self.both("get_route", **names)

    @rule(name=st.sampled_from(["$default", "test"]), variables=st.booleans())
    def create_stage(self, name: str, *, variables: bool) -> None:
        if name in self._stages:
            return  # see test_a_name_that_is_taken_is_a_conflict
        given = {"StageVariables": {"color": "red"}} if variables else {}
        if self.both("create_stage", ApiId=self.api, StageName=name, **given):
            self._stages.append(name)

    @precondition(lambda self: self._stages)
    @rule(data=st.data())
    def delete_stage(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(self._stages))
        self.both("delete_stage", ApiId=self.api, StageName=name)
        self._stages.remove(name)

    @precondition(lambda self: len(self._authorizers) < 3)
    @rule(kind=st.sampled_from(["JWT", "REQUEST"]))
    def create_authorizer(self, kind: str) -> None:
        given: dict[str, Any] = {
            "IdentitySource": ["$request.header.Authorization"],
            "Name": f"a{len(self._ids)}",
        }
        if kind == "JWT":
            given["JwtConfiguration"] = {"Audience": ["a"], "Issuer": "https://i.example.com"}
        else:
            given |= {"AuthorizerUri": LAMBDA, "AuthorizerPayloadFormatVersion": "2.0"}
        answer = self.both("create_authorizer", ApiId=self.api, AuthorizerType=kind, **given)
        if answer:
            self._authorizers.append(answer["AuthorizerId"])

    @precondition(lambda self: self._authorizers)
    @rule(data=st.data())
    def update_authorizer(self, data: st.DataObject) -> None:
        authorizer = data.draw(st.sampled_from(self._authorizers))
        names = {"ApiId": self.api, "AuthorizerId": authorizer}
        self.both("update_authorizer", **names, IdentitySource=["$request.header.A"])
        self.both("get_authorizer", **names)

    @precondition(lambda self: self._authorizers)
    @rule(data=st.data())
    def delete_authorizer(self, data: st.DataObject) -> None:
        authorizer = data.draw(st.sampled_from(self._authorizers))
        names = {"ApiId": self.api, "AuthorizerId": authorizer}
        self.both("delete_authorizer", **names)
        self.both("get_authorizer", **names)
        self._authorizers.remove(authorizer)

    @precondition(lambda self: self.api)
    @rule(tags=st.dictionaries(st.sampled_from("ab"), st.sampled_from("12"), max_size=2))
    def tag(self, tags: dict[str, str]) -> None:
        arn = f"arn:aws:apigateway:us-east-1::/apis/{self.api}"
        self.both("tag_resource", ResourceArn=arn, Tags=tags)
        self.both("untag_resource", ResourceArn=arn, TagKeys=["a"])
        self.both("get_tags", ResourceArn=arn)

    @precondition(lambda self: self.api)
    @invariant()
    def the_same_is_there(self) -> None:
        self.both("get_api", ApiId=self.api)
        for method in ("get_routes", "get_integrations", "get_stages"):
            self.both(method, ApiId=self.api)


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_random_requests_have_the_same_results_on_an_emulator(
    name: str, request: pytest.FixtureRequest
) -> None:
    emulator: Emulator = request.getfixturevalue(name)

    def machine() -> Comparison:
        return Comparison(emulator, set())

    run_state_machine_as_test(
        cast("Any", machine),  # any factory works, though the annotation requires a class
        settings=settings(
            database=None,
            deadline=None,
            derandomize=True,  # the same sequences in every run
            max_examples=12,
            stateful_step_count=15,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_every_known_difference_still_exists(name: str, request: pytest.FixtureRequest) -> None:
    used: set[Known] = set()
    comparison = Comparison(request.getfixturevalue(name), used)

    comparison.create_api("one", cors=True)
    api = {"ApiId": comparison.api}
    comparison.both("update_api", **api, Description="", Version="")
    comparison.tag({"b": "1"})
    comparison.create_integration("HTTP_PROXY", "", None, None)
    comparison.create_authorizer("JWT")
    comparison.create_authorizer("REQUEST")
    comparison.create_stage("test", variables=False)
    comparison.both("create_route", **api, RouteKey="GET /pets")
    comparison.the_same_is_there()
    comparison.teardown()

    assert [known.what for known in KNOWN[name] if known not in used] == []


def ask(client: Client, method: str, **params: JSON) -> str:
    """Call a method, and return the code of the error, or an empty string."""
    try:
        getattr(client, method)(**params)
    except ClientError as error:
        response: JSON = error.response
        code: str = response["Error"]["Code"]
        return code
    return ""


@pytest.fixture(params=sorted(KNOWN))
def clients(request: pytest.FixtureRequest) -> tuple[Client, Client]:
    """A client of the local gateway and one of an emulator, for each emulator."""
    emulator: Emulator = request.getfixturevalue(request.param)
    return LocalGateway().client(), emulator.client()


def test_a_name_that_is_taken_is_a_conflict(clients: tuple[Client, Client]) -> None:
    """The service rejects existing names (anomalyco/sst#5031); the emulators accept them."""
    answers: list[list[str]] = []
    for client in clients:
        api = {"ApiId": http_api(client)}
        answers.append([
            *(ask(client, "create_route", **api, RouteKey="GET /pets") for _ in range(2)),
            *(ask(client, "create_stage", **api, StageName="test") for _ in range(2)),
        ])  # fmt: skip
        client.delete_api(**api)

    assert answers == [["", "ConflictException"] * 2, [""] * 4]


def test_an_integration_in_use_cannot_be_deleted(clients: tuple[Client, Client]) -> None:
    """milliHQ/terraform-aws-next-js#247 shows the error; the emulators delete it."""
    answers: list[str] = []
    for client in clients:
        api = {"ApiId": http_api(client)}
        integration = lambda_integration(client, api["ApiId"])
        route(client, api["ApiId"], "GET /pets", Target=f"integrations/{integration}")
        answers.append(ask(client, "delete_integration", **api, IntegrationId=integration))
        client.delete_api(**api)

    assert answers == ["ConflictException", ""]


def test_a_missing_object_is_not_found(clients: tuple[Client, Client]) -> None:
    """The service model has an error for these deletions; the emulators accept them."""
    answers: list[list[str]] = []
    for client in clients:
        api = {"ApiId": http_api(client)}
        answers.append([
            ask(client, "get_route", **api, RouteId="nothing"),
            ask(client, "delete_route", **api, RouteId="nothing"),
            ask(client, "delete_integration", **api, IntegrationId="nothing"),
            ask(client, "delete_stage", **api, StageName="nothing"),
        ])  # fmt: skip
        client.delete_api(**api)

    assert answers == [["NotFoundException"] * 4, ["NotFoundException", "", "", ""]]
