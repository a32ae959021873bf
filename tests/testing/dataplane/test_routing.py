"""A request goes to the most specific route."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.testing.dataplane.support import deployed

if TYPE_CHECKING:
    from apigw2.testing import LocalGateway
    from tests.testing.support import Client


ROUTES = (
    "GET /pets/dog/1",
    "GET /pets/dog/{id}",
    "GET /pets/{proxy+}",
    "ANY /{proxy+}",
    "ANY /cats",
    "PUT /cats",
    "GET /{a}/exact",
)


@pytest.mark.parametrize(
    ("method", "path", "key", "parameters"),
    [
        ("GET", "/pets/dog/1", "GET /pets/dog/1", None),
        ("GET", "/pets/dog/2", "GET /pets/dog/{id}", {"id": "2"}),
        ("GET", "/pets/cat/1", "GET /pets/{proxy+}", {"proxy": "cat/1"}),
        ("POST", "/test/5", "ANY /{proxy+}", {"proxy": "test/5"}),
        ("PUT", "/cats", "PUT /cats", None),
        ("DELETE", "/cats", "ANY /cats", None),
        ("GET", "/pets/exact", "GET /{a}/exact", {"a": "pets"}),
        ("GET", "/pets/dog/a%20b", "GET /pets/dog/{id}", {"id": "a b"}),
        ("GET", "/pets/dog/", "GET /pets/{proxy+}", {"proxy": "dog/"}),
        ("GET", "/", "ANY /{proxy+}", {"proxy": ""}),
        ("GET", "/pets/", "GET /pets/{proxy+}", {"proxy": ""}),
        ("GET", "/pets/dog/a%2Fb", "GET /pets/dog/{id}", {"id": "a/b"}),
        ("GET", "/p%65ts/dog/1", "GET /pets/dog/1", None),
    ],
)
def test_the_most_specific_route_is_selected(
    *,
    local: LocalGateway,
    client: Client,
    method: str,
    path: str,
    key: str,
    parameters: dict[str, str] | None,
) -> None:
    local.add_function("pets", lambda event, _: event)
    deployed(client, {key: {} for key in (*ROUTES, "$default")})

    event = local.invoke(method, path).json()

    assert event["routeKey"] == key
    assert event.get("pathParameters") == parameters


def test_what_no_route_matches(local: LocalGateway, client: Client) -> None:
    deployed(client, {"GET /pets": {}})

    answer = local.invoke("POST", "/pets")

    assert (answer.status, answer.json()) == (404, {"message": "Not Found"})
    assert "POST /pets" in answer.reason
    assert answer.headers["apigw-requestid"]
