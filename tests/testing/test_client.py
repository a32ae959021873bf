"""boto3 clients whose requests the local gateway handles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.local_gateway import http_api, plain_client

if TYPE_CHECKING:
    import pytest

    from apigw2.testing import LocalGateway


def test_the_aws_settings_of_the_shell_are_ignored(
    monkeypatch: pytest.MonkeyPatch, local: LocalGateway
) -> None:
    monkeypatch.setenv("AWS_PROFILE", "nobody")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/nothing")

    assert http_api(local.client())


def test_an_existing_client_can_be_attached(local: LocalGateway) -> None:
    client = plain_client()

    local.attach(client)

    assert http_api(client)
