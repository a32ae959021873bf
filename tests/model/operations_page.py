"""Writes docs/operations.md, the table of operations and their methods.

python -m tests.model.operations_page
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from docs._extensions import aws
from tests.support import walk

PAGE: Final = Path(__file__).parents[2] / "docs" / "operations.md"
HEAD: Final = """\
# Operations

The method that calls each of the service's 103 operations, by the class that has it.

Names are boto3's in snake case, without the noun that the object already stands for: `UpdateRoute`
is `route.update()`. Parameters are boto3's in snake case, without those that the object supplies;
`MaxResults` is `page_size`, and `NextToken` is handled for you. A snapshot such as `Route` has
every method of its reference, `RouteRef`.

Operations link to AWS's API reference, and methods to the [reference](reference/index.md) of this
library.

<!-- Made by `python -m tests.model.operations_page`, and tested to be up to date. -->
"""


def text() -> str:
    """The page's text, from the library's methods."""
    methods: dict[str, list[walk.Method]] = {}
    for method in walk.methods():
        methods.setdefault(method.owner.__name__, []).append(method)
    owners = ["ApiGatewayV2", *sorted(methods.keys() - {"ApiGatewayV2"})]
    return HEAD + "".join(_table(owner, methods[owner]) for owner in owners)


def _table(owner: str, methods: list[walk.Method]) -> str:
    rows = sorted(f"| [{m.operation}]({aws.page(m.operation)}) | `{m.name}` |\n" for m in methods)
    return f"\n## {owner}\n\n| Operation | Method |\n| --- | --- |\n{''.join(rows)}"


if __name__ == "__main__":
    PAGE.write_text(text(), encoding="utf-8")
