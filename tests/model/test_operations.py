"""Every operation is implemented once, on the class and with the name of the naming rule."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from apigw2._objects.references import identity_of
from tests.model import checks, operations_page
from tests.support import walk
from tests.support.deviations import TABLE

if TYPE_CHECKING:
    from tests.support.wire import Service

PAGE = Path(__file__).parents[2] / "docs" / "operations.md"


@pytest.mark.parametrize("operation", walk.OPERATIONS)
def test_an_operation_is_where_the_naming_rule_puts_it(operation: str) -> None:
    checks.agree(checks.misplaced(operation))


def test_no_method_calls_an_operation_that_the_service_does_not_have() -> None:
    unknown = [m for m in walk.methods() if m.operation not in walk.OPERATIONS]
    assert not unknown, f"remove, or update botocore: {', '.join(map(str, unknown))}"


@pytest.mark.parametrize("resource", walk.all_resources(), ids=lambda resource: resource.noun)
def test_a_parent_makes_references_to_its_children_and_back(
    service: Service, resource: walk.Resource
) -> None:
    checks.agree(checks.reference_misfits(resource))
    reference = service.reference(resource)
    assert {name: getattr(reference, name) for name in identity_of(type(reference))} == {
        name: f"{name}1" for name in resource.identity
    }
    *above, _ = walk.above(resource.uri)
    if above:
        back = TABLE.get(("parent", resource.noun), walk.snake(above[-1].noun))
        assert getattr(reference, back) == service.reference(above[-1])
    assert not service.requests


def test_the_page_of_operations_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == operations_page.text(), (
        "run: python -m tests.model.operations_page"
    )
