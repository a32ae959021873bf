"""The summary of a gateway in its `repr`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.local_gateway import (
    LAMBDA,
    Client,
    http_api,
    websocket_api,
)

if TYPE_CHECKING:
    from apigw2.testing import LocalGateway


def test_the_repr_shows_the_apis_and_how_to_call_them(local: LocalGateway, client: Client) -> None:
    assert repr(local) == "<LocalGateway us-east-1 123456789012: no APIs>"
    pets = http_api(client, Target=LAMBDA)
    assert repr(local).splitlines()[0] == "<LocalGateway us-east-1 123456789012: 1 API"
    orders, chat = http_api(client, Target=LAMBDA), websocket_api(client)
    client.create_stage(ApiId=chat, StageName="prod")
    client.delete_stage(ApiId=orders, StageName="$default")

    with local.serve() as url:
        head, *lines = repr(local).splitlines()

    assert head == f"<LocalGateway us-east-1 123456789012, served at {url}: 3 APIs"
    assert f'.invoke("GET", "/...", api="{pets}")' in lines[0]
    assert "stages: $default" in lines[0]
    assert lines[1].endswith("stages: none)"), "nothing serves it"
    assert f'stages: prod): .connect(api="{chat}", stage="prod")' in lines[2]


def test_the_repr_shows_at_most_ten_apis(local: LocalGateway, client: Client) -> None:
    for _ in range(12):
        http_api(client)

    lines = repr(local).splitlines()

    assert ": 12 APIs" in lines[0]
    assert lines[-1].strip() == "... and 2 more>"
