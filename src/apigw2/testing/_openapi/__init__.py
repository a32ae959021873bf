"""Reading and writing OpenAPI 3.0 with the extensions that HTTP APIs support.

Both are independent of the store: `read` converts a document to a `Definition`, and `write`
converts a `Definition` to a document.
"""

from __future__ import annotations

from apigw2.testing._openapi._definition import Definition, RouteDefinition
from apigw2.testing._openapi._parser import parse
from apigw2.testing._openapi._reader import read
from apigw2.testing._openapi._writer import dump, write

__all__ = ["Definition", "RouteDefinition", "dump", "parse", "read", "write"]
