"""The gateway itself: its clients, its clock, its faults, its server, its fixtures."""

from __future__ import annotations

import inspect
import json
import os
import signal
import subprocess
import sys
import typing
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from http.client import HTTPConnection
from importlib.metadata import entry_points
from types import SimpleNamespace
from typing import TYPE_CHECKING

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, ConnectionClosedError, ReadTimeoutError

import apigw2
from apigw2.testing import Clock, Faults, LocalGateway, RecordedRequest, Request, Response, _clock
from apigw2.testing.__main__ import main
from tests.support.local_gateway import JSON, LAMBDA, http_api, refused, route

if TYPE_CHECKING:
    from tests.support.local_gateway import Client

ONCE = Config(retries={"total_max_attempts": 1})


def plain_client(**options: str) -> Client:
    """A boto3 client that knows nothing of the gateway."""
    session: JSON = boto3.Session("a", "b", region_name="eu-west-1")
    return session.client("apigatewayv2", **options)


def test_two_gateways_share_nothing() -> None:
    first, second = LocalGateway(), LocalGateway()
    http_api(first.client())

    client: Client = second.client()
    assert client.get_apis()["Items"] == []


def test_clients_of_one_gateway_share_everything(local: LocalGateway) -> None:
    api_id = http_api(local.client())

    other: Client = local.client()
    assert other.get_api(ApiId=api_id)["Name"] == "pets"


def test_the_shells_aws_settings_do_not_matter(
    monkeypatch: pytest.MonkeyPatch, local: LocalGateway
) -> None:
    monkeypatch.setenv("AWS_PROFILE", "nobody")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/nothing")

    assert http_api(local.client())


def test_a_client_of_ones_own_is_attached(local: LocalGateway) -> None:
    client = plain_client()

    local.attach(client)

    assert http_api(client)


def test_the_region_and_account_are_those_of_the_gateway() -> None:
    local = LocalGateway(region_name="eu-west-1", account_id="210987654321")
    client: Client = local.client()

    api = client.create_api(Name="n", ProtocolType="HTTP")

    assert ".eu-west-1." in api["ApiEndpoint"]
    with refused("NotFound", "210987654321"):
        client.get_api(ApiId="nothing")


def test_reset_removes_resources_requests_and_pending_faults(
    local: LocalGateway, client: Client
) -> None:
    http_api(client)
    local.faults.add("GetApis", "throttle")
    local.faults.fail_transition("CreateVpcLink", "no")

    local.reset()

    assert local.requests == []
    assert client.get_apis()["Items"] == []
    assert [request.status for request in local.requests] == [200]
    link = client.create_vpc_link(Name="v", SubnetIds=["subnet-1"])["VpcLinkId"]
    local.clock.advance(1)
    assert client.get_vpc_link(VpcLinkId=link)["VpcLinkStatus"] == "AVAILABLE"


def test_reset_removes_functions(local: LocalGateway, client: Client) -> None:
    local.add_function("pets", lambda _event, _context: "meow")

    local.reset()

    http_api(client, Target=LAMBDA)
    assert "no function is registered" in local.invoke("GET", "/").reason


def test_reset_keeps_the_clock(local: LocalGateway) -> None:
    local.clock.advance(3600)
    now = local.clock.now()

    local.reset()

    assert local.clock.now() == now


def test_the_library_works_over_the_gateway(local: LocalGateway) -> None:
    gateway = local.gateway()

    api = gateway.create_api("pets", protocol_type="HTTP", target=LAMBDA)
    link = gateway.create_vpc_link("v", subnet_ids=["subnet-1"])

    assert [each.route_key for each in api.get_routes()] == ["$default"]
    assert link.wait_until_available(sleep=local.clock.advance).vpc_link_status == "AVAILABLE"
    with pytest.raises(apigw2.NotFoundError):
        gateway.get_api("nothing")


def test_requests_are_recorded(local: LocalGateway, client: Client) -> None:
    client.create_api(Name="n", ProtocolType="HTTP")
    with refused("NotFound"):
        client.get_api(ApiId="nothing")
    with refused("BadRequest"):
        client.create_api(Name="x" * 200, ProtocolType="HTTP")

    created, missed, wrong = local.requests

    assert created.operation == "CreateApi"
    assert created.params == {"Name": "n", "ProtocolType": "HTTP"}
    assert (created.method, created.path, created.status) == ("POST", "/v2/apis", 201)
    assert created.body == b'{"name": "n", "protocolType": "HTTP"}'
    assert created.headers["content-type"] == "application/json"
    assert (missed.params, missed.status) == ({"ApiId": "nothing"}, 404)
    assert (wrong.params, wrong.status) == ({}, 400)
    assert created.at < missed.at < wrong.at


