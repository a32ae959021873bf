"""A forked child does not use its parent's connections."""

from __future__ import annotations

import multiprocessing
import sys
from typing import TYPE_CHECKING, Any

import pytest

import apigw2
from tests.support.local import API, client
from tests.support.server import Answer

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from tests.support.server import Request, Server


def ask(gw: apigw2.ApiGatewayV2, prefix: str, results: Connection) -> None:
    results.send([gw.get_api(f"{prefix}{number}").name for number in range(20)])


@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork.*:DeprecationWarning")
def test_a_parent_and_a_forked_child_receive_their_own_responses(server: Server) -> None:
    def echo(request: Request) -> Answer:
        api_id = request.target.rpartition("/")[2]
        return Answer({**API, "apiId": api_id, "name": f"name of {api_id}"})

    server.prepare(then=echo)
    gw = apigw2.ApiGatewayV2(client=client(server))
    gw.get_api("warm")  # so that there is an open connection to inherit
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()
    child = context.Process(target=ask, args=(gw, "child", theirs))
    child.start()
    names = [gw.get_api(f"parent{number}").name for number in range(20)]
    assert ours.poll(60)
    assert ours.recv() == [f"name of child{number}" for number in range(20)]
    child.join()
    ours.close()
    theirs.close()
    assert names == [f"name of parent{number}" for number in range(20)]


class Double:
    """A test double without `close`."""

    def get_apis(self) -> dict[str, list[object]]:
        return {"Items": []}


def fetch(gw: apigw2.ApiGatewayV2, results: Connection) -> None:
    results.send(gw.get_apis().all())


@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork.*:DeprecationWarning")
def test_a_test_double_without_close_works_in_a_forked_child(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Python only prints an error in the child after the fork; pytest's hook would hide it.
    monkeypatch.setattr(sys, "unraisablehook", sys.__unraisablehook__)
    double: Any = Double()
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()
    child = context.Process(target=fetch, args=(apigw2.ApiGatewayV2(client=double), theirs))
    child.start()
    assert ours.poll(60)
    assert ours.recv() == ()
    child.join()
    ours.close()
    theirs.close()
    assert capfd.readouterr().err == ""
