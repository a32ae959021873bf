"""docs/operations.md: where each operation of the service is.

python -m tests.model.operations_page
"""

from __future__ import annotations

from pathlib import Path

from tests.model import walk

HEAD = """\
# Operations

The boto3 operation name, on the object that owns it; on the object itself the noun is dropped.
Parameters are boto3's in snake case, without those that the object itself knows. `MaxResults` is
`page_size`, `NextToken` is never seen. Snapshots (`Route`) have the methods of their references
(`RouteRef`).

<!-- Made by `python -m tests.model.operations_page`, and tested to be up to date. -->

| AWS operation | Method | Module |
| --- | --- | --- |
"""


def text() -> str:
    """The page's text, made of what is implemented."""
    rows = sorted(
        f"| {m.operation} | `{m.owner.__name__}.{m.name}` | `{m.owner.__module__}` |"
        for m in walk.methods()
    )
    return HEAD + "".join(f"{row}\n" for row in rows)


if __name__ == "__main__":
    page = Path(__file__).parents[2] / "docs" / "operations.md"
    page.parent.mkdir(exist_ok=True)
    page.write_text(text(), encoding="utf-8")