def test_a_clock_stands_still_until_it_is_advanced() -> None:
    start = datetime(2026, 1, 1, tzinfo=timezone.utc)
    clock = Clock(start, step=0)

    assert clock.now() == start
    clock.advance(1.5)
    clock.advance(timedelta(hours=1))
    clock.tick()
    assert clock.now() == start + timedelta(hours=1, seconds=1.5)
    with pytest.raises(ValueError, match="cannot go back"):
        clock.advance(-1)


def test_a_running_clock_follows_the_machines_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    readings = iter([100.0, 100.0, 102.5])
    monkeypatch.setattr(_clock, "time", SimpleNamespace(monotonic=readings.__next__))
    start = datetime(2026, 1, 1, tzinfo=timezone.utc)
    clock = Clock(start, step=0, running=True)

    assert clock.now() == start
    assert clock.now() == start + timedelta(seconds=2.5)


def test_a_clock_without_a_start_starts_now() -> None:
    before = datetime.now(timezone.utc)

    now = Clock(step=0).now()

    assert before <= now <= datetime.now(timezone.utc)


def test_a_clock_shows_utc() -> None:
    start = datetime(2026, 1, 1, 2, tzinfo=timezone(timedelta(hours=5)))

    now = Clock(start).now()

    assert now == start
    assert now.isoformat() == "2025-12-31T21:00:00+00:00"


def test_a_clock_needs_a_time_zone() -> None:
    with pytest.raises(ValueError, match="needs a time zone: 2026-01-01 00:00:00"):
        Clock(datetime(2026, 1, 1))  # noqa: DTZ001 - the mistake that is tested


def test_a_log_has_english_months() -> None:
    times = [datetime(2026, month, 2, 3, 4, 5, tzinfo=timezone.utc) for month in range(1, 13)]

    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    assert [_clock.log_time(time) for time in times] == [
        f"02/{month}/2026:03:04:05 +0000" for month in months
    ]


def test_dates_are_those_of_the_clock() -> None:
    start = datetime(2026, 1, 1, tzinfo=timezone.utc)
    client: Client = LocalGateway(clock=Clock(start, step=0)).client()

    assert client.create_api(Name="n", ProtocolType="HTTP")["CreatedDate"] == start


@pytest.mark.parametrize(
    ("kind", "code", "message", "status"),
    [
        ("throttle", "TooManyRequests", "Too Many Requests", 429),
        ("concurrent_modification", "Conflict", "Please try again later", 409),
        ("in_use", "Conflict", "referenced by", 409),
        ("already_exists", "Conflict", "already exists", 409),
        ("server_error", "InternalServer", "Internal server error", 500),
    ],
)
def test_a_fault_on_demand_fails_one_call(
    local: LocalGateway, kind: JSON, code: str, message: str, status: int
) -> None:
    client: Client = local.client(config=ONCE)
    local.faults.add("CreateApi", kind)

    client.get_apis()
    with refused(code, message):
        http_api(client)
    assert local.requests[-1].status == status
    assert local.requests[-1].params["Name"] == "pets"
    http_api(client)
    assert len(client.get_apis()["Items"]) == 1


def test_faults_happen_as_often_as_they_are_told(local: LocalGateway) -> None:
    client: Client = local.client(config=ONCE)
    local.faults.add("*", "throttle", times=2)
    local.faults.add("GetApis", "server_error")

    with refused("InternalServer"):
        client.get_apis()
    for _ in range(2):
        with refused("TooManyRequests"):
            client.get_apis()
    client.get_apis()


def test_boto3_retries_what_it_retries_on_the_service(
    monkeypatch: pytest.MonkeyPatch, local: LocalGateway
) -> None:
    def no_sleep(_: float) -> None:
        """Let no time pass."""

    monkeypatch.setattr("botocore.endpoint.time.sleep", no_sleep)
    client: Client = local.client(config=Config(retries={"mode": "standard"}))
    local.faults.add("GetApis", "throttle")
    local.faults.add("GetApis", "drop")

    answer = client.get_apis()

    assert answer["ResponseMetadata"]["RetryAttempts"] == 2
    assert [request.status for request in local.requests] == [429, 0, 200]


def test_a_dropped_connection_carries_out_the_call(local: LocalGateway) -> None:
    client: Client = local.client(config=ONCE)
    local.faults.add("CreateApi", "drop")

    with pytest.raises(ConnectionClosedError):
        http_api(client)
    assert len(client.get_apis()["Items"]) == 1  # the request was carried out


def test_a_malformed_answer_has_no_items(local: LocalGateway) -> None:
    client: Client = local.client(config=ONCE)
    local.faults.add("GetApis", "malformed")

    assert "Items" not in client.get_apis()  # boto3 takes what is no JSON for a message


