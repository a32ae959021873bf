"""Validation of messages against models."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.support.local_gateway import JSON
    from tests.testing.websocket.support import Chat


ID = "[A-Za-z0-9_-]{15}="


BAD = f'{{"message" : "Bad request body", "connectionId": "{ID}", "messageId": "{ID}"}}'


TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}}


class TestModels:
    """Routes with a model selection expression validate messages, for every integration type."""

    def make(self, chat: Chat, schemas: JSON, models: JSON, expression: str | None) -> None:
        for name, schema in schemas.items():
            chat.client.create_model(
                ApiId=chat.api_id,
                Name=name,
                ContentType="application/json",
                Schema=schema if isinstance(schema, str) else json.dumps(schema),
            )
        chat.function({"statusCode": 200, "body": "fine"})
        given = {"ModelSelectionExpression": expression} if expression else {}
        chat.route("$default", answers=True, RequestModels=models, **given)

    @pytest.mark.parametrize(
        ("message", "valid"),
        [({"text": "x"}, True), ({"text": 1}, False), ({}, False), ("no json", False), ("", False)],
    )
    def test_a_message_must_match_the_model(
        self, chat: Chat, message: JSON, *, valid: bool
    ) -> None:
        self.make(chat, {"text": TEXT}, {"$default": "text"}, "$default")

        answer = chat.answer(message)

        assert answer == "fine" if valid else re.fullmatch(BAD, answer)

    @pytest.mark.parametrize(
        ("message", "valid"),
        [
            ({"kind": "a", "text": "x"}, True),
            ({"kind": "a"}, False),
            ({"kind": "b"}, True),
            ({"kind": "c"}, False),
        ],
    )
    def test_the_expression_selects_the_model(
        self, chat: Chat, message: JSON, *, valid: bool
    ) -> None:
        models = {"a": "text", "b": "anything"}
        self.make(chat, {"text": TEXT, "anything": {}}, models, "$request.body.kind")

        assert (chat.answer(message) == "fine") is valid

    def test_messages_are_not_validated_without_an_expression(self, chat: Chat) -> None:
        self.make(chat, {"text": TEXT}, {"$default": "text"}, None)

        assert chat.answer({}) == "fine"

    def test_a_missing_model_rejects_every_message(self, chat: Chat) -> None:
        self.make(chat, {}, {"$default": "nothing"}, "$default")

        assert re.fullmatch(BAD, chat.answer({}))

    @pytest.mark.parametrize(("text", "valid"), [("x", True), (1, False)])
    def test_models_can_refer_to_each_other(self, chat: Chat, text: JSON, *, valid: bool) -> None:
        place = "https://apigateway.amazonaws.com/restapis/x/models/text"
        outer = {"type": "object", "properties": {"inner": {"$ref": place}}}
        self.make(chat, {"outer": outer, "text": TEXT}, {"$default": "outer"}, "$default")

        assert (chat.answer({"inner": {"text": text}}) == "fine") is valid

    @pytest.mark.parametrize(
        "schema", [{"$ref": "https://example.com/models/nothing"}, {"type": "nonsense"}]
    )
    def test_an_invalid_schema_rejects_every_message_with_a_reason(
        self, chat: Chat, schema: JSON
    ) -> None:
        self.make(chat, {"text": schema}, {"$default": "text"}, "$default")

        with chat.local.connect() as connection:
            connection.send({})
            assert re.fullmatch(BAD, connection.receive())
            assert "the model text is not a valid schema" in connection.reasons[0]

    def test_the_error_frame_names_the_connection(self, chat: Chat) -> None:
        self.make(chat, {"text": TEXT}, {"$default": "text"}, "$default")

        with chat.local.connect() as connection:
            connection.send({})
            answer = connection.receive_json()
            assert answer["connectionId"] == connection.connection_id
            assert connection.reasons == ("'text' is a required property",)
