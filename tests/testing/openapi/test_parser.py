"""Parsing of OpenAPI documents in JSON and YAML, within limits."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest
import yaml

from tests.support.local_gateway import (
    JSON,
    refused,
)
from tests.testing.openapi.support import INTEGRATION, document, get

if TYPE_CHECKING:
    from tests.support.local_gateway import Client


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("", "only OpenAPI 3.0"),
        ("[]", "only OpenAPI 3.0"),
        ("{:}:", "neither JSON nor YAML"),
        ("? [a]\n: b", "neither JSON nor YAML"),
        ('{"swagger": "2.0.0", "info": {"title": "t"}, "paths": {}}', "only OpenAPI 3.0"),
        ('{"openapi": "3.1.0", "info": {"title": "t"}, "paths": {}}', "only OpenAPI 3.0"),
        ('{"openapi": "3.0.1", "info": {}, "paths": {}}', "info.title"),
        ('{"openapi": "3.0.1", "info": {"title": "t"}}', "paths is missing"),
    ],
    ids=[
        "empty", "list", "malformed", "list-as-key", "swagger", "3.1", "title", "paths",
    ],
)  # fmt: skip
def test_a_text_that_is_not_openapi_3_0_imports_nothing(
    client: Client, body: str, problem: str
) -> None:
    with refused("BadRequest", problem):
        client.import_api(Body=body)
    assert client.get_apis()["Items"] == []


YAML = "openapi: 3.0.1\ninfo: {title: t}\npaths: {}\n"


def bomb(levels: int, *, merged: bool = False) -> str:
    """Make a YAML document of a few lines that expands to 9 to the power of `levels` items."""
    lines = ["a0: &a0 {x: 1}" if merged else "a0: &a0 [x]"]
    for level in range(1, levels + 1):
        items = ", ".join([f"*a{level - 1}"] * 9)
        value = f"{{<<: [{items}]}}" if merged else f"[{items}]"
        lines.append(f"a{level}: &a{level} {value}")
    return YAML + "\n".join(lines)


@pytest.mark.parametrize(
    "body",
    [
        bomb(9),
        bomb(9, merged=True),
        YAML + "a: &a " + "x" * 9000 + "\nb: [" + ", ".join(["*a"] * 9000) + "]",
        YAML + "a: &a [*a]",
        YAML + "a: " + "1:" * 200_000 + "1",
        YAML + "a: " + "9" * 5000,
        YAML + "a: " + "[" * 3000,
        YAML + "a: " + "[" * 200 + "]" * 200,
        YAML + "a: .inf",
        YAML + 'a: "\\ud800"',
        YAML + "a: " + "x" * 1_000_000,
        json.dumps(document({}))[:-1] + ', "a": ' + "[" * 3000 + "]" * 3000 + "}",
        json.dumps(document({}))[:-1] + ', "a": "\\ud800"}',
        YAML + "a: " + "[" * 900_000,
        YAML + "a: [" + ("[" * 120 + "]" * 120 + ",") * 3000 + "]",
    ],
    ids=[
        "aliases", "merges", "long-alias", "itself", "base-60", "digits", "unfinished", "deep-yaml",
        "infinite", "surrogate-yaml", "long", "deep-json", "surrogate-json", "deeper-yaml",
        "many-brackets",
    ],
)  # fmt: skip
def test_a_document_that_would_exhaust_the_gateway_is_rejected(client: Client, body: str) -> None:
    with refused("BadRequest", "Invalid OpenAPI input"):
        client.import_api(Body=body)
    assert client.get_apis()["Items"] == []


def test_yaml_with_aliases_and_merges_is_imported(client: Client) -> None:
    body = """
openapi: 3.0.1
info: {title: t}
x-proxy: &proxy {type: http_proxy, httpMethod: ANY, payloadFormatVersion: "1.0"}
paths:
  /a: &item
    get: {x-amazon-apigateway-integration: {<<: *proxy, uri: "http://example.com/"}}
  /b: *item
"""

    api_id = client.import_api(Body=body)["ApiId"]

    assert len(client.get_integrations(ApiId=api_id)["Items"]) == 2


def test_numbers_and_dates_in_yaml_are_read_as_text(client: Client) -> None:
    given = document(
        {
            "/": get(
                **{"x-amazon-apigateway-integration": {**INTEGRATION, "payloadFormatVersion": 1.0}}
            )
        },
        info={"title": 7, "version": 1.5},
    )
    integration: JSON = given["paths"]["/"]["get"]["x-amazon-apigateway-integration"]
    integration["responseParameters"] = {200: {"append:header.a": "b"}}

    given["info"]["description"] = date(2026, 1, 1)

    api_id = client.import_api(Body=yaml.safe_dump(given))["ApiId"]

    api = client.get_api(ApiId=api_id)
    assert (api["Name"], api["Version"], api["Description"]) == ("7", "1.5", "2026-01-01")
    (made,) = client.get_integrations(ApiId=api_id)["Items"]
    assert made["PayloadFormatVersion"] == "1.0"
    assert made["ResponseParameters"] == {"200": {"append:header.a": "b"}}
