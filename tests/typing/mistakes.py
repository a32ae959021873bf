"""Mistakes that type checkers must report. Only type-checked, never run.

Each ignore comment names the error that mypy must report for its line. An unnecessary comment is
an error too: for mypy with `warn_unused_ignores`, for pyright with the setting below.
"""
# pyright: reportUnnecessaryTypeIgnoreComment=true
# mypy: disable-error-code="unreachable, redundant-expr"
# mypy reports a listing's truth value at the statements after it, where pyright needs no comment.

from __future__ import annotations

import apigw2


def keywords(gw: apigw2.ApiGatewayV2, api: apigw2.ApiRef, route: apigw2.RouteRef) -> None:
    api.create_route("GET /pets", targt="i1")  # type: ignore[call-arg]
    api.create_route()  # type: ignore[call-arg]
    gw.create_api("pets")  # type: ignore[call-arg]
    gw.create_api("pets", "HTTP")  # type: ignore[call-arg]
    route.update("GET /pets")  # type: ignore[call-arg, arg-type]
    api.get_routes(max_results="10")  # type: ignore[call-arg]
    apigw2.Cors(origins=["*"])  # type: ignore[call-arg]
    apigw2.ApiGatewayV2("eu-central-1")  # type: ignore[call-arg, arg-type]


def types(api: apigw2.ApiRef, stage: apigw2.StageRef) -> None:
    api.route(5)  # type: ignore[arg-type]
    api.route(None)  # type: ignore[arg-type]
    api.create_route(5)  # type: ignore[arg-type]
    api.create_route(None)  # type: ignore[arg-type]
    api.create_route("GET /", request_models=["Pet"])  # type: ignore[arg-type]
    api.update(cors_configuration={"MaxAge": 5})  # type: ignore[arg-type]
    api.get_routes(page_size="10")  # type: ignore[arg-type]
    stage.update(auto_deploy="yes")  # type: ignore[arg-type]
    stage.delete_route_settings(5)  # type: ignore[arg-type]
    apigw2.Cors(max_age="5")  # type: ignore[arg-type]


def enumerations(gw: apigw2.ApiGatewayV2, api: apigw2.ApiRef) -> None:
    gw.create_api("pets", protocol_type="REST")  # type: ignore[arg-type]
    api.create_integration("FOO")  # type: ignore[arg-type]
    api.create_route("GET /", authorization_type="jwt")  # type: ignore[arg-type]
    apigw2.RouteSettings(logging_level="DEBUG")  # type: ignore[arg-type]


def objects(api: apigw2.Api, stage: apigw2.Stage, link: apigw2.VpcLink) -> None:
    api.create_route("GET /pets", target=stage)  # type: ignore[arg-type]
    api.create_route("GET /pets", authorizer_id=link)  # type: ignore[arg-type]
    stage.update(deployment_id=api)  # type: ignore[arg-type]
    api.create_integration("HTTP_PROXY", connection_id=stage)  # type: ignore[arg-type]


def attributes(api: apigw2.Api, ref: apigw2.ApiRef, route: apigw2.Route) -> None:
    _ = ref.name  # type: ignore[attr-defined]
    _ = api.protocl_type  # type: ignore[attr-defined]
    _ = api.cors_configuration.max_age  # type: ignore[union-attr]
    _ = route.target.removeprefix("integrations/")  # type: ignore[union-attr]
    api.name = "dogs"  # type: ignore[misc]
    api.tags["owner"] = "me"  # type: ignore[index]
    _ = apigw2.NoSuchThing  # type: ignore[attr-defined]


def lists(api: apigw2.ApiRef) -> apigw2.Listing[apigw2.Route]:
    _ = api.get_routes()[0]  # type: ignore[index]
    _ = len(api.get_routes())  # type: ignore[arg-type]
    _ = api.get_routes().first().route_key  # type: ignore[union-attr]
    return api.get_stages()  # type: ignore[return-value]


def truth_values(routes: apigw2.Listing[apigw2.Route]) -> str:
    if not routes:  # pyright: ignore[reportGeneralTypeIssues]
        return "none"
    while routes:  # pyright: ignore[reportGeneralTypeIssues]
        routes.first()
    return "some" if routes else "none"  # pyright: ignore[reportGeneralTypeIssues]


def results(api: apigw2.ApiRef) -> apigw2.Api:
    created: apigw2.Stage = api.create_route("GET /")  # type: ignore[assignment]
    created.delete()
    return api  # type: ignore[return-value]
