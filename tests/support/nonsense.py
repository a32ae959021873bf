"""Every public callable, valid arguments of it, and values that no parameter is meant for."""

from __future__ import annotations

import inspect
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple, NoReturn

from botocore.config import Config

import apigw2
from apigw2 import authorizers, connections, integrations, testing
from apigw2._objects.listing import Listing
from apigw2.testing import Clock, LocalGateway
from tests.support import walk
from tests.support.calls import arguments
from tests.support.resources import CERTIFICATE, LAMBDA
from tests.support.strategies import sample_parameters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NAMESPACES: Final = (apigw2, authorizers, connections, integrations, testing)


class Hostile:
    """An object that cannot be shown or compared."""

    def _fail(self, *_: object) -> NoReturn:
        raise RuntimeError("hostile")

    __repr__ = __str__ = __eq__ = _fail
    __hash__ = object.__hash__


class Text(str):
    """A string of a subclass, which is as good as a string."""

    __slots__ = ()


NONSENSE: Final[dict[str, Callable[[], object]]] = {
    "an integer": partial(int, 5),
    "a negative integer": partial(int, -1),
    "zero": int,
    "an integer of 400 digits": partial(pow, 10, 400),
    "an integer without a repr": partial(pow, 10, 5000),
    "a float": partial(float, 1.5),
    "NaN": partial(float, "nan"),
    "infinity": partial(float, "inf"),
    "a complex number": partial(complex, 0, 1),
    "True": partial(bool, 1),
    "None": lambda: None,
    "bytes": partial(bytes, b"\xff"),
    "an empty string": str,
    "a lone surrogate": partial(str, "a\ud800"),
    "control characters": partial(str, "a\0b\r\n\x1b[31m"),
    "a very long string": lambda: "x" * 100_000,
    "a string of a subclass": partial(Text, "a"),
    "a mixed list": lambda: [1, "a", None, object()],
    "an empty list": list,
    "a list of a hostile object": lambda: [Hostile()],
    "a dict with integers as keys": lambda: {1: 2},
    "an empty dict": dict,
    "a dict with surrogates": lambda: {"\ud800": "\ud800"},
    "a set": lambda: {"a"},
    "a generator": lambda: (each for each in "ab"),
    "a class": lambda: int,
    "an object": object,
    "a hostile object": Hostile,
    "another resource": lambda: apigw2.ModelRef(api_id="a1", model_id="m1"),
}


class Callee(NamedTuple):
    """A public callable.

    Attributes:
        name: `Api.create_route`, `integrations.url`.
        owner: The class of a method; `None` for functions and constructors.
        function: The function that was written, whose signature and docstring count.
        call: How a function or class is called; of a method, its name.
    """

    name: str
    owner: type | None
    function: Callable[..., Any]
    call: Any

    def parameters(self) -> list[inspect.Parameter]:
        found = inspect.signature(self.function).parameters.values()
        return [p for p in found if p.name not in ("self", "cls")]


def _is_ours(thing: Any) -> bool:  # noqa: ANN401  # a class or a function
    """Whether something is defined here; blueprints have tests of their own."""
    module = getattr(thing, "__module__", "") or ""  # what is written in C has none
    return module.startswith("apigw2") and "_blueprints" not in module


# Methods that take blueprints and specs.
_OF_BLUEPRINTS: Final = ("plan", "ensure", "create")
# Made by the library, for the library.
_NOT_MADE_BY_CALLERS: Final[tuple[Any, ...]] = (
    BaseException,
    Listing,
    dict,
    testing.Request,
    testing.Response,
    testing.WebSocketConnection,
)
# What the parts of a local gateway call, besides what takes a request.
_OF_PARTS: Final = ("take", "take_failed_transition")


def _methods(cls: type) -> Iterator[Callee]:
    for name in dir(cls):
        raw: Any = inspect.getattr_static(cls, name)
        function: Any = getattr(raw, "__func__", raw)  # that of a class method
        is_tried = not name.startswith("_") and name not in (*_OF_BLUEPRINTS, *_OF_PARTS)
        if not is_tried or not inspect.isfunction(function):
            continue
        yield Callee(f"{cls.__name__}.{name}", cls, inspect.unwrap(function), name)


