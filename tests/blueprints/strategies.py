"""Strategies for valid blueprints of both protocols."""

from __future__ import annotations

import json
from typing import Any, Final

import attrs
from hypothesis import strategies as st

import apigw2

ACCOUNT: Final = "123456789012"
ROLE: Final = f"arn:aws:iam::{ACCOUNT}:role/call"
SECRET: Final = "s3cr3t"  # noqa: S105  # a fake
"""Part of every value that no text may contain."""


def function(name: str) -> str:
    return f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:{name}"


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A value, or an absent one."""
    return st.none() | strategy


TEXTS: Final = st.sampled_from(["One", "Two", "A longer text, with a comma"])
FUNCTIONS: Final = st.sampled_from([function(name) for name in ("pets", "owners", "orders")])
URLS: Final = st.sampled_from(
    [
        f"https://{host}.example.com/{SECRET}?key={SECRET}".replace(f"/{SECRET}?", "/?")
        for host in ("a", "b")
    ]
    + ["https://c.example.com/{proxy}"]
)
TAGS: Final = st.dictionaries(st.sampled_from(["team", "cost"]), st.sampled_from(["x", "y"]))


def given(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields that are not `None`; the others get the defaults of the specs."""
    return {name: value for name, value in fields.items() if value is not None}


@st.composite
def http_integrations(draw: st.DrawFn) -> apigw2.IntegrationSpec:
    kind = draw(st.sampled_from(["lambda", "url", "service"]))
    common = given(
        {
            "description": draw(maybe(TEXTS)),
            "timeout_in_millis": draw(maybe(st.sampled_from([50, 3000, 30_000]))),
        }
    )
    if kind == "service":
        made = apigw2.integrations.sqs_send_message(
            f"https://sqs.us-east-1.amazonaws.com/{ACCOUNT}/{SECRET}", credentials_arn=ROLE
        )
        return attrs.evolve(made, **common)
    common |= given(
        {
            "request_parameters": draw(
                maybe(
                    st.dictionaries(
                        st.sampled_from(["append:header.x", "overwrite:querystring.y"]),
                        st.sampled_from([SECRET, "$request.header.z"]),
                    )
                )
            ),
            "response_parameters": draw(
                maybe(
                    st.dictionaries(
                        st.sampled_from(["200", "500"]),
                        st.just({"append:header.served": SECRET}),
                    )
                )
            ),
        }
    )
    if kind == "lambda":
        return apigw2.IntegrationSpec(
            "AWS_PROXY",
            integration_uri=draw(FUNCTIONS),
            **common,
            **given(
                {
                    "payload_format_version": draw(maybe(st.sampled_from(["1.0", "2.0"]))),
                    "integration_method": draw(maybe(st.just("POST"))),
                    "credentials_arn": draw(maybe(st.just(ROLE))),
                }
            ),
        )
    return apigw2.IntegrationSpec(
        "HTTP_PROXY",
        integration_uri=draw(URLS),
        integration_method=draw(st.sampled_from(["ANY", "GET"])),
        **common,
    )


TEMPLATES: Final = st.dictionaries(
    st.sampled_from(["200", "application/json"]),
    st.sampled_from(['{"statusCode":200}', "#set($x = 1)${x}"]),
    max_size=2,
)


@st.composite
def integration_responses(draw: st.DrawFn) -> tuple[apigw2.IntegrationResponseSpec, ...]:
    keys = draw(
        st.lists(st.sampled_from(["$default", "/200/", r"/4\d\d/"]), unique=True, max_size=2)
    )
    return tuple(
        apigw2.IntegrationResponseSpec(
            key,
            **given(
                {
                    "response_templates": draw(maybe(TEMPLATES)),
                    "template_selection_expression": draw(maybe(st.just("200"))),
                }
            ),
        )
        for key in keys
    )


@st.composite
def websocket_integrations(draw: st.DrawFn) -> apigw2.IntegrationSpec:
    kind = draw(st.sampled_from(["lambda", "url", "mock"]))
    common = given(
        {
            "description": draw(maybe(TEXTS)),
            "timeout_in_millis": draw(maybe(st.sampled_from([50, 3000, 29_000]))),
            "passthrough_behavior": draw(maybe(st.sampled_from(["NEVER", "WHEN_NO_MATCH"]))),
            "responses": draw(maybe(integration_responses())),
        }
    )
    if kind == "mock":
        return attrs.evolve(apigw2.integrations.mock(), request_templates=draw(TEMPLATES), **common)
    if kind == "lambda":
        return apigw2.IntegrationSpec("AWS_PROXY", integration_uri=draw(FUNCTIONS), **common)
    return apigw2.IntegrationSpec(
        "HTTP_PROXY", integration_uri=draw(URLS), integration_method="POST", **common
    )


@st.composite
def authorizers(draw: st.DrawFn, *, http: bool) -> tuple[apigw2.AuthorizerSpec, ...]:
    names = draw(st.lists(st.sampled_from(["login", "session"]), unique=True, max_size=2))
    return tuple(draw(authorizer(name, http=http)) for name in names)


