"""boto3 clients: those that the library makes, and those that it is given."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, cast

import boto3
import botocore.session
from botocore import xform_name
from botocore.client import BaseClient
from botocore.exceptions import NoCredentialsError, NoRegionError

from apigw2._wire.botocore_internals import credentials_of
from apigw2.errors import MissingCredentialsError, MissingRegionError

if TYPE_CHECKING:
    from collections.abc import Generator

    from botocore.config import Config

SERVICE: Final = "apigatewayv2"
MANAGEMENT: Final = "apigatewaymanagementapi"


@contextmanager
def setup_errors() -> Generator[None]:
    """Say what to set where botocore says that something is missing.

    Raises:
        MissingRegionError: There is no region.
        MissingCredentialsError: There are no credentials.
    """
    try:
        yield
    except NoRegionError as error:
        raise MissingRegionError from error
    except NoCredentialsError as error:
        raise MissingCredentialsError from error


def check_client(client: object, service: str = SERVICE) -> None:
    """Reject what is no boto3 client of a service.

    Raises:
        TypeError: It is something else. A test double passes if it has a method of the service.
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


Maker = Callable[[str], BaseClient]
"""Makes a client for `@connections`, given its URL."""


def management_maker(
    session: boto3.Session | None, region_name: str | None, config: Config | None
) -> Maker:
    """Return what makes clients for `@connections` with a session; `None` is boto3's default."""

    def make(url: str) -> BaseClient:
        maker: Any = session or boto3  # its stubs know a client by its service alone
        with setup_errors():
            made: BaseClient = maker.client(
                MANAGEMENT, region_name=region_name, endpoint_url=url, config=config
            )
        return made

    return make


def management_maker_like(client: BaseClient) -> Maker:
    """Return what makes clients for `@connections` with another client's credentials and settings.

    A client does not say which session made it. botocore's sessions take credentials from a
    component, so a new session can have the client's own, which refresh themselves.
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
        # Whoever answers the requests of the first client, as a local gateway does, learns of it.
        client.meta.events.emit(f"connections-client-created.{SERVICE}", client=made)
        return cast("BaseClient", made)

    return make


class _Provider:
    """botocore's component for credentials, which has some already."""

    def __init__(self, credentials: object) -> None:
        self._credentials = credentials

    def load_credentials(self) -> object:
        return self._credentials