def _callees() -> Iterator[Callee]:
    for namespace in NAMESPACES:
        for name in namespace.__all__:
            public: Any = getattr(namespace, name)
            if not callable(public) or not _is_ours(public):
                continue
            if not inspect.isclass(public):
                place = namespace.__name__.removeprefix("apigw2.")
                yield Callee(f"{place}.{name}", None, inspect.unwrap(public), public)
                continue
            if not issubclass(public, _NOT_MADE_BY_CALLERS):
                yield Callee(name, None, public.__init__, public)
            yield from _methods(public)


def callees() -> tuple[Callee, ...]:
    """Every public callable with parameters, where it is first found: snapshots inherit methods.

    What a server calls with the requests that it has read is left out.
    """
    found: dict[object, Callee] = {}
    for callee in _callees():
        takes_request = any(p.annotation in ("Request", "Upgrade") for p in callee.parameters())
        is_for_servers = takes_request or callee.owner in (testing.Request, testing.Response)
        if callee.parameters() and _is_ours(callee.function) and not is_for_servers:
            # attrs writes an `__init__` for each class, in which only names differ.
            found.setdefault(callee.function, callee)
    return tuple(found.values())


_ALWAYS_GIVEN: Final = ("timeout", "url")  # a short timeout; a URL in place of a client


