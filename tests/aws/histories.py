"""The same configurations by whole API: what an API was after each step of its test.

An API here is itself with its integrations, routes, authorizers, models, responses, deployments and
stages. The VPC links that it refers to are made first. Mappings and routing rules are of domain
names, so they are left out.
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
    """One API from its creation on.

    Attributes:
        case: Where it comes from.
        number: Which of the case's APIs, from 1.
        links: The calls that make the VPC links it refers to.
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
        """The call that makes the API."""
        return self.steps[0][0]

    @property
    def quick_created(self) -> bool:
        """Whether API Gateway manages its route, its integration and its stage."""
        return "Target" in self.beginning.parameters


def writes(call: Call) -> bool:
    """Whether a call changes something."""
    return not call.operation.startswith(("Get", "List", "Export"))


def of_api(call: Call) -> bool:
    """Whether a call makes an API, or is about one."""
    arn = str(call.parameters.get("ResourceArn", ""))
    path = walk.uri(call.operation).startswith("/v2/apis/{apiId}")
    return call.operation in BEGINNINGS or path or "/apis/" in arn


def histories() -> Iterator[History]:
    """Every API of every case that AWS accepts, up to its deletion."""
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
    """The API after each step, on a local gateway of its own."""
    session = Raw()
    walk = Walk(session)
    gateway = session.local.gateway()
    for call in history.links:
        walk.make(call)
    for calls in history.steps:
        for call in calls:
            walk.make(call)
        yield gateway.get_api(walk.api_id)
