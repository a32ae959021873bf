"""Connection errors and TLS errors."""

from __future__ import annotations

import datetime as dt
import ipaddress
import socket
import ssl
from typing import TYPE_CHECKING, Final

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import EndpointConnectionError, NoCredentialsError, SSLError
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

import apigw2
from apigw2._wire.retries import install_retry_guard
from tests.faults.client import ATTEMPTS, Faulty
from tests.faults.faults import is_create
from tests.faults.secrets import KEY_ID, SECRET_KEY, TOKEN
from tests.support import walk
from tests.support.answers import good
from tests.support.pauses import no_pauses
from tests.support.server import Answer, Server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Note = Callable[[str, object], None]

# Creates and other operations.
SOME: Final = ("CreateApi", "ImportApi", "CreateVpcLink", "GetApi", "GetRoutes", "DeleteApi")


def client_to(url: str, server: Server, verify: str | None = None) -> Faulty:
    session = boto3.Session(KEY_ID, SECRET_KEY, TOKEN, region_name="eu-central-1")
    gateway = apigw2.ApiGatewayV2(
        session=session,
        endpoint_url=url,
        config=Config(proxies={}),
        retries=apigw2.Retries(attempts=ATTEMPTS, sleep=lambda _: None),
        preflight="off",
    )
    if verify is not None:  # the gateway has no such parameter
        made = session.client(
            "apigatewayv2",
            endpoint_url=url,
            verify=verify,
            config=Config(proxies={}, retries={"mode": "standard", "total_max_attempts": ATTEMPTS}),
        )
        install_retry_guard(made)
        gateway = apigw2.ApiGatewayV2(client=made, preflight="off")
    return Faulty(gateway, server)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    no_pauses(monkeypatch)


@pytest.fixture(scope="module")
def refusing(server: Server) -> Iterator[Faulty]:
    """A client of a port that refuses connections."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield client_to(f"http://127.0.0.1:{bound.getsockname()[1]}", server)


@pytest.mark.parametrize("operation", walk.OPERATIONS)
def test_a_refused_connection_is_retried_and_raised(
    operation: str, refusing: Faulty, record_property: Note
) -> None:
    """No request was sent, so creates are retried, too."""
    with pytest.raises(EndpointConnectionError) as caught:
        refusing.call(operation)
    assert refusing.sent == ATTEMPTS
    assert not getattr(caught.value, "__notes__", ())
    record_property("faults tried", 1)
    record_property("ended in the documented error", 1)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A self-signed certificate for 127.0.0.1, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.timezone.utc)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]),
            critical=False,
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    folder = tmp_path_factory.mktemp("tls")
    chain, secret = folder / "certificate.pem", folder / "key.pem"
    chain.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return chain, secret


@pytest.fixture(scope="module")
def tls_server(certificate: tuple[Path, Path]) -> Iterator[Server]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    made = Server(context)
    yield made
    made.close()


@pytest.mark.parametrize("operation", SOME)
def test_a_tls_connection_that_breaks_after_the_request_raises_an_ssl_error(
    operation: str, tls_server: Server, certificate: tuple[Path, Path], record_property: Note
) -> None:
    """botocore reports a failed connection, although the server has read the request."""
    client = client_to(tls_server.url, tls_server, str(certificate[0]))
    tls_server.prepare(then=good(operation))
    client.call(operation)
    tls_server.prepare(
        then=Answer(b"\x17\x03\x03\x00\x20 is no TLS that could be decrypted", how="no HTTP")
    )
    with pytest.raises(SSLError):
        client.call(operation)
    assert client.sent == (1 if is_create(operation) else ATTEMPTS)
    assert len(client.received()) == client.sent
    record_property("faults tried", 1)
    record_property("ended in the documented error", 1)


def test_an_untrusted_certificate_is_rejected(tls_server: Server) -> None:
    tls_server.prepare(then=good("GetApi"))
    with pytest.raises(SSLError):
        client_to(tls_server.url, tls_server).call("GetApi")
    assert not tls_server.requests


def test_missing_credentials_raise_before_a_request(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Errors of botocore before a request pass through unchanged."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    server.prepare()
    gateway = apigw2.ApiGatewayV2(
        session=boto3.Session(region_name="eu-central-1"), endpoint_url=server.url
    )
    with pytest.raises(NoCredentialsError):
        gateway.get_api("a1b2c3")
    assert not server.connections
