"""boto3 clients: creating them, and checking those of the caller."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, cast

import boto3
import botocore.session
from botocore import xform_name
from botocore.client import BaseClient
from botocore.config import Config
from botocore.exceptions import BotoCoreError, NoCredentialsError, NoRegionError

from apigw2._arguments import check_type, describe_value
from apigw2._wire.botocore_internals import credentials_of
from apigw2.errors import MissingCredentialsError, MissingRegionError

if TYPE_CHECKING:
    from collections.abc import Generator


SERVICE: Final = "apigatewayv2"
MANAGEMENT: Final = "apigatewaymanagementapi"


def check_settings(
    session: object, region_name: object, config: object, endpoint_url: object = None
) -> None:
    """Reject settings with which boto3 would fail from the inside. `None` means "not given".

    Raises:
        TypeError: A setting has the wrong type. A double of a session needs the method `client`.
        ValueError: The region is empty.
    """
    is_session = not isinstance(session, type) and callable(getattr(session, "client", None))
    if session is not None and not is_session:
        msg = f"session: expected a boto3 session, not {describe_value(session)}"
        raise TypeError(msg)
    for name, value, kind, expected in (
        ("region_name", region_name, str, "a string"),
        ("config", config, Config, "a botocore Config"),
        ("endpoint_url", endpoint_url, str, "a string"),
    ):
        if value is not None:
            check_type(name, value, kind, expected)
    if region_name == "":
        msg = "region_name must not be empty"
        raise ValueError(msg)


def create_client(session: boto3.Session | None, service: str, **settings: object) -> BaseClient:
    """Create a client with a session (`None`: boto3's default session).

    Raises:
        MissingRegionError: No region is configured.
        MissingCredentialsError: No credentials are configured.
        ValueError: The endpoint is not a URL.
    """
    creator: Any = boto3 if session is None else session
    try:
        with setup_errors():
            made: BaseClient = creator.client(service, **settings)
    except BotoCoreError:
        raise  # those about a region are `ValueError`s that name it
    except ValueError:  # without the URL, which may have a password
        msg = "endpoint_url: not a URL such as https://example.com"
        raise ValueError(msg) from None
    return made


@contextmanager
def setup_errors() -> Generator[None]:
    """Convert botocore's errors about missing settings to errors that name the setting.

    Raises:
        MissingRegionError: No region is configured.
        MissingCredentialsError: No credentials are configured.
    """
    try:
        yield
    except NoRegionError as error:
        raise MissingRegionError from error
    except NoCredentialsError as error:
        raise MissingCredentialsError from error


def check_client(client: object, service: str = SERVICE) -> None:
    """Reject anything but a boto3 client of a service.

    Raises:
        TypeError: `client` is not such a client. A test double needs a method of the service.
    """
    kind = type(client)
    model = getattr(getattr(client, "meta", None), "service_model", None)
    name = getattr(model, "service_name", None)
    if any(base.__module__.partition(".")[0] == "aiobotocore" for base in kind.__mro__):
        found = "a client of aiobotocore, whose methods are coroutines"
    elif name == service or (not isinstance(name, str) and _has_methods(client, service)):
        return
    else:
        described = f"{kind.__module__}.{kind.__qualname__}"
        found = f"a boto3 client of {name}" if isinstance(name, str) else described
    msg = f"client: expected a boto3 client of {service}, not {found}"
    raise TypeError(msg)


def _has_methods(double: object, service: str) -> bool:
    """Whether a test double has a method of the service; it may have few of them."""
    model: Any = botocore.session.Session().get_service_model(service)
    methods = (xform_name(name) for name in model.operation_names)
    return not isinstance(double, type) and any(hasattr(double, name) for name in methods)


ClientFactory = Callable[[str], BaseClient]
"""Creates a client for `@connections`, given its URL."""


def management_factory(
    session: boto3.Session | None, region_name: str | None, config: Config | None
) -> ClientFactory:
    """Return a function that creates `@connections` clients with a session (`None`: boto3's)."""

    def make(url: str) -> BaseClient:
        return create_client(
            session, MANAGEMENT, region_name=region_name, endpoint_url=url, config=config
        )

    return make


def management_factory_like(client: BaseClient) -> ClientFactory:
    """Return a function that creates `@connections` clients with a client's configuration.

    The new clients have the credentials and settings of the given one. A client has no reference to
    its session, so a new botocore session gets the client's credentials, which refresh themselves,
    through a component.
    """

    def make(url: str) -> BaseClient:
        session: Any = botocore.session.Session()
        credentials = credentials_of(client)
        if credentials is not None:
            session.register_component("credential_provider", _Provider(credentials))
        made = session.create_client(
            MANAGEMENT,
            region_name=client.meta.region_name,
            endpoint_url=url,
            config=client.meta.config,
        )
        # A local gateway, which answers the requests of the first client, must see the new one.
        client.meta.events.emit(f"connections-client-created.{SERVICE}", client=made)
        return cast("BaseClient", made)

    return make


class _Provider:
    """A credential provider component for botocore that returns existing credentials."""

    def __init__(self, credentials: object) -> None:
        self._credentials = credentials

    def load_credentials(self) -> object:
        return self._credentials
