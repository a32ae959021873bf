"""WebSocket connections of an API: sending messages to them, describing and closing them."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime  # noqa: TC003  # annotations are evaluated
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, Union, cast
from urllib.parse import urlsplit

import attrs
import boto3
from botocore.config import Config  # noqa: TC002  # annotations are evaluated
from botocore.exceptions import ClientError

from apigw2 import errors
from apigw2._arguments import check_iterable, check_type, describe_value
from apigw2._objects.references import check_id
from apigw2._wire.clients import (
    MANAGEMENT,
    check_client,
    check_settings,
    create_client,
    setup_errors,
)
from apigw2._wire.endpoints import dns_suffix, execute_api_host
from apigw2._workflows.concurrency import gather_map
from apigw2._workflows.links import management_url, without_password

if TYPE_CHECKING:
    # Where types-boto3 is installed, the client is typed too.
    from types_boto3_apigatewaymanagementapi import ApiGatewayManagementApiClient
else:
    from botocore.client import BaseClient as ApiGatewayManagementApiClient  # noqa: TC002  # not so

__all__ = ["ConnectionInfo", "Connections"]

Message = Union[str, bytes, Mapping[str, object], Sequence[object]]  # noqa: UP007  # an alias
"""Text, bytes, or what `json.dumps` accepts."""

_HOST: Final = re.compile(r"[^.]+\.execute-api\.(?P<region>[\w-]+)\..+")

_BY_CODE: Final[Mapping[str, type[errors.ServiceError]]] = {
    "BadRequestException": errors.BadRequestError,
    "ForbiddenException": errors.AccessDeniedError,
    "GoneException": errors.ConnectionGoneError,
    "LimitExceededException": errors.TooManyRequestsError,
    "PayloadTooLargeException": errors.PayloadTooLargeError,
}
# A 410 has an empty body, and not every proxy keeps the header that has the code.
_BY_STATUS: Final[Mapping[int, type[errors.ServiceError]]] = {
    HTTPStatus.BAD_REQUEST: errors.BadRequestError,
    HTTPStatus.FORBIDDEN: errors.AccessDeniedError,
    HTTPStatus.GONE: errors.ConnectionGoneError,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: errors.PayloadTooLargeError,
    HTTPStatus.TOO_MANY_REQUESTS: errors.TooManyRequestsError,
}


@attrs.frozen(kw_only=True)
class ConnectionInfo:
    """An open WebSocket connection.

    Attributes:
        connection_id: Its id.
        connected_at: When it was opened.
        last_active_at: When it last sent or received a message.
        source_ip: The client's address.
        user_agent: The client's `User-Agent` header.

    Example:
        >>> stage.connections.get("L0SM9cOFvHcCIhw=").connected_at
        datetime.datetime(2026, 1, 2, 10, 0, tzinfo=tzutc())
    """

    connection_id: str
    connected_at: datetime | None = None
    last_active_at: datetime | None = None
    source_ip: str | None = None
    user_agent: str | None = None


class Connections:
    """The WebSocket connections of one stage, by their ids.

    Made from a stage (`stage.connections`), from an event (`Connections.from_event(event)`) or from
    a URL. Safe to share between threads.

    botocore retries a message after a lost connection, so it may arrive twice.

    Args:
        url: The stage's URL, such as `https://a1b2c3.execute-api.eu-central-1.amazonaws.com/prod`,
            or that of a custom domain name and its mapping key, such as
            `https://chat.example.com/v1`. `wss` is accepted for `https`.
        session: The boto3 session; boto3's default session by default.
        region_name: The region to sign for. By default that of the URL if it is one on AWS, or the
            session's.
        config: botocore's settings for the client.
        client: Existing boto3 `apigatewaymanagementapi` client, instead of the arguments above.

    Raises:
        MissingRegionError: There is no region.
        TypeError: `client` is not such a client, or is given together with other arguments.
        ValueError: `url` is not a URL.

    Example:
        >>> connections = apigw2.Connections(os.environ["CALLBACK_URL"])
        >>> connections.send("L0SM9cOFvHcCIhw=", {"text": "hello"})
        >>> for connection_id in connections.broadcast(connection_ids, {"text": "hello"}):
        ...     table.delete_item(Key={"connection_id": connection_id})
    """

    __slots__ = ("_client",)

    def __init__(
        self,
        url: str | None = None,
        *,
        session: boto3.Session | None = None,
        region_name: str | None = None,
        config: Config | None = None,
        client: ApiGatewayManagementApiClient | None = None,
    ) -> None:
        given = (url, session, region_name, config)
        if (client is None) == (url is None) or (
            client is not None and any(each is not None for each in given)
        ):
            msg = "give a url, or a client and nothing else"
            raise TypeError(msg)
        if client is not None:
            check_client(client, MANAGEMENT)
            self._client: Any = client
            return
        checked = management_url(cast("str", url))
        check_settings(session, region_name, config)
        region_name = region_name or _region_of(checked)
        if session is None and boto3.DEFAULT_SESSION is None:
            boto3.setup_default_session()
        used = boto3.DEFAULT_SESSION if session is None else session
        self._client = _client(used, checked, region_name, config)

    @classmethod
    def from_event(
        cls,
        event: Mapping[str, Any],
        *,
        api_mapping_key: str | None = None,
        endpoint_url: str | None = None,
        session: boto3.Session | None = None,
        region_name: str | None = None,
        config: Config | None = None,
    ) -> Connections:
        """The connections of the stage that sent an event to a Lambda function.

        A client connects to the API's own host name or to a custom domain name. The URL of a
        custom domain name needs the key of the API mapping, which the event does not contain.
        Without `api_mapping_key`, the API's own host name is used, which must not be disabled.

        The boto3 client is created once for each session and URL, so this can be called for each
        event.

        Args:
            event: Event of any route of the API.
            api_mapping_key: The key of the API mapping of the custom domain name; `""` for the
                root.
            endpoint_url: URL of the stage, such as an emulator's, instead of that of the event.
            session: As in `Connections`.
            region_name: As in `Connections`.
            config: As in `Connections`.

        Raises:
            MissingRegionError: There is no region.
            ValueError: `event` is not an event of a WebSocket API.

        Example:
            >>> def handler(event: dict[str, Any], context: object) -> dict[str, int]:
            ...     connections = apigw2.Connections.from_event(event)
            ...     connections.send(event["requestContext"]["connectionId"], "hello")
            ...     return {"statusCode": 200}
        """
        check_settings(session, region_name, config, endpoint_url)
        if api_mapping_key is not None:
            check_type("api_mapping_key", api_mapping_key, str, "a string")
        url = endpoint_url or _url_of(event, api_mapping_key, session, region_name)
        return cls(url, session=session, region_name=region_name, config=config)

    @property
    def url(self) -> str:
        """The URL that requests go to, without `/@connections`."""
        return str(self._client.meta.endpoint_url)

    @property
    def client(self) -> ApiGatewayManagementApiClient:
        """The boto3 client."""
        return cast("ApiGatewayManagementApiClient", self._client)

    def send(self, connection_id: str, data: Message) -> None:
        """Send a message to a connection.

        Args:
            connection_id: The connection's id.
            data: Text, bytes of text in UTF-8, or what `json.dumps` accepts. Up to 128 KB.

        Raises:
            AccessDeniedError: The caller is not authorized, or the URL lacks the stage.
            ConnectionGoneError: The connection is closed.
            PayloadTooLargeError: The message is longer than 128 KB.
            TooManyRequestsError: Too many messages, or the client does not read them.
            TypeError: `data` cannot be sent as JSON.
            ValueError: `data` has lone surrogates, contains itself, or is nested too deeply.
        """
        self._post(connection_id, _encoded(data))

    def get(self, connection_id: str) -> ConnectionInfo:
        """Describe a connection.

        Args:
            connection_id: The connection's id.

        Raises:
            AccessDeniedError: The caller is not authorized.
            ConnectionGoneError: The connection is closed.
        """
        found = self._call("get_connection", connection_id)
        identity = found.get("Identity", {})
        return ConnectionInfo(
            connection_id=connection_id,
            connected_at=found.get("ConnectedAt"),
            last_active_at=found.get("LastActiveAt"),
            source_ip=identity.get("SourceIp"),
            user_agent=identity.get("UserAgent"),
        )

    def disconnect(self, connection_id: str, *, missing_ok: bool = False) -> bool:
        """Close a connection.

        Args:
            connection_id: The connection's id.
            missing_ok: Whether to return `False` if the connection is already closed.

        Returns:
            Whether it was open; `False` only with `missing_ok`.

        Raises:
            AccessDeniedError: The caller is not authorized.
            ConnectionGoneError: The connection is already closed, and `missing_ok` is false.
        """
        try:
            self._call("delete_connection", connection_id)
        except errors.ConnectionGoneError:
            if missing_ok:
                return False
            raise
        return True

    def broadcast(self, connection_ids: Iterable[str], data: Message) -> tuple[str, ...]:
        """Send a message to many connections, eight at a time.

        Args:
            connection_ids: The connections' ids.
            data: As in `send`.

        Returns:
            The ids of the connections that are closed.

        Raises:
            BroadcastError: The message could not be sent to some of the connections. It was sent
                to all others.
            TypeError: `data` cannot be sent as JSON, or an id is not a string.
            ValueError: As in `send`.
        """
        check_iterable("connection_ids", connection_ids)
        ids = [check_id("connection_id", each) for each in connection_ids]
        encoded = _encoded(data)
        results = gather_map(
            functools.partial(self._post, data=encoded), ids, errors="return", rate=None
        )
        failed = {
            connection_id: error
            for connection_id, error in zip(ids, results, strict=True)
            if error is not None
        }
        gone = [name for name, e in failed.items() if isinstance(e, errors.ConnectionGoneError)]
        for connection_id in gone:
            del failed[connection_id]
        if failed:
            raise errors.BroadcastError(gone, failed) from next(iter(failed.values()))
        return tuple(gone)

    def __repr__(self) -> str:
        """The URL, without a password."""
        return f"Connections({without_password(self.url)!r})"

    def _post(self, connection_id: str, data: bytes) -> None:
        self._call("post_to_connection", connection_id, Data=data)

    def _call(self, method: str, connection_id: str, **request: object) -> Mapping[str, Any]:
        check_id("connection_id", connection_id)
        try:
            with setup_errors():
                result: Mapping[str, Any] = getattr(self._client, method)(
                    ConnectionId=connection_id, **request
                )
        except ClientError as error:
            raise _mapped(error, connection_id, self) from error
        return result


@functools.lru_cache(maxsize=64)
def _client(
    session: boto3.Session, url: str, region_name: str | None, config: Config | None
) -> object:
    """A cached client: creating one takes as long as some calls, and it keeps its sockets open."""
    return create_client(
        session, MANAGEMENT, region_name=region_name, endpoint_url=url, config=config
    )


def _encoded(data: Message) -> bytes:
    """The bytes of a message.

    Raises:
        TypeError: The message is not what `json.dumps` accepts.
        ValueError: It has lone surrogates, contains itself, or is nested too deeply.
    """
    if isinstance(data, bytes):
        return data
    try:
        return (data if isinstance(data, str) else json.dumps(data)).encode()
    except UnicodeEncodeError:
        msg = f"data: expected text without lone surrogates, not {describe_value(data)}"
        raise ValueError(msg) from None
    except RecursionError:
        msg = "data: nested too deeply for JSON"
        raise ValueError(msg) from None
    except TypeError as error:
        msg = f"data: cannot be sent as JSON: {error}"
        raise TypeError(msg) from None
    except ValueError as error:
        msg = f"data: cannot be sent as JSON: {error}"
        raise ValueError(msg) from None


def _mapped(error: ClientError, connection_id: str, at: Connections) -> errors.ServiceError:
    response: Any = error.response
    code = response.get("Error", {}).get("Code", "")
    status = response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    kind = _BY_CODE.get(code) or _BY_STATUS.get(status, errors.ServiceError)
    return kind(response, error.operation_name, f"connection {connection_id} of {at!r}")


def _region_of(url: str) -> str | None:
    found = _HOST.fullmatch(urlsplit(url).hostname or "")
    return found["region"] if found else None


def _url_of(
    event: Mapping[str, Any],
    api_mapping_key: str | None,
    session: boto3.Session | None,
    region_name: str | None,
) -> str:
    try:
        context = event["requestContext"]
        host, stage, api_id = context["domainName"], context["stage"], context["apiId"]
        context["connectionId"]  # only events of WebSocket APIs have it
    except (KeyError, TypeError) as error:
        msg = f"event: not an event of a WebSocket API: it has no requestContext with {error}"
        raise ValueError(msg) from None
    for name in ("domainName", "stage", "apiId"):
        check_type(f"event: {name}", context[name], str, "a string")
    if api_mapping_key is not None:
        return f"https://{host}/{api_mapping_key}"
    if not _HOST.fullmatch(host):
        found = session or boto3.Session()
        region_name = region_name or cast("str | None", found.region_name)
        if region_name is None:
            raise errors.MissingRegionError
        suffix = dns_suffix(found.get_partition_for_region(region_name))
        host = execute_api_host(api_id, region_name, suffix)
    return f"https://{host}/{stage}"
