"""Portals, portal products and their pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.support.local_gateway import (
    CERTIFICATE,
    JSON,
    refused,
)

if TYPE_CHECKING:
    from apigw2.testing import LocalGateway
    from tests.support.local_gateway import Client


COLORS = dict.fromkeys(
    (
        "AccentColor", "BackgroundColor", "ErrorValidationColor", "HeaderColor",
        "NavigationColor", "TextColor",
    ),
    "#000000",
)  # fmt: skip


def portal(client: Client, **members: JSON) -> dict[str, Any]:
    given: dict[str, Any] = {
        "Authorization": {"None": {}},
        "EndpointConfiguration": {"None": {}},
        "PortalContent": {"DisplayName": "Pets", "Theme": {"CustomColors": COLORS}},
        **members,
    }
    answer: dict[str, Any] = client.create_portal(**given)
    return answer


def test_a_portal_is_published_and_disabled(local: LocalGateway, client: Client) -> None:
    made = portal(client)
    names = {"PortalId": made["PortalId"]}

    assert made["PortalArn"].startswith("arn:aws:apigateway:us-east-1:123456789012:/portals/")
    assert made["PublishStatus"] == "DISABLED"
    client.publish_portal(**names, Description="first")
    assert client.get_portal(**names)["PublishStatus"] == "PUBLISH_IN_PROGRESS"
    with refused("Conflict", "try again later"):
        client.disable_portal(**names)
    local.clock.advance(1)
    published = client.get_portal(**names)
    assert published["PublishStatus"] == "PUBLISHED"
    assert published["LastPublishedDescription"] == "first"
    assert published["LastPublished"]
    client.publish_portal(**names)
    local.clock.advance(1)
    assert client.get_portal(**names)["LastPublishedDescription"] == "first"
    with refused("BadRequest", "must be disabled"):
        client.delete_portal(**names)
    client.disable_portal(**names)
    assert client.get_portal(**names)["PublishStatus"] == "DISABLE_IN_PROGRESS"
    local.clock.advance(1)
    assert client.get_portal(**names)["PublishStatus"] == "DISABLED"


def test_a_portal_can_be_previewed_while_it_is_published(
    local: LocalGateway, client: Client
) -> None:
    names = {"PortalId": portal(client)["PortalId"]}

    client.publish_portal(**names)
    client.preview_portal(**names)

    assert client.get_portal(**names)["Preview"] == {"PreviewStatus": "PREVIEW_IN_PROGRESS"}
    local.clock.advance(1)
    answer = client.get_portal(**names)
    assert answer["PublishStatus"] == "PUBLISHED"
    assert answer["Preview"]["PreviewStatus"] == "PREVIEW_READY"
    assert answer["Preview"]["PreviewUrl"].startswith("https://preview.")


def test_publishing_previewing_and_disabling_a_portal_can_fail(
    local: LocalGateway, client: Client
) -> None:
    names = {"PortalId": portal(client)["PortalId"]}
    for operation in ("PublishPortal", "DisablePortal", "PreviewPortal"):
        local.faults.fail_transition(operation, "no such luck")

    client.publish_portal(**names)
    client.preview_portal(**names)
    local.clock.advance(1)
    answer = client.get_portal(**names)
    assert answer["PublishStatus"] == "PUBLISH_FAILED"
    assert answer["StatusException"]["Message"] == "no such luck"
    assert answer["Preview"]["PreviewStatus"] == "PREVIEW_FAILED"
    client.disable_portal(**names)
    assert "StatusException" not in client.get_portal(**names)
    local.clock.advance(1)
    assert client.get_portal(**names)["PublishStatus"] == "DISABLE_FAILED"


def test_an_update_of_a_portal_keeps_its_default_domain_name(
    local: LocalGateway, client: Client
) -> None:
    made = portal(client)
    names = {"PortalId": made["PortalId"]}
    local.clock.advance(5)

    renamed = client.update_portal(**names, RumAppMonitorName="monitor")
    moved = client.update_portal(
        **names,
        EndpointConfiguration={
            "AcmManaged": {"CertificateArn": CERTIFICATE, "DomainName": "p.example.com"}
        },
    )

    assert renamed["LastModified"] > made["LastModified"]
    assert renamed["EndpointConfiguration"] == made["EndpointConfiguration"]
    endpoint = moved["EndpointConfiguration"]
    assert endpoint["DomainName"] == "p.example.com"
    assert (
        endpoint["PortalDefaultDomainName"]
        == made["EndpointConfiguration"]["PortalDefaultDomainName"]
    )
    with refused("BadRequest", "either acmManaged or none"):
        client.update_portal(**names, EndpointConfiguration={})
    with refused("BadRequest", "either cognitoConfig or none"):
        client.update_portal(**names, Authorization={})


def test_portal_products_and_their_pages_can_be_created_and_changed(
    local: LocalGateway, client: Client
) -> None:
    product = client.create_portal_product(DisplayName="Pets", Description="All")
    names = {"PortalProductId": product["PortalProductId"]}
    parts = {"RestApiId": "abc", "Stage": "prod", "Path": "/pets", "Method": "GET"}

    assert client.update_portal_product(**names, Description="")["Description"] == ""
    page = client.create_product_page(**names, DisplayContent={"Title": "Cats", "Body": "Meow"})
    client.update_product_page(
        **names, ProductPageId=page["ProductPageId"],
        DisplayContent={"Title": "Dogs", "Body": "Woof"},
    )  # fmt: skip
    assert client.list_product_pages(**names)["Items"][0]["PageTitle"] == "Dogs"
    endpoint = client.create_product_rest_endpoint_page(
        **names, RestEndpointIdentifier={"IdentifierParts": parts}
    )
    assert endpoint["Status"] == "IN_PROGRESS"
    assert endpoint["DisplayContent"] == {
        "Endpoint": "https://abc.execute-api.us-east-1.amazonaws.com/prod/pets",
        "OperationName": "GET /pets",
    }
    local.clock.advance(1)
    page_names = {**names, "ProductRestEndpointPageId": endpoint["ProductRestEndpointPageId"]}
    shown = client.get_product_rest_endpoint_page(**page_names)
    assert shown["Status"] == "AVAILABLE"
    assert "RawDisplayContent" not in shown
    raw = client.get_product_rest_endpoint_page(**page_names, IncludeRawDisplayContent="true")
    assert raw["RawDisplayContent"]
    client.update_product_rest_endpoint_page(**page_names, TryItState="DISABLED")
    client.update_product_rest_endpoint_page(
        **page_names, DisplayContent={"Overrides": {"OperationName": "List pets"}}
    )
    (item,) = client.list_product_rest_endpoint_pages(**names)["Items"]
    assert item["TryItState"] == "DISABLED"
    assert item["OperationName"] == "List pets"
    with refused("BadRequest", "needs identifierParts"):
        client.create_product_rest_endpoint_page(**names, RestEndpointIdentifier={})


def test_an_endpoint_page_can_fail(local: LocalGateway, client: Client) -> None:
    names = {"PortalProductId": client.create_portal_product(DisplayName="Pets")["PortalProductId"]}
    parts = {"RestApiId": "abc", "Stage": "prod", "Path": "/pets", "Method": "GET"}
    local.faults.fail_transition("CreateProductRestEndpointPage", "no such API")

    client.create_product_rest_endpoint_page(
        **names, RestEndpointIdentifier={"IdentifierParts": parts}
    )
    local.clock.advance(1)

    (item,) = client.list_product_rest_endpoint_pages(**names)["Items"]
    assert (item["Status"], item["StatusException"]["Message"]) == ("FAILED", "no such API")


def test_a_sharing_policy_can_be_put_read_and_deleted(client: Client) -> None:
    names = {"PortalProductId": client.create_portal_product(DisplayName="Pets")["PortalProductId"]}

    with refused("NotFound", "no sharing policy"):
        client.get_portal_product_sharing_policy(**names)
    with refused("NotFound", "no sharing policy"):
        client.delete_portal_product_sharing_policy(**names)
    with refused("BadRequest", "not JSON"):
        client.put_portal_product_sharing_policy(**names, PolicyDocument="{")
    client.put_portal_product_sharing_policy(**names, PolicyDocument="{}")
    assert client.get_portal_product_sharing_policy(**names)["PolicyDocument"] == "{}"
    client.delete_portal_product_sharing_policy(**names)


def test_only_the_accounts_own_portal_products_are_listed(client: Client) -> None:
    client.create_portal_product(DisplayName="Pets")

    def listed(owner: str) -> int:
        return len(client.list_portal_products(ResourceOwner=owner)["Items"])

    assert (listed("SELF"), listed("123456789012"), listed("OTHER_ACCOUNTS")) == (1, 1, 0)
