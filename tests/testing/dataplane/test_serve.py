"""Every request gets a valid response, whatever the client sends and the function returns."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apigw2.testing import LocalGateway
from apigw2.testing._http import header_fields
from tests.support.local_gateway import always
from tests.testing.dataplane.support import deployed

if TYPE_CHECKING:
    from apigw2.testing import Response
    from tests.support.local_gateway import JSON

NAME = re.compile(rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
VALUE = re.compile(rb"[\x09\x20-\x7e\x80-\xff]*")

TEXTS = st.text(st.characters(exclude_categories=()), max_size=8)
# `invoke` rejects lone surrogates.
ENCODABLE = st.text(max_size=8)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | TEXTS
VALUES: st.SearchStrategy[JSON] = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3)
)
HEADERS = st.dictionaries(st.sampled_from(["a", "Set-Cookie", "Content-Type"]) | TEXTS, VALUES)
RESULTS = VALUES | st.fixed_dictionaries(
    {"statusCode": st.sampled_from([200, "201", 404.0, 204]) | VALUES},
    optional={
        "headers": HEADERS | VALUES,
        "multiValueHeaders": st.dictionaries(TEXTS, st.lists(SCALARS, max_size=3)) | VALUES,
        "cookies": st.lists(TEXTS, max_size=3) | VALUES,
        "body": TEXTS | VALUES,
        "isBase64Encoded": st.booleans() | VALUES,
    },
)


@cache
def gateway() -> tuple[LocalGateway, str]:
    """A gateway for all examples, with routes of both formats and many parameter mappings."""
    local = LocalGateway()
    client = local.client()
    mapping = {
        "append:header.path": "$request.path",
        "append:header.query": "$request.querystring.a",
        "append:header.body": "$request.body.a",
        "append:querystring.b": "$request.header.a",
    }
    responses = {"200": {"append:header.x": "$context.path", "append:header.y": "$response.body.a"}}
    options: dict[str, Any] = {"RequestParameters": mapping, "ResponseParameters": responses}
    keys = {
        f"ANY /{version}/{{proxy+}}": {"PayloadFormatVersion": version, **options}
        for version in ("1.0", "2.0")
    }
    api_id = deployed(client, keys)
    local.clock.advance(1)
    return local, api_id


def sendable(response: Response) -> bool:
    return 200 <= response.status <= 599 and all(
        NAME.fullmatch(name) and VALUE.fullmatch(value) for name, value in header_fields(response)
    )


@pytest.mark.parametrize("version", ["1.0", "2.0"])
@settings(deadline=None)
@given(result=RESULTS)
def test_any_result_of_a_function_gets_a_valid_response(version: str, result: JSON) -> None:
    local, api_id = gateway()
    local.add_function("pets", always(result))

    assert sendable(local.invoke("GET", f"/{version}/a", api=api_id))


@pytest.mark.parametrize("version", ["1.0", "2.0"])
@settings(deadline=None)
@given(
    method=st.sampled_from(["GET", "POST", "HEAD", "OPTIONS"]),
    path=ENCODABLE,
    query=ENCODABLE,
    headers=st.dictionaries(ENCODABLE, ENCODABLE | st.lists(ENCODABLE, max_size=2), max_size=3),
    body=st.binary(max_size=20) | st.sampled_from([b'{"a": "b"}', b'{"a": "\\r\\n"}']),
)
def test_any_request_gets_a_valid_response(
    *,
    version: str,
    method: str,
    path: str,
    query: str,
    headers: dict[str, str | list[str]],
    body: bytes,
) -> None:
    local, api_id = gateway()
    local.add_function("pets", always({"statusCode": 200, "body": "ok"}))

    response = local.invoke(
        method, f"/{version}/{path}?a={query}", api=api_id, headers=headers, body=body
    )

    assert sendable(response)
