"""Wrong arguments are refused before a request, and the error names the argument."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pytest

import apigw2
from apigw2._objects.references import identity_of
from tests.model import checks
from tests.model.bad_input import wrong_arguments
from tests.support import walk
from tests.support.calls import arguments, bound
from tests.support.strategies import sample_parameters

if TYPE_CHECKING:
    from tests.support.wire import Service

WRONG_IDS = ["", ".", "..", None, 5]
every_operation = pytest.mark.parametrize("operation", checks.AGREEING)


def refuses(value: object) -> type[Exception]:
    """A string that cannot be an id is a bad value; anything else has a bad type."""
    return apigw2.PreflightError if isinstance(value, str) else TypeError


def good(service: Service, operation: str) -> tuple[Any, dict[str, Any]]:
    parameters = sample_parameters(operation)
    return bound(service, operation, parameters), arguments(operation, parameters)


def refusal(kind: type[Exception], method: Any, keywords: dict[str, Any]) -> Exception:  # noqa: ANN401  # any method
    """The error that a call raises."""
    with pytest.raises(kind) as caught:
        method(**keywords)
    return caught.value


@every_operation
def test_an_unknown_keyword_is_a_type_error(service: Service, operation: str) -> None:
    method, keywords = good(service, operation)
    with pytest.raises(TypeError, match="no_such_parameter"):
        method(**keywords, no_such_parameter=1)
    assert not service.requests


@every_operation
def test_a_required_argument_cannot_be_missing_or_none(service: Service, operation: str) -> None:
    method, keywords = good(service, operation)
    members = walk.method(operation).members()
    for name in (n for n, m in members.items() if m in walk.required(operation)):
        with pytest.raises(TypeError, match=name):
            method(**{n: v for n, v in keywords.items() if n != name})
        with pytest.raises(TypeError, match=name):
            method(**{**keywords, name: None})
    assert not service.requests


@every_operation
def test_an_argument_of_the_wrong_type_is_refused(service: Service, operation: str) -> None:
    method, keywords = good(service, operation)
    written, shapes = walk.method(operation), walk.inputs(operation)
    for name, member in written.members().items():
        shape = shapes[member]
        if name == "page_size":
            for bad in ("7", True, 1.5):
                with pytest.raises(TypeError, match=name):
                    method(**{**keywords, name: bad})
            continue
        for wrong in wrong_arguments(shape, written.hints[name], name):
            place = wrong.path.rpartition(".")[2].partition("[")[0]  # a class knows only the field
            try:
                value = wrong.make()
            except TypeError as error:
                failure: Exception = error
            else:
                failure, place = refusal(TypeError, method, {**keywords, name: value}), wrong.path
            assert place in str(failure), f"{written}: {wrong.path}={wrong.bad!r}"
    assert not service.requests


@every_operation
def test_an_object_of_another_class_is_refused_as_an_id(service: Service, operation: str) -> None:
    method, keywords = good(service, operation)
    written = walk.method(operation)
    others = {resource.noun: service.reference(resource) for resource in walk.RESOURCES}
    for name in written.members():
        accepted = {getattr(m, "__name__", "") for m in walk.plain(written.hints[name])}
        for other in others.values():
            if type(other).__name__ not in accepted:
                with pytest.raises(TypeError, match=name):
                    method(**{**keywords, name: other})
    assert not service.requests


@every_operation
@pytest.mark.parametrize("bad", WRONG_IDS, ids=repr)
def test_a_wrong_path_parameter_is_refused(service: Service, operation: str, bad: object) -> None:
    method, keywords = good(service, operation)
    for name in walk.method(operation).path:
        with pytest.raises(refuses(bad), match=name):
            method(**{**keywords, name: bad})
    assert not service.requests


@every_operation
@pytest.mark.parametrize("bad", WRONG_IDS, ids=repr)
def test_a_reference_with_a_wrong_id_is_refused(
    service: Service, operation: str, bad: object
) -> None:
    reference: Any = service.reference(walk.owner(operation))
    cls = cast("Any", type(reference))
    ids = {name: getattr(reference, name) for name in identity_of(cls)}
    _, keywords = good(service, operation)
    for name in ids:
        made = service.gateway.attach(cls(**{**ids, name: bad}))
        method: Any = getattr(made, walk.method(operation).name)
        assert name in str(refusal(refuses(bad), method, keywords))
    assert not service.requests


@pytest.mark.parametrize("resource", walk.RESOURCES, ids=lambda resource: resource.noun)
@pytest.mark.parametrize("bad", WRONG_IDS, ids=repr)
def test_no_reference_is_made_with_a_wrong_id(
    service: Service, resource: walk.Resource, bad: object
) -> None:
    *above, _ = walk.above(resource.uri)
    parent = service.reference(above[-1] if above else None)
    for function in (walk.snake(resource.noun), f"get_{walk.snake(resource.noun)}"):
        with pytest.raises(refuses(bad), match=resource.identity[-1]):
            getattr(parent, function)(bad)
    assert not service.requests
