"""Invalid arguments are rejected before a request is sent."""

from __future__ import annotations

import re
import warnings
from typing import TYPE_CHECKING, Any, Final

import boto3
import pytest
from botocore.config import Config
from botocore.model import ListShape, MapShape, StringShape, StructureShape

import apigw2
from apigw2.testing import LocalGateway
from tests.faults.client import Faulty
from tests.faults.secrets import KEY_ID, SECRET_KEY, TOKEN
from tests.support import walk
from tests.support.calls import arguments, bound
from tests.support.strategies import sample_parameters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from botocore.model import Shape

    from tests.support.server import Server

    Note = Callable[[str, object], None]

_HIDDEN: Final = re.compile(r"LengthBetween(Minus)?(\d+)And(\d+)(K?)")


@pytest.fixture(scope="module")
def client(server: Server) -> Faulty:
    session = boto3.Session(KEY_ID, SECRET_KEY, TOKEN, region_name="eu-central-1")
    config = Config(proxies={})
    gateway = apigw2.ApiGatewayV2(session=session, endpoint_url=server.url, config=config)
    return Faulty(gateway, server)


def of_wrong_type(shape: Shape) -> Iterator[object]:
    yield object()
    if isinstance(shape, StructureShape):
        yield from ({}, "text", [], 5)
    elif isinstance(shape, ListShape):
        yield from ("text", 5, {"a": 1}, [object()], [None], {1, 2})
    elif isinstance(shape, MapShape):
        yield from ("text", 5, ["a"], {5: "a"}, {"a": object()}, {"a": None})
    elif isinstance(shape, StringShape):
        yield from (5, True, b"bytes", ["text"], {"a": 1})
    elif shape.type_name == "boolean":
        yield from ("true", 1, [])
    else:
        yield from ("5", True, [5], None if shape.type_name != "double" else "x")


def refused(
    client: Faulty, operation: str, given: dict[str, Any], ids: dict[str, Any]
) -> Exception:
    """Make a call that must be rejected without a request, and return its error."""
    client.server.prepare()
    try:
        made = bound(client, operation, ids)(**given)
        if isinstance(made, apigw2.Listing):
            made.all()
    except (TypeError, apigw2.PreflightError) as error:
        assert not client.server.connections
        return error
    pytest.fail(f"{operation} accepted {given}")


@pytest.mark.parametrize("operation", walk.OPERATIONS)
def test_arguments_of_a_wrong_type_are_rejected_without_a_request(
    operation: str, client: Faulty, record_property: Note
) -> None:
    ids = sample_parameters(operation, every=False)
    good = arguments(operation, ids)
    shapes = walk.inputs(operation)
    for name, member in walk.method(operation).members().items():
        kind = shapes[member]
        for value in of_wrong_type(kind) if name != "page_size" else ("7", True, 5.0):
            if value is None:
                continue
            error = refused(client, operation, {**good, name: value}, ids)
            assert isinstance(error, TypeError), error
            assert name in str(error)
            record_property("bad inputs tried, and refused without a request", 1)


@pytest.mark.parametrize("operation", walk.OPERATIONS)
def test_missing_and_unknown_arguments_are_rejected_without_a_request(
    operation: str, client: Faulty, record_property: Note
) -> None:
    ids = sample_parameters(operation, every=False)
    good = arguments(operation, ids)
    for name in good:
        for given in ({**good, name: None}, {k: v for k, v in good.items() if k != name}):
            assert name in str(refused(client, operation, given, ids))
            record_property("bad inputs tried, and refused without a request", 1)
    error = refused(client, operation, {**good, "no_such_thing": 1}, ids)
    assert isinstance(error, TypeError)
    assert "no_such_thing" in str(error)
    record_property("bad inputs tried, and refused without a request", 1)


@pytest.mark.parametrize("operation", [o for o in walk.OPERATIONS if walk.located(o, "uri")])
def test_ids_that_would_change_the_path_are_rejected(
    operation: str, client: Faulty, record_property: Note
) -> None:
    """With an empty id, the URL is that of the collection; with `..`, that of the parent."""
    ids = sample_parameters(operation, every=False)
    for member in walk.located(operation, "uri"):
        for value in ("", ".", "..", 5, None, b"a1"):
            changed = {**ids, member: value}
            error = refused(client, operation, arguments(operation, changed), changed)
            wanted = apigw2.PreflightError if isinstance(value, str) else TypeError
            assert isinstance(error, wanted)
            assert walk.snake(member) in str(error)
            record_property("bad inputs tried, and refused without a request", 1)


def limits(shape: Shape) -> tuple[int | None, int | None]:
    hidden = _HIDDEN.search(shape.name)
    if hidden is None:
        return shape.metadata.get("min"), shape.metadata.get("max")
    minus, least, most, kilo = hidden.groups()
    return int(least) * (-1 if minus else 1), int(most) * (1024 if kilo else 1)


# AWS accepts what the service model forbids: aws-cdk, WebSocketMockIntegration.
MAY_BE_EMPTY: Final = frozenset({("CreateIntegration", "IntegrationUri")})


