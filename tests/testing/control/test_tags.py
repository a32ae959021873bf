"""Tags, which are addressed by ARN."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.local_gateway import (
    http_api,
    refused,
    route,
)

if TYPE_CHECKING:
    from tests.support.local_gateway import Client


def test_tags_are_set_and_removed_by_arn(client: Client) -> None:
    api_id = http_api(client, Tags={"a": "1"})
    client.create_stage(ApiId=api_id, StageName="test", Tags={"b": "2"})
    api_arn = f"arn:aws:apigateway:us-east-1::/apis/{api_id}"
    stage_arn = f"{api_arn}/stages/test"

    client.tag_resource(ResourceArn=api_arn, Tags={"a": "one", "c": "3"})
    client.tag_resource(ResourceArn=stage_arn)
    client.untag_resource(ResourceArn=stage_arn, TagKeys=["b", "z"])

    assert client.get_tags(ResourceArn=api_arn)["Tags"] == {"a": "one", "c": "3"}
    assert client.get_api(ApiId=api_id)["Tags"] == {"a": "one", "c": "3"}
    assert client.get_tags(ResourceArn=stage_arn)["Tags"] == {}


def test_the_value_of_a_tag_can_be_empty(client: Client) -> None:
    api_id = http_api(client, Tags={"a": ""})
    arn = f"arn:aws:apigateway:us-east-1::/apis/{api_id}"

    client.tag_resource(ResourceArn=arn, Tags={"b": ""})

    assert client.get_tags(ResourceArn=arn)["Tags"] == {"a": "", "b": ""}


def test_invalid_arns_and_tags_are_rejected(client: Client) -> None:
    api_id = http_api(client)
    route_id = route(client, api_id, "GET /")
    prefix = "arn:aws:apigateway:us-east-1::"

    for path in ("/apis", f"/apis/{api_id}/routes", f"/apis/{api_id}/routes/{route_id}", "/x/y"):
        with refused("NotFound", "Invalid resource ARN"):
            client.get_tags(ResourceArn=prefix + path)
    with refused("BadRequest", "Invalid ARN"):
        client.get_tags(ResourceArn="arn:aws:s3:::bucket")
    for key, problem in (
        ("aws:a", "reserved"),
        ("AWS:a", "reserved"),
        ("", "1 to 128"),
        ("x" * 129, "1 to 128"),
    ):
        with refused("BadRequest", problem):
            client.tag_resource(ResourceArn=f"{prefix}/apis/{api_id}", Tags={key: "b"})
        with refused("BadRequest", problem):
            http_api(client, Tags={key: "b"})
    with refused("Conflict", "Maximum number of tags"):
        http_api(client, Tags={f"t{n}": "x" for n in range(51)})
    with refused("Conflict", "Maximum number of tags"):
        client.tag_resource(
            ResourceArn=f"{prefix}/apis/{api_id}", Tags={f"t{n}": "x" for n in range(51)}
        )
