"""A response that is nested too deeply; `tests/model/test_responses.py` reads all others."""

from __future__ import annotations

import sys
from typing import Any

import pytest

import apigw2
from apigw2._objects.structure import ResultReader
from apigw2._wire.response_capture import CapturedResponse
from apigw2.testing import LocalGateway


def test_a_response_that_is_nested_too_deeply_is_an_error() -> None:
    value: Any = {}
    for _ in range(sys.getrecursionlimit() * 2):
        value = {"a": value}
    body = {"apiId": "a1", "name": "x", "protocolType": "HTTP", "newField": value}
    body["routeSelectionExpression"] = "y"
    response = CapturedResponse("GetApi", may_capture=True, wire=True, body=body)
    reader = ResultReader("GetApi", apigw2.Api)
    with pytest.raises(apigw2.ResponseShapeError, match="fewer levels of nesting"):
        reader.read(response, LocalGateway().gateway().api("a1"))