def out_of_limits(operation: str, member: str) -> Iterator[object]:
    """Values that the service rejects; an update accepts `""`, which clears the field."""
    shape = walk.inputs(operation)[member]
    least, most = limits(shape)
    if isinstance(shape, StringShape):
        may_be_empty = operation.startswith("Update") or (operation, member) in MAY_BE_EMPTY
        if least and not may_be_empty:
            yield ""
        if least and least > 1:
            yield "x" * (least - 1)
        if most is not None:
            yield "x" * (most + 1)
        if shape.metadata.get("pattern"):
            yield "\n"
    elif shape.type_name in ("integer", "long"):
        yield from [] if least is None else [least - 1]
        yield from [] if most is None else [most + 1]


LIMITED: Final = [
    (operation, name)
    for operation in walk.OPERATIONS
    for name, member in walk.method(operation).members().items()
    if name != "page_size" and [*out_of_limits(operation, member)]
]


@pytest.mark.parametrize(("operation", "name"), LIMITED)
def test_arguments_out_of_bounds_are_rejected_without_a_request(
    operation: str, name: str, client: Faulty, record_property: Note
) -> None:
    ids = sample_parameters(operation, every=False)
    good, member = arguments(operation, ids), walk.method(operation).members()[name]
    for value in out_of_limits(operation, member):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", apigw2.PreflightWarning)
            error = refused(client, operation, {**good, name: value}, ids)
        assert isinstance(error, apigw2.PreflightError)
        found = [v for v in error.violations if v.message.startswith(f"{member}: ")]
        assert found or member in str(error)
        assert all(violation.source == "service model" for violation in found)
        record_property("bad inputs tried, and refused without a request", 1)


def test_limits_are_found_in_metadata_and_in_names() -> None:
    """The test above has parameters, including limits in names of shapes."""
    assert ("CreateApi", "name") in LIMITED
    assert ("CreateIntegration", "timeout_in_millis") in LIMITED
    assert ("CreateRoutingRule", "priority") in LIMITED
    assert len(LIMITED) > 60


TASKS: Final[Mapping[str, Callable[[apigw2.ApiGatewayV2, apigw2.Stage, Any], object]]] = {
    "the account of an ARN": lambda _, stage, bad: stage.api.execute_arn(bad),
    "the account of a permission": lambda _, stage, bad: stage.api.lambda_permission("f", bad),
    "the stage of a URL": lambda _, stage, bad: stage.api.url(bad),
    "the number of deployments to keep": lambda _, stage, bad: stage.api.prune_deployments(bad),
    "the stage to promote from": lambda _, stage, bad: stage.promote(from_=bad),
    "the seconds of a deployment": lambda _, stage, bad: stage.deploy(timeout=bad),
    "the pause of a deployment": lambda _, stage, bad: stage.deploy(poll=bad),
    "the tags": lambda _, stage, bad: stage.set_tags(bad),
    "a field to clear": lambda _, stage, bad: stage.unset(bad),
    "the key of a route": lambda _, stage, bad: stage.api.find_route(bad),
    "the name of an API": lambda gateway, _, bad: gateway.find_api(bad),
    "the object of a gateway": lambda gateway, _, bad: gateway.of(bad),
    "the URL of connections": lambda gateway, _, bad: gateway.connections(bad),
    "the ARN of a function": lambda _, __, bad: apigw2.lambda_uri(bad),
}


@pytest.mark.parametrize("bad", [5.5j, None, [1], object()], ids=lambda bad: type(bad).__name__)
@pytest.mark.parametrize("task", TASKS)
def test_helpers_name_an_argument_of_a_wrong_type_and_send_nothing(task: str, bad: object) -> None:
    local = LocalGateway()
    gateway = local.gateway()
    api = gateway.create_api(name="a", protocol_type="HTTP")
    stage = api.create_stage("prod")
    sent = len(local.requests)
    with pytest.raises(TypeError, match=r"expected .+, not "):
        TASKS[task](gateway, stage, bad)
    assert len(local.requests) == sent


@pytest.mark.parametrize("seconds", [float("nan"), -1.0])
def test_waiters_reject_times_that_would_never_end(seconds: float) -> None:
    local = LocalGateway()
    stage = local.gateway().create_api(name="a", protocol_type="HTTP").create_stage("prod")
    sent = len(local.requests)
    both: tuple[dict[str, Any], ...] = ({"timeout": seconds}, {"poll": seconds})
    for settings in both:
        with pytest.raises(ValueError, match="must be a number of seconds from 0"):
            stage.wait_until_deployed(**settings)
    assert len(local.requests) == sent


def test_methods_reject_an_id_in_place_of_an_object() -> None:
    name: Any = "a1"
    with pytest.raises(TypeError, match="self: expected a gateway, reference or snapshot, not str"):
        apigw2.ApiRef.get(name)
    with pytest.raises(TypeError, match="self: expected a gateway, reference or snapshot, not str"):
        apigw2.gather_map(apigw2.ApiRef.get_routes, [name])


def test_waiters_reject_a_sleep_that_cannot_be_called() -> None:
    stage = LocalGateway().gateway().create_api(name="a", protocol_type="HTTP").create_stage("prod")
    sleep: Any = 5
    with pytest.raises(TypeError, match="expected a function, not int 5"):
        stage.wait_until_deployed(sleep=sleep)
