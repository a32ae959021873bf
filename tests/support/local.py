"""A gateway whose endpoint is a server on loopback."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import boto3
from botocore.config import Config

import apigw2
from tests.support.server import Answer

if TYPE_CHECKING:
    from tests.support.server import Server

CONCURRENT: Final = (
    "Unable to complete operation due to concurrent modification. Please try again later."
)
API: Final = {
    "apiId": "a1",
    "name": "petstore",
    "protocolType": "HTTP",
    "routeSelectionExpression": "${request.method} ${request.path}",
}
ROUTE: Final = {"routeId": "r1", "routeKey": "GET /pets"}


def refusal(code: str, message: str, status: int) -> Answer:
    """An error response of the service."""
    return Answer({"message": message}, status, {"x-amzn-ErrorType": code})


def conflict(message: str = CONCURRENT) -> Answer:
    return refusal("ConflictException", message, 409)


THROTTLED: Final = refusal("TooManyRequestsException", "Too Many Requests", 429)
MISSING: Final = refusal("NotFoundException", "Invalid identifier specified", 404)


TOKEN: Final = "a-session-token-of-some-length"  # noqa: S105  # not a real token


def session() -> boto3.Session:
    return boto3.Session("AKIATEST", "secret", TOKEN, region_name="eu-central-1")


def client(server: Server, **settings: Any) -> Any:  # noqa: ANN401  # the stubs have a type per service
    """A boto3 client, as a user would create it."""
    return session().client(
        "apigatewayv2", endpoint_url=server.url, config=Config(proxies={}, **settings)
    )


def notes_of(error: BaseException) -> list[str]:
    """The notes of an error; the attribute exists from CPython 3.11."""
    return [*getattr(error, "__notes__", ())]


class Local:
    """Gateways to a server. They send each request once, and record pauses instead of sleeping."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.pauses: list[float] = []
        self.gateway = self.make()
        self.warning = self.make(preflight="warn")
        self.off = self.make(preflight="off")

    def make(
        self,
        *,
        attempts: int = 1,
        deadline: float = 60,
        preflight: apigw2.PreflightMode = "error",
        config: Config | None = None,
    ) -> apigw2.ApiGatewayV2:
        return apigw2.ApiGatewayV2(
            session=session(),
            endpoint_url=self.server.url,
            config=Config(proxies={}).merge(config or Config()),
            retries=apigw2.Retries(attempts=attempts, deadline=deadline, sleep=self.pauses.append),
            preflight=preflight,
        )
