"""Models of WebSocket APIs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import apigw2

if TYPE_CHECKING:
    from tests.support.resources import Requests

SCHEMA = json.dumps({"type": "object", "properties": {"text": {"type": "string"}}})


def test_a_model_can_be_created_read_updated_and_deleted(chat: apigw2.Api) -> None:
    model = chat.create_model("Message", schema=SCHEMA, content_type="application/json")
    assert (model.name, model.schema, model.content_type) == ("Message", SCHEMA, "application/json")
    assert model.get() == chat.get_model(model.model_id) == model
    assert list(chat.get_models()) == [model]

    changed = model.update(description="A message of a user")
    assert (changed.description, changed.schema) == ("A message of a user", SCHEMA)
    assert model.get() == changed

    model.delete()
    assert list(chat.get_models()) == []
    with pytest.raises(apigw2.NotFoundError) as caught:
        model.get()
    assert model.model_id in str(caught.value)


def test_a_reference_to_a_model_makes_no_request(
    gw: apigw2.ApiGatewayV2, requests: Requests
) -> None:
    assert gw.api("a1b2c3").model("p7q8r9").api == gw.api("a1b2c3")
    assert requests.new() == []


def test_get_model_makes_one_request(chat: apigw2.Api, requests: Requests) -> None:
    model = chat.create_model("Message", schema=SCHEMA)
    requests.new()
    assert chat.get_model(model.model_id) == model
    assert requests.new() == ["GetModel"]


def test_get_model_template_returns_a_template_for_the_schema(chat: apigw2.Api) -> None:
    model = chat.create_model("Message", schema=SCHEMA)
    template = model.get_model_template()
    assert "$inputRoot" in template
    assert '"text"' in template


def test_a_second_model_with_the_same_name_is_refused(chat: apigw2.Api) -> None:
    chat.create_model("Message", schema=SCHEMA)
    with pytest.raises(apigw2.AlreadyExistsError):
        chat.create_model("Message", schema=SCHEMA)


def test_preflight_warns_about_a_model_in_an_http_api(api: apigw2.Api) -> None:
    with pytest.warns(apigw2.PreflightWarning, match="WEBSOCKET"):
        api.create_model("Message", schema=SCHEMA)


def test_a_missing_model_is_not_found(chat: apigw2.Api) -> None:
    gone = chat.model("gone")
    for method in (gone.get, gone.update, gone.delete, gone.get_model_template):
        with pytest.raises(apigw2.NotFoundError, match="gone"):
            method()