@st.composite
def authorizer(draw: st.DrawFn, name: str, *, http: bool) -> apigw2.AuthorizerSpec:
    if http and draw(st.booleans()):
        return apigw2.authorizers.jwt(
            name,
            issuer=draw(st.sampled_from(["https://a.example.com", "https://b.example.com"])),
            audience=draw(st.lists(st.sampled_from("xyz"), min_size=1, unique=True)),
        )
    caching = {
        "result_ttl_in_seconds": draw(maybe(st.sampled_from([0, 60]))),
        "payload_format_version": draw(maybe(st.sampled_from(["1.0", "2.0"]))),
    }
    return apigw2.authorizers.lambda_function(
        name,
        draw(FUNCTIONS),
        identity_source=draw(
            st.sampled_from([["$request.header.Auth"], ["$request.querystring.t"]])
        ),
        credentials_arn=draw(maybe(st.just(ROLE))),
        **(given(caching) if http else {}),
    )


HTTP_KEYS: Final = (
    "GET /pets",
    "POST /pets",
    "GET /pets/{id}",
    "GET /pets/{pet}",
    "ANY /{proxy+}",
    "$default",
)
WEBSOCKET_KEYS: Final = ("$connect", "$disconnect", "$default", "send", "list")


def shape(key: str) -> str:
    return key.replace("{pet}", "{id}")


@st.composite
def http_routes(
    draw: st.DrawFn, guards: tuple[apigw2.AuthorizerSpec, ...]
) -> tuple[apigw2.RouteSpec, ...]:
    keys = draw(st.lists(st.sampled_from(HTTP_KEYS), unique_by=shape, max_size=5))
    backends = draw(st.lists(http_integrations(), min_size=1, max_size=3))
    routes: list[apigw2.RouteSpec] = []
    for key in keys:
        guard = draw(maybe(st.sampled_from(guards))) if guards else None
        scopes = None
        if guard is not None and guard.authorizer_type == "JWT":
            scopes = draw(maybe(st.lists(st.sampled_from(["r", "w"]), unique=True)))
        fields = {
            "target": draw(maybe(st.sampled_from(backends))),
            "authorizer": guard,
            "authorization_scopes": scopes,
            "authorization_type": draw(maybe(st.sampled_from(["NONE", "AWS_IAM"])))
            if guard is None
            else None,
            "operation_name": draw(maybe(st.sampled_from(["read", "write"]))),
        }
        routes.append(apigw2.RouteSpec(key, **given(fields)))
    return tuple(routes)


@st.composite
def route_responses(
    draw: st.DrawFn, models: tuple[apigw2.ModelSpec, ...]
) -> tuple[apigw2.RouteResponseSpec, ...]:
    if not draw(st.booleans()):
        return ()
    names = [model.name for model in models]
    fields = {
        "model_selection_expression": draw(maybe(st.just("$default"))),
        "response_models": draw(maybe(st.dictionaries(st.just("$default"), st.sampled_from(names))))
        if names
        else None,
    }
    return (apigw2.RouteResponseSpec("$default", **given(fields)),)


@st.composite
def websocket_routes(
    draw: st.DrawFn,
    guards: tuple[apigw2.AuthorizerSpec, ...],
    models: tuple[apigw2.ModelSpec, ...],
) -> tuple[apigw2.RouteSpec, ...]:
    keys = draw(st.lists(st.sampled_from(WEBSOCKET_KEYS), unique=True, max_size=4))
    backends = draw(st.lists(websocket_integrations(), min_size=1, max_size=3))
    names = [model.name for model in models]
    routes: list[apigw2.RouteSpec] = []
    for key in keys:
        connects = key == "$connect"
        guard = draw(maybe(st.sampled_from(guards))) if guards and connects else None
        required = st.builds(apigw2.ParameterConstraints, required=st.booleans())
        fields = {
            "target": draw(maybe(st.sampled_from(backends))),
            "authorizer": guard,
            "api_key_required": draw(maybe(st.booleans())),
            "operation_name": draw(maybe(st.sampled_from(["read", "write"]))),
            "route_response_selection_expression": draw(maybe(st.just("$default"))),
            "model_selection_expression": draw(maybe(st.just("$request.body.x"))),
            "request_models": draw(
                maybe(st.dictionaries(st.sampled_from(["a", "$default"]), st.sampled_from(names)))
            )
            if names
            else None,
            "request_parameters": draw(
                maybe(
                    st.dictionaries(
                        st.sampled_from(["route.request.querystring.a", "route.request.header.b"]),
                        required,
                    )
                )
            )
            if connects
            else None,
            "responses": draw(route_responses(models)),
        }
        routes.append(apigw2.RouteSpec(key, **given(fields)))
    return tuple(routes)


