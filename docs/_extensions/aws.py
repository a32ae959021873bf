"""Addresses in AWS's API reference."""

from __future__ import annotations

import re
from typing import Final

import botocore.session

_SERVICE: Final = botocore.session.Session().get_service_model("apigatewayv2")
_REFERENCE: Final = "https://docs.aws.amazon.com/apigatewayv2/latest/api-reference"


def page(operation: str) -> str:
    """The address of an operation; AWS has one page for each path of the API."""
    path = str(_SERVICE.operation_model(operation).http["requestUri"]).removeprefix("/v2/")
    name = re.sub(r"[{}]", "", path).replace("/", "-").lower()
    return f"{_REFERENCE}/{name}.html#{operation}"
