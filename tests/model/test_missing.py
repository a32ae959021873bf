"""`delete(missing_ok=True)`, `get_or_none` and `exists` of every resource."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import apigw2
from tests.model import checks
from tests.support import walk
from tests.support.server import Answer
from tests.support.strategies import wire_sample, with_own_id

if TYPE_CHECKING:
    from tests.support.wire import Service

MISSING = Answer({"message": "There is none"}, 404, {"x-amzn-ErrorType": "NotFoundException"})
BROKEN = Answer({"message": "No"}, 403, {"x-amzn-ErrorType": "AccessDeniedException"})
EMPTY = Answer({"items": [], "routingRules": []})

each_resource = pytest.mark.parametrize(
    "resource",
    [r for r in walk.RESOURCES if f"Get{r.noun}" in checks.AGREEING],
    ids=lambda resource: resource.noun,
)


def reference(service: Service, resource: walk.Resource) -> Any:  # noqa: ANN401  # of any resource
    return service.reference(resource)


@each_resource
def test_delete_with_missing_ok_returns_whether_the_object_existed(
    service: Service, resource: walk.Resource
) -> None:
    target = reference(service, resource)
    service.answer(Answer(status=204), MISSING, MISSING)
    assert target.delete(missing_ok=True) is True
    assert target.delete(missing_ok=True) is False
    with pytest.raises(apigw2.NotFoundError, match="There is none"):
        target.delete()
    assert [request.method for request in service.requests] == ["DELETE"] * 3


@each_resource
def test_errors_other_than_not_found_are_raised(service: Service, resource: walk.Resource) -> None:
    target = reference(service, resource)
    calls = (lambda: target.delete(missing_ok=True), target.get_or_none, target.exists)
    for call in calls:
        service.answer(BROKEN)
        with pytest.raises(apigw2.AccessDeniedError):
            call()


@each_resource
def test_get_or_none_returns_none_for_a_missing_object(
    service: Service, resource: walk.Resource
) -> None:
    target = reference(service, resource)
    service.answer(MISSING, MISSING)
    assert target.get_or_none() is None
    assert target.exists() is False
    assert [request.method for request in service.requests] == ["GET", "GET"]


@each_resource
def test_get_or_none_returns_an_object_that_exists(
    service: Service, resource: walk.Resource
) -> None:
    target = reference(service, resource)
    shape = walk.model(f"Get{resource.noun}").output_shape
    assert shape is not None
    body = with_own_id(f"Get{resource.noun}", wire_sample(shape))
    service.answer(*[Answer(body)] * 3)
    found = target.get_or_none()
    assert found == target.get()
    assert isinstance(found, getattr(apigw2, resource.noun))
    assert target.exists() is True


@pytest.mark.parametrize("noun", ["Authorizer", "DomainName", "Integration"])
def test_a_cascade_accepts_a_missing_object(service: Service, noun: str) -> None:
    (resource,) = (r for r in walk.RESOURCES if r.noun == noun)
    target = reference(service, resource)
    service.answer(MISSING)
    assert target.delete(cascade=True, missing_ok=True) is False
    service.answer(MISSING)
    with pytest.raises(apigw2.NotFoundError):
        target.delete(cascade=True)
    # A cascade reads a domain name's routing mode to decide whether to list its routing rules.
    domain = Answer({"domainName": "domain_name1", "routingMode": "ROUTING_RULE_ONLY"})
    lists = [domain, EMPTY, EMPTY] if noun == "DomainName" else [EMPTY]
    service.answer(*lists, MISSING)
    assert target.delete(cascade=True, missing_ok=True) is False
    service.answer(*lists, Answer(status=204))
    assert target.delete(cascade=True, missing_ok=True) is True