def test_a_latency_delays_the_response_up_to_the_read_timeout(
    local: LocalGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []
    clock = SimpleNamespace(sleep=slept.append)
    monkeypatch.setattr("apigw2.testing._faults.time", clock)
    patient: Client = local.client(config=ONCE)
    hasty: Client = local.client(config=ONCE.merge(Config(read_timeout=2)))
    local.faults.add("GetApis", latency=5, times=2)

    assert patient.get_apis()["Items"] == []
    with pytest.raises(ReadTimeoutError):
        hasty.get_apis()

    assert slept == [5, 2]


def test_a_fault_that_is_none(local: LocalGateway) -> None:
    wrong: JSON = "explode"
    with pytest.raises(ValueError, match="explode"):
        local.faults.add("GetApis", wrong)
    with pytest.raises(ValueError, match="needs a kind, a latency, or both"):
        local.faults.add("GetApis")


def test_many_threads_can_use_one_gateway(local: LocalGateway, client: Client) -> None:
    api_id = http_api(client)
    client.create_stage(ApiId=api_id, StageName="$default", AutoDeploy=True)

    def work(number: int) -> list[str]:
        made = [
            client.create_route(ApiId=api_id, RouteKey=f"GET /{number}/{step}")["RouteId"]
            for step in range(5)
        ]
        client.delete_route(ApiId=api_id, RouteId=made.pop())
        client.update_route(ApiId=api_id, RouteId=made[0], OperationName=f"n{number}")
        local.invoke("GET", f"/{number}/0")
        return made

    with ThreadPoolExecutor(32) as pool:
        made = [route_id for ids in pool.map(work, range(32)) for route_id in ids]

    pages = client.get_paginator("get_routes").paginate(ApiId=api_id)
    there = [item for page in pages for item in page["Items"]]
    assert sorted(item["RouteId"] for item in there) == sorted(made)
    assert len({item.get("OperationName") for item in there}) == 33
    last = client.get_stage(ApiId=api_id, StageName="$default")["DeploymentId"]
    assert client.get_deployment(ApiId=api_id, DeploymentId=last)
    assert len(local.requests) > 32 * 7


def test_a_gateway_serves_over_http(local: LocalGateway) -> None:
    with local.serve() as url:
        gateway = apigw2.ApiGatewayV2(
            session=boto3.Session("a", "b", region_name="us-east-1"), endpoint_url=url, config=ONCE
        )
        api = gateway.create_api("pets", protocol_type="HTTP")
        api.create_route("GET /pets/{id}")
        settings = apigw2.RouteSettings(throttling_burst_limit=1)
        api.create_stage("test", route_settings={"GET /pets/{id}": settings})
        api.stage("test").delete_route_settings("GET /pets/{id}")
        gateway.tag_resource(resource_arn=api, tags={"a": "b"})
        local.faults.add("GetApis", "drop")
        with pytest.raises(ConnectionClosedError):
            list(gateway.get_apis())
        assert [each.tags for each in gateway.get_apis()] == [{"a": "b"}]
        with pytest.raises(apigw2.NotFoundError):
            gateway.get_api("nothing")
    assert url.startswith("http://127.0.0.1:")
    with pytest.raises(ConnectionRefusedError):
        HTTPConnection(url.removeprefix("http://")).request("GET", "/")


def test_rate_limits_are_those_of_an_account() -> None:
    local = LocalGateway(clock=Clock(step=0), rate_limits=True)
    client: Client = local.client(config=ONCE)

    api_id = http_api(client)
    route(client, api_id, "GET /")
    client.create_deployment(ApiId=api_id)
    with refused("TooManyRequests", "Too Many Requests"):
        client.create_deployment(ApiId=api_id)  # one in five seconds
    for _ in range(37):
        client.get_apis()
    with refused("TooManyRequests"):
        client.get_apis()
    local.clock.advance(0.1)
    client.get_apis()
    local.clock.advance(5)
    client.create_deployment(ApiId=api_id)


def test_the_command_line_serves_a_gateway() -> None:
    command = [sys.executable, "-m", "apigw2.testing", "--region", "eu-west-1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603
        try:
            assert server.stdout is not None
            url = server.stdout.readline().strip()
            client = plain_client(endpoint_url=url)
            api = client.create_api(Name="pets", ProtocolType="HTTP")
            assert ".eu-west-1." in api["ApiEndpoint"]
        finally:
            server.send_signal(signal.SIGINT)
        assert server.wait(10) == 0


def test_the_command_line_ends_by_an_interrupt(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("apigw2.testing._server.Server.serve_forever", interrupt)

    assert main(["--port", "0"]) == 0
    assert capsys.readouterr().out.startswith("http://127.0.0.1:")


def test_the_plugin_offers_its_fixtures(
    apigw2_local: LocalGateway, apigw2_gateway: apigw2.ApiGatewayV2
) -> None:
    apigw2_gateway.create_api("pets", protocol_type="HTTP")

    assert [request.operation for request in apigw2_local.requests] == ["CreateApi"]


def test_the_plugin_costs_other_projects_nothing() -> None:
    """Pytest loads it in every run, by its entry point."""
    (plugin,) = entry_points(group="pytest11", name="apigw2")
    program = (
        f"import sys, {plugin.module}\n"
        "assert not {'apigw2', 'boto3', 'attrs'} & {*sys.modules}, sorted(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, env=dict(os.environ))  # noqa: S603


def test_it_needs_no_extra_in_process() -> None:
    """What is not in the package's own dependencies is imported only where it is used."""
    program = (
        "import sys\n"
        "sys.modules.update(dict.fromkeys(['jwt', 'yaml', 'h11', 'pytest']))\n"
        "from apigw2.testing import LocalGateway\n"
        "client = LocalGateway().client()\n"
        'body = \'{"openapi": "3.0.1", "info": {"title": "t"}, "paths": {}}\'\n'
        "api = client.import_api(Body=body)['ApiId']\n"
        "client.export_api(ApiId=api, OutputType='JSON', Specification='OAS30')\n"
    )

    subprocess.run([sys.executable, "-c", program], check=True, env=dict(os.environ))  # noqa: S603


@pytest.mark.parametrize(
    ("missing", "use"),
    [
        ("h11", "local.serve().__enter__()"),
        ("h11", "import apigw2.testing.__main__"),
        ("yaml", "client.import_api(Body='openapi: 3.0.1')"),
        ("yaml", "client.export_api(ApiId=api, OutputType='YAML', Specification='OAS30')"),
        ("jwt", "local.invoke('GET', '/', headers={'authorization': 'Bearer a.b.c'})"),
    ],
    ids=["serve", "command line", "import", "export", "token"],
)
def test_a_missing_extra_says_what_to_install(missing: str, use: str) -> None:
    program = (
        f"import sys; sys.modules[{missing!r}] = None\n"
        "from apigw2.testing import LocalGateway\n"
        "local = LocalGateway(); client = local.client()\n"
        f"api = client.create_api(Name='n', ProtocolType='HTTP', Target={LAMBDA!r})['ApiId']\n"
        "config = {'Audience': ['a'], 'Issuer': 'https://issuer.example.com'}\n"
        "source = ['$request.header.Authorization']\n"
        "authorizer = client.create_authorizer(ApiId=api, Name='a', AuthorizerType='JWT',"
        " IdentitySource=source, JwtConfiguration=config)['AuthorizerId']\n"
        "client.create_route(ApiId=api, RouteKey='GET /', AuthorizationType='JWT',"
        " AuthorizerId=authorizer)\n"
        "local.clock.advance(1)\n"
        f"{use}\n"
    )

    ran = subprocess.run(  # noqa: S603
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )

    last = ran.stderr.strip().splitlines()[-1]
    assert last.startswith("ModuleNotFoundError: ")
    assert last.endswith(f"needs {missing}, which is not installed: pip install 'apigw2[testing]'")


def test_what_goes_wrong_inside_is_a_500_on_both_planes(
    local: LocalGateway, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a bug")

    http_api(client, Target=LAMBDA)
    monkeypatch.setattr("apigw2.testing._control.handle", fail)
    monkeypatch.setattr("apigw2.testing._dataplane._plane.serve", fail)

    controlled = local.handle(Request(method="GET", path="/v2/apis"))
    called = local.invoke("GET", "/")

    for response in (controlled, called):
        assert (response.status, response.reason) == (500, "ZeroDivisionError: a bug")
        assert response.json() == {"message": "Internal Server Error"}


@pytest.mark.parametrize("depth", [129, 5_000, 100_000])
@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_a_body_that_is_nested_too_deeply_is_refused_by_every_parser(
    local: LocalGateway, method: str, depth: int
) -> None:
    """`POST` is CreateApi, which reads JSON; `PUT` is ImportApi, which reads a document in it."""
    nested = "[" * depth + "]" * depth
    body = json.dumps({"body": nested}) if method == "PUT" else f'{{"tags": {nested}}}'

    response = local.handle(Request(method=method, path="/v2/apis", body=body.encode()))

    assert response.status == 400


def test_route_is_not_left_half_made(local: LocalGateway) -> None:
    client: Client = local.client(config=ONCE)
    api_id = http_api(client)
    local.faults.add("CreateRoute", "concurrent_modification")

    with pytest.raises(ClientError):
        route(client, api_id, "GET /pets")

    assert client.get_routes(ApiId=api_id)["Items"] == []


@pytest.mark.parametrize(
    "public", [Clock, Faults, LocalGateway, RecordedRequest, Request, Response]
)
def test_annotations_can_be_evaluated(public: type) -> None:
    methods = [method for method in vars(public).values() if inspect.isfunction(method)]

    for each in [public, *methods]:
        assert typing.get_type_hints(each) is not None
