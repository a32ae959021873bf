"""The diagrams of the explanations."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

from docs.pictures.svg import Drawing

if TYPE_CHECKING:
    from collections.abc import Callable


def objects() -> Drawing:
    """References, snapshots and the gateway."""
    d = Drawing("objects", "How gateway, references, snapshots and listings are related", 720, 240)
    d.box(10, 90, 160, "ApiGatewayV2", "one account, one region", kind="key")
    d.box(280, 20, 180, "ApiRef, RouteRef, ...", "identity + every method", kind="key")
    d.box(280, 170, 180, "Listing[Api]", "fetches page by page")
    d.box(
        540, 82, 170, "Api, Route, ...", "the same methods,", "and the fields, frozen", kind="key"
    )
    d.line((170, 105), (280, 52))
    d.text(140, 40, 'gw.api("a1b2c3")', "mono")
    d.text(140, 56, "no request", "small")
    d.line((170, 122), (280, 185))
    d.text(140, 195, "gw.get_apis()", "mono")
    d.text(140, 211, "no request", "small")
    d.line((460, 52), (540, 95))
    d.text(505, 40, ".get(), .update()", "mono")
    d.text(505, 56, "1 request", "small")
    d.line((460, 190), (540, 135))
    d.text(505, 190, "for api in ...", "mono")
    d.text(505, 206, "1 request a page", "small")
    d.text(370, 110, "A snapshot is a reference:", "small", "middle")
    d.text(370, 128, "isinstance(api, ApiRef)", "mono", "middle")
    return d


def call() -> Drawing:
    """The life of a call."""
    d = Drawing("call", "The life of a call, from the method to the snapshot", 720, 330)
    steps = [
        ("Your code", 'api.create_route("GET /pets", target=backend)', ""),
        ("1  Arguments", "names become boto3's; objects become ids; None is left out", ""),
        (
            "2  Preflight",
            "rules and limits of the service: PreflightError, before any request",
            "key",
        ),
        ("3  botocore", "endpoint, credentials, signature, connection, standard retries", ""),
        ("4  Amazon API Gateway", "or a local gateway, an emulator, a Stubber", ""),
        (
            "5  Response",
            "JSON straight into objects; errors become classes, some are retried",
            "key",
        ),
    ]
    boxes = [
        d.box(90, 8 + 54 * number, 540, title, words, kind=kind)
        for number, (title, words, kind) in enumerate(steps)
    ]
    for start, end in itertools.pairwise(boxes):
        d.arrow(start, end)
    d.line((630, 302), (690, 302), (690, 32), (630, 32))
    d.text(684, 180, "Route", "mono", "end")
    return d


def retries() -> Drawing:
    """Who retries what."""
    d = Drawing("retries", "Which layer retries which failure", 720, 270)
    d.text(20, 24, "Failure", "strong")
    d.text(290, 24, "Retried by", "strong")
    d.text(450, 24, "Repeats the request", "strong")
    rows = [
        ("Lost connection, 5xx", "botocore", "yes, unless it is a create"),
        ("429, account over its request rate", "botocore", "yes, Retries.attempts times"),
        ("Lost connection or 5xx, create", "nobody", "no: it may have taken effect"),
        ("409, another change in progress", "apigw2", "yes, until Retries.deadline"),
        ("429, quota of one operation", "apigw2", "yes, at that operation's pace"),
        ("Object in use, name taken, quota", "nobody", "no: it would fail again"),
        ("State not reached yet", "waiters", "polls until their timeout"),
    ]
    for number, (failure, who, how) in enumerate(rows):
        y = 40 + 32 * number
        d.bar(10, y, 700, 28, "")
        d.text(20, y + 19, failure)
        d.text(290, y + 19, who, "strong")
        d.text(450, y + 19, how, "small")
    return d


def deployments() -> Drawing:
    """Deployment and stages."""
    d = Drawing("deployments", "Deployments freeze an API, and stages serve deployments", 720, 250)
    d.area(10, 30, 190, 190, "API: what you edit")
    routes = d.box(30, 60, 150, "Routes")
    integrations = d.box(30, 115, 150, "Integrations")
    d.box(30, 170, 150, "Authorizers")
    d.arrow(routes, integrations)
    d.area(280, 30, 180, 190, "Deployments: frozen")
    new = d.box(300, 60, 140, "Deployment 2", "DEPLOYED")
    old = d.box(300, 140, 140, "Deployment 1", "DEPLOYED")
    d.area(540, 30, 170, 190, "Stages: URLs")
    test = d.box(555, 60, 140, "test", "/test")
    prod = d.box(555, 140, 140, "$default", "/")
    d.arrow(test, new, "serves")
    d.arrow(prod, old, "serves")
    d.line((200, 90), (300, 90))
    d.text(240, 80, "api.deploy()", "small", "middle")
    d.text(
        360,
        242,
        "Throttling, logs and variables belong to the stage and apply at once.",
        "small",
        "middle",
    )
    return d


def planning() -> Drawing:
    """How a plan is made and applied."""
    d = Drawing("planning", "How a plan is made from two blueprints, and applied", 720, 270)
    d.box(10, 20, 150, "Existing API", "api.blueprint()")
    d.box(10, 100, 150, "Desired API", "your blueprint")
    form = d.box(200, 60, 150, "Normalizing", "defaults filled in")
    match = d.box(390, 60, 150, "Matching", "by key and content")
    changes = d.box(580, 60, 130, "Plan", "a value", kind="key")
    blocked = d.box(390, 160, 150, "PlanBlockedError", "before any write")
    calls = d.box(580, 160, 130, "Calls", "in levels")
    d.line((160, 45), (200, 75))
    d.line((160, 120), (200, 95))
    d.arrow(form, match)
    d.arrow(match, changes)
    d.arrow(match, blocked)
    d.arrow(changes, calls)
    deployed = d.box(580, 222, 130, "Deployed")
    d.arrow(calls, deployed)
    d.box(200, 160, 150, "ApplyError", "plan again")
    d.line((600, 208), (600, 214), (275, 214), (275, 210))
    d.line((200, 184), (60, 184), (60, 150))
    return d


def plan() -> Drawing:
    """The order of a plan."""
    d = Drawing("plan", "The order in which a plan is applied", 720, 110)
    levels = [
        ("API", "CORS, tags", ""),
        ("Parts", "integrations, ...", ""),
        ("Routes", "use the parts", ""),
        ("Stages", "settings", ""),
        ("Deletes", "routes, parts", ""),
        ("Deployment", "waits for it", "key"),
    ]
    boxes = [
        d.box(8 + 120 * number, 40, 104, title, words, kind=kind)
        for number, (title, words, kind) in enumerate(levels)
    ]
    for start, end in itertools.pairwise(boxes):
        d.arrow(start, end)
    d.text(
        8, 24, "Parts are created before the routes that use them, and deleted after them.", "small"
    )
    return d


def local() -> Drawing:
    """The local gateway's parts."""
    d = Drawing("local", "The parts of the local gateway", 720, 310)
    program = d.box(10, 60, 150, "Your program", "apigw2 or boto3")
    client = d.box(10, 200, 150, "A client", "invoke(), connect(),", "or HTTP, WebSocket")
    d.area(236, 20, 474, 270, "LocalGateway")
    control = d.box(250, 50, 170, "Control plane", "103 operations,", "rules, quotas", kind="key")
    data = d.box(
        250, 190, 170, "Data plane", "routes, tokens, CORS,", "throttling, events", kind="key"
    )
    store = d.box(510, 50, 180, "Store", "APIs, stages, ...", "one per account, region")
    backends = d.box(510, 190, 180, "Backends", "your functions,", "HTTP on loopback")
    d.box(510, 128, 180, "Clock")
    d.box(250, 128, 170, "Faults, record")
    d.arrow(program, control, "requests")
    d.arrow(client, data, "requests")
    d.arrow(control, store)
    d.arrow(data, backends)
    return d


DIAGRAMS: Final[tuple[Callable[[], Drawing], ...]] = (
    objects,
    call,
    retries,
    deployments,
    planning,
    plan,
    local,
)