@st.composite
def models_(draw: st.DrawFn) -> tuple[apigw2.ModelSpec, ...]:
    names = draw(st.lists(st.sampled_from(["Order", "Pet"]), unique=True, max_size=2))
    return tuple(
        apigw2.ModelSpec(
            name,
            schema=json.dumps({"type": draw(st.sampled_from(["object", "array"]))}),
            **given(
                {
                    "content_type": draw(maybe(st.sampled_from(["application/json", "text/x"]))),
                    "description": draw(maybe(TEXTS)),
                }
            ),
        )
        for name in names
    )


@st.composite
def stages(draw: st.DrawFn, keys: tuple[str, ...], *, http: bool) -> tuple[apigw2.StageSpec, ...]:
    names = draw(st.lists(st.sampled_from(["prod", "test"]), unique=True, max_size=2))
    return tuple(draw(stage(name, keys, http=http)) for name in names)


@st.composite
def settings(draw: st.DrawFn, *, http: bool) -> apigw2.RouteSettings:
    fields = {
        "detailed_metrics_enabled": draw(maybe(st.booleans())),
        "throttling_burst_limit": draw(maybe(st.sampled_from([0, 10]))),
        "throttling_rate_limit": draw(maybe(st.sampled_from([0.0, 2.5]))),
        "logging_level": None if http else draw(maybe(st.sampled_from(["OFF", "INFO"]))),
        "data_trace_enabled": None if http else draw(maybe(st.booleans())),
    }
    return apigw2.RouteSettings(**given(fields))


@st.composite
def stage(draw: st.DrawFn, name: str, keys: tuple[str, ...], *, http: bool) -> apigw2.StageSpec:
    log = apigw2.AccessLogSettings(
        destination_arn=f"arn:aws:logs:us-east-1:{ACCOUNT}:log-group:pets",
        format="$context.requestId",
    )
    metrics = st.builds(apigw2.RouteSettings, detailed_metrics_enabled=st.booleans())
    fields = {
        "access_log_settings": draw(maybe(st.just(log))),
        "auto_deploy": draw(maybe(st.booleans())),
        "default_route_settings": draw(maybe(metrics)),
        "route_settings": draw(
            maybe(st.dictionaries(st.sampled_from(keys), settings(http=http), max_size=2))
        )
        if keys
        else None,
        "stage_variables": draw(
            maybe(
                st.dictionaries(
                    st.sampled_from(["a", "b"]), st.sampled_from([SECRET, f"{SECRET}2"])
                )
            )
        ),
        "tags": draw(maybe(TAGS)),
    }
    return apigw2.StageSpec(name, **given(fields))


@st.composite
def blueprints(draw: st.DrawFn, protocol: str | None = None) -> apigw2.Blueprint:
    kind = protocol or draw(st.sampled_from(["HTTP", "WEBSOCKET"]))
    http = kind == "HTTP"
    guards = draw(authorizers(http=http))
    fields: dict[str, Any] = {
        "description": draw(maybe(TEXTS)),
        "disable_execute_api_endpoint": draw(maybe(st.booleans())),
        "version": draw(maybe(st.sampled_from(["1", "2"]))),
        "tags": draw(maybe(TAGS)),
        "ip_address_type": draw(maybe(st.sampled_from(["ipv4", "dualstack"]))),
    }
    if http:
        routes = draw(http_routes(guards))
        fields["cors_configuration"] = draw(maybe(cors()))
        fields["integrations"] = draw(st.lists(http_integrations(), max_size=1))
    else:
        models = draw(models_())
        routes = draw(websocket_routes(guards, models))
        fields["models"] = models
        fields["route_selection_expression"] = draw(
            st.sampled_from(["$request.body.action", "$request.body.kind"])
        )
        fields["integrations"] = draw(st.lists(websocket_integrations(), max_size=1))
    keys = tuple(route.route_key for route in routes)
    return apigw2.Blueprint(
        "petstore",
        protocol_type=kind,  # type: ignore[arg-type]  # one of the two
        routes=routes,
        authorizers=guards,
        stages=draw(stages(keys, http=http)),
        **given(fields),
    )


def _cors(fields: dict[str, Any]) -> apigw2.Cors:
    return apigw2.Cors(**given(fields))


def cors() -> st.SearchStrategy[apigw2.Cors]:
    return st.builds(
        _cors,
        st.fixed_dictionaries(
            {
                "allow_credentials": maybe(st.booleans()),
                "allow_headers": maybe(
                    st.lists(st.sampled_from(["X-A", "authorization"]), unique=True)
                ),
                "allow_methods": maybe(st.lists(st.sampled_from(["GET", "POST"]), unique=True)),
                "allow_origins": maybe(
                    st.lists(st.sampled_from(["https://a.com", "https://b.com"]), unique=True)
                ),
                "max_age": maybe(st.sampled_from([60, 300])),
            }
        ),
    )


def pairs() -> st.SearchStrategy[tuple[apigw2.Blueprint, apigw2.Blueprint]]:
    """Two blueprints with the same protocol."""
    return st.sampled_from(["HTTP", "WEBSOCKET"]).flatmap(
        lambda protocol: st.tuples(blueprints(protocol), blueprints(protocol))
    )
