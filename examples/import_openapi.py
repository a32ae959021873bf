"""Create an HTTP API from an OpenAPI document, or make an existing one what a document says.

    python import_openapi.py                              # a pet store
    python import_openapi.py my-api.json --aws --strict
    python import_openapi.py my-api.json --aws --api-id a1b2c3d4e5

What the service warned of is printed with the routes.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import apigw2
from apigw2.testing import LocalGateway

if TYPE_CHECKING:
    from collections.abc import Sequence

PETSTORE = """\
openapi: 3.0.1
info:
  title: petstore
  version: "1.0"
paths:
  /pets:
    get:
      operationId: listPets
      responses:
        default:
          description: All pets
      x-amazon-apigateway-integration:
        type: http_proxy
        httpMethod: GET
        uri: https://pets.example.com/pets
        payloadFormatVersion: "1.0"
  /pets/{id}:
    get:
      operationId: getPet
      parameters:
        - name: id
          in: path
          required: true
          schema:
            type: string
      responses:
        default:
          description: One pet
      x-amazon-apigateway-integration:
        type: http_proxy
        httpMethod: GET
        uri: https://pets.example.com/pets/{id}
        payloadFormatVersion: "1.0"
x-amazon-apigateway-cors:
  allowOrigins:
    - https://petstore.example.com
  allowMethods:
    - GET
"""


def load(gw: apigw2.ApiGatewayV2, document: str, *, api_id: str | None, strict: bool) -> apigw2.Api:
    """Import the document, into an API if there is one."""
    if api_id is None:
        return gw.import_api(document, fail_on_warnings=strict)
    return gw.api(api_id).reimport(document, fail_on_warnings=strict)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the example."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--aws", action="store_true", help="use the account of boto3's session")
    options.add_argument("document", nargs="?", type=Path, help="OpenAPI 3.0, JSON or YAML")
    options.add_argument("--api-id", help="change this API; routes made by hand are removed")
    options.add_argument("--strict", action="store_true", help="undo the import if it warns")
    options.add_argument("--export", type=Path, help="write what the service made of it here")
    given = options.parse_args(arguments)
    gw = apigw2.ApiGatewayV2() if given.aws else LocalGateway().gateway()
    text = given.document.read_text(encoding="utf-8") if given.document else PETSTORE
    try:
        api = load(gw, text, api_id=given.api_id, strict=given.strict)
    except apigw2.BadRequestError as error:
        print(f"Refused: {error.message}", file=sys.stderr)
        return 1
    print(f"{api.name}: {api.api_id}")
    for route in api.get_routes():
        print(f"  {route.route_key} -> {route.target or 'no integration'}")
    for warning in api.warnings:
        print(f"  warning: {warning}")
    if given.export is not None:
        exported = api.export(specification="OAS30", output_type="YAML")
        given.export.write_text(exported, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
