"""The configurations by API: its state after each step of a case.

A history has the calls for an API, its integrations, routes, authorizers, models, responses,
deployments and stages. VPC links are created before it. API mappings and routing rules belong to
domain names, so they are omitted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from tests.aws.configurations import CASES
from tests.aws.walker import Raw, Walk
from tests.support import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    import apigw2
    from tests.aws.cases import Call, Case

BEGINNINGS: Final = frozenset({"CreateApi", "ImportApi"})


@attrs.frozen
class History:
    """The calls that create and change one API.

    Attributes:
        case: The case of the API.
        number: The number of the API in the case, from 1.
        links: The calls that create the VPC links.
        steps: For each step of the case, the calls that change the API.
    """

    case: Case
    number: int
    links: tuple[Call, ...]
    steps: tuple[tuple[Call, ...], ...]

    def __str__(self) -> str:
        return f"{self.case}-{self.number}"

    @property
    def beginning(self) -> Call:
        """The call that creates the API."""
        return self.steps[0][0]

    @property
    def quick_created(self) -> bool:
        """Whether the API has a managed route, integration and stage."""
        return "Target" in self.beginning.parameters


def writes(call: Call) -> bool:
    """Whether a call changes a resource."""
    return not call.operation.startswith(("Get", "List", "Export"))


def of_api(call: Call) -> bool:
    """Whether a call creates an API, or refers to one."""
    arn = str(call.parameters.get("ResourceArn", ""))
    path = walk.uri(call.operation).startswith("/v2/apis/{apiId}")
    return call.operation in BEGINNINGS or path or "/apis/" in arn


def histories() -> Iterator[History]:
    """The history of every API in the accepted cases, without the deletion."""
    for case in CASES:
        if not case.rejected:
            yield from _histories(case)


def _histories(case: Case) -> Iterator[History]:
    links: list[Call] = []
    apis: list[list[list[Call]]] = []
    for step in case.steps:
        for api in apis[-1:]:
            api.append([])
        for call in filter(writes, step.calls):
            if call.operation in BEGINNINGS:
                apis.append([[]])
            if call.operation == "CreateVpcLink":
                links.append(call)
            elif of_api(call) and call.operation != "DeleteApi":
                apis[-1][-1].append(call)
    for number, api in enumerate(apis, 1):
        steps = tuple(tuple(calls) for calls in api if calls)
        yield History(case, number, tuple(links), steps)


def states(history: History) -> Iterator[apigw2.Api]:
    """The API after each step, on a new local gateway."""
    session = Raw()
    walk = Walk(session)
    gateway = session.local.gateway()
    for call in history.links:
        walk.make(call)
    for calls in history.steps:
        for call in calls:
            walk.make(call)
        yield gateway.get_api(walk.api_id)