class World:
    """A local gateway with one resource of each kind, whose writes are all refused."""

    def __init__(self) -> None:
        self.local = local = LocalGateway(seed=1)
        self.client: Any = local.client(config=Config(retries={"total_max_attempts": 1}))
        self.gateway = gateway = apigw2.ApiGatewayV2(client=self.client, retries=self.retries())
        api = gateway.create_api("pets", protocol_type="HTTP")
        backend = api.create_integration(
            "AWS_PROXY", integration_uri=LAMBDA, payload_format_version="2.0"
        )
        route = api.create_route("GET /pets", target=backend)
        deployment = api.create_deployment()
        settings = {"GET /pets": apigw2.RouteSettings(throttling_burst_limit=3)}
        stage = api.create_stage("prod", deployment_id=deployment, route_settings=settings)
        chat = gateway.create_api(
            "chat", protocol_type="WEBSOCKET", route_selection_expression="$request.body.action"
        )
        mock = chat.create_integration(
            "MOCK",
            request_templates={"200": '{"statusCode":200}'},
            template_selection_expression="200",
        )
        connect = chat.create_route("$connect", target=mock)
        chat.create_stage("dev", deployment_id=chat.create_deployment())
        domain = gateway.create_domain_name(
            "api.example.com",
            certificate_arn=CERTIFICATE,
            routing_mode="ROUTING_RULE_THEN_API_MAPPING",
        )
        link = gateway.create_vpc_link("private", subnet_ids=["subnet-1a"])
        local.clock.advance(60)
        invoke = apigw2.RoutingRuleActionInvokeApi(api_id=api.api_id, stage="prod")
        match = apigw2.RoutingRuleMatchBasePaths(any_of=["v2"])
        rule = domain.create_routing_rule(
            priority=5,
            actions=[apigw2.RoutingRuleAction(invoke_api=invoke)],
            conditions=[apigw2.RoutingRuleCondition(match_base_paths=match)],
        )
        colors = apigw2.CustomColors(
            accent_color="#111111",
            background_color="#222222",
            error_validation_color="#333333",
            header_color="#444444",
            navigation_color="#555555",
            text_color="#666666",
        )
        portal = gateway.create_portal(
            authorization=apigw2.Authorization(none=apigw2.None_()),
            endpoint_configuration=apigw2.EndpointConfigurationRequest(none=apigw2.None_()),
            portal_content=apigw2.PortalContent(
                display_name="Pets", theme=apigw2.PortalTheme(custom_colors=colors)
            ),
        )
        product = gateway.create_portal_product("Adopt")
        parts = apigw2.IdentifierParts(method="GET", path="/p", rest_api_id="r1", stage="s")
        endpoint = apigw2.RestEndpointIdentifier(identifier_parts=parts)
        self.api, self.chat = api, chat
        self.link, self.deployment = link.get(), deployment
        self.objects: tuple[Any, ...] = (
            gateway,
            api.get(),
            backend,
            route,
            deployment,
            stage,
            api.create_authorizer(
                "asker",
                authorizer_type="REQUEST",
                authorizer_payload_format_version="2.0",
                authorizer_uri=apigw2.lambda_uri(LAMBDA),
                identity_source=["$request.header.Authorization"],
            ),
            mock.create_integration_response("$default"),
            connect.create_route_response("$default"),
            chat.create_model("Pet", schema="{}", content_type="application/json"),
            domain.get(),
            domain.create_api_mapping(api_id=api, stage="prod", api_mapping_key="v1"),
            rule,
            self.link,
            portal.get(),
            gateway.list_portals().first(),
            product,
            gateway.list_portal_products().first(),
            product.create_product_page(apigw2.DisplayContent(title="T", body="b")),
            product.list_product_pages().first(),
            product.create_product_rest_endpoint_page(endpoint),
            product.list_product_rest_endpoint_pages().first(),
            apigw2.Retries(),
            local.faults,
            Clock(),
        )
        for operation in walk.OPERATIONS:
            if not operation.startswith(("Get", "List", "Export")):
                local.faults.add(operation, "throttle", times=100_000)

    def retries(self) -> apigw2.Retries:
        """No retries, and sleep by the clock."""
        return apigw2.Retries(deadline=0, sleep=self.local.clock.advance)

    def method(self, callee: Callee) -> Any:  # noqa: ANN401  # of any class
        """The method of an object, or a function or class as it is."""
        if callee.owner is None:
            return callee.call
        return getattr(self._object(callee.owner), callee.call)

    def _object(self, cls: type) -> Any:  # noqa: ANN401  # of any class
        if cls is LocalGateway:
            return LocalGateway()
        if cls is connections.Connections:
            return connections.Connections(client=self.local.connections_client(self.chat))
        if cls is testing.WebSocketConnection:
            return self.local.connect(self.chat)
        return next(each for each in self.objects if type(each) is cls)

    def valid(self, callee: Callee) -> dict[str, Any]:
        """Arguments of all parameters that are needed."""
        known = self._known()
        plan = getattr(getattr(callee.owner, str(callee.call), None), "operation", None)
        sample: dict[str, Any] = {}
        if plan is not None:
            sample = arguments(plan.name, sample_parameters(plan.name, every=False))
        return {
            parameter.name: id
            if "Callable" in str(parameter.annotation)
            else known.get(parameter.name, sample.get(parameter.name, "text"))
            for parameter in callee.parameters()
            if parameter.kind is not parameter.VAR_POSITIONAL
            and (parameter.default is parameter.empty or parameter.name in _ALWAYS_GIVEN)
        }

    def _known(self) -> dict[str, Any]:
        """Values by the names of parameters."""
        return {
            "account_id": "123456789012",
            "api_id": self.api.api_id,
            "audience": ["pets"],
            "authorizer_type": "REQUEST",
            "client": self.client,
            "config": Config(),
            "client_ids": ["c1"],
            "code": 1000,
            "data": "hello",
            "duration": 1.0,
            "error": None,
            "event": {
                "requestContext": {
                    "domainName": "a1.execute-api.us-east-1.amazonaws.com",
                    "stage": "dev",
                    "apiId": "a1",
                    "connectionId": "c1",
                }
            },
            "from_": "prod",
            "handler": id,
            "function_arn": LAMBDA,
            "headers": {"a": "b"},
            "integration_type": "MOCK",
            "items": [1],
            "key_set": {"keys": []},
            "lines": (("a", "b"),),
            "obj": self.api,
            "operation": "GetApi",
            "protocol_type": "HTTP",
            "route_key": "GET /cats",
            "stage": "prod",
            "tag_keys": ["a"],
            "tags": {"a": "b"},
            "timeout": 0.05,
            "uri": "https://pets.example.com",
            "url": "https://a1.execute-api.us-east-1.amazonaws.com/dev",
            "user_pool_id": "eu-central-1_Ab12",
            "vpc_link": self.link,
        }
