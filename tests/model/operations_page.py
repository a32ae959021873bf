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

Every operation of the service is one method, on the object that it acts on. Its name is boto3's in
snake case, without the noun that the object already stands for: `UpdateRoute` is `route.update()`.
Parameters are boto3's in snake case, without those that the object knows; `MaxResults` is
`page_size`, and there is no `NextToken`. A snapshot such as `Route` has every method of its
reference, `RouteRef`.

Operations link to AWS's API reference, methods to [this one](reference/index.md).

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
    rows = sorted(
        f"| [{m.operation}]({aws.page(m.operation)}) | `{owner}.{m.name}` |\n" for m in methods
    )
    return f"\n## {owner}\n\n| Operation | Method |\n| --- | --- |\n{''.join(rows)}"


if __name__ == "__main__":
    PAGE.write_text(text(), encoding="utf-8")
