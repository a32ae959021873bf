"""The window of a served gateway, in a real browser."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select, WebDriverWait

from tests.support.local_gateway import (
    LAMBDA,
    Client,
    http_api,
    jwt_authorizer,
    lambda_integration,
    route,
    url_integration,
    websocket_api,
)

if TYPE_CHECKING:
    from selenium.webdriver.remote.webelement import WebElement

    from apigw2.testing import LocalGateway

Browser = Any
"""A driver of selenium, which lacks many annotations."""

SECRET = "hunter2"  # noqa: S105 - made up
SCRIPT = "<script>document.title = 'pwned'</script><img src=x onerror=\"document.title='pwned'\">"


def page(browser: Browser, url: str) -> Browser:
    browser.get(f"{url}/_apigw2/")
    until(browser, lambda: text(browser, "live") == "live")
    return browser


def until(browser: Browser, condition: Any) -> None:  # noqa: ANN401 - any truth value
    WebDriverWait(browser, 20).until(lambda _: condition())


def one(browser: Browser, selector: str) -> WebElement:
    element: WebElement = browser.find_element(By.CSS_SELECTOR, selector)
    return element


def text(browser: Browser, element_id: str) -> str:
    return one(browser, f"#{element_id}").text


def fill(local: LocalGateway) -> tuple[str, str]:
    """Create an HTTP API and a WebSocket API, and return their ids."""
    client: Client = local.client()

    def function(event: Any, _context: object) -> object:  # noqa: ANN401 - JSON
        if "routeKey" in event:
            return {"seen": event["rawPath"], "body": event.get("body")}
        return {"statusCode": 200, "body": f"echo {event.get('body')}"}

    local.add_function("pets", function)
    pets = http_api(client, RouteKey="GET /pets/{id}", Target=LAMBDA)
    uri = f"https://ada:{SECRET}@backend.example.com/orders?token={SECRET}"
    target = f"integrations/{url_integration(client, pets, uri)}"
    login = jwt_authorizer(client, pets)
    route(client, pets, "POST /orders", Target=target, AuthorizationType="JWT", AuthorizerId=login)
    client.create_stage(ApiId=pets, StageName="test", AutoDeploy=True)
    chat = websocket_api(client)
    integration = lambda_integration(client, chat, PayloadFormatVersion="1.0")
    target = f"integrations/{integration}"
    two_way = {"RouteResponseSelectionExpression": "$default"}
    answering = route(client, chat, "$default", Target=target, **two_way)
    client.create_route_response(ApiId=chat, RouteId=answering, RouteResponseKey="$default")
    client.create_stage(ApiId=chat, StageName="prod", AutoDeploy=True)
    local.clock.advance(5)
    return pets, chat


def test_apis_appear_while_the_page_is_open(
    browser: Browser, local: LocalGateway, url: str
) -> None:
    page(browser, url)
    assert "No APIs yet" in text(browser, "apis")

    pets, chat = fill(local)

    until(browser, lambda: text(browser, "api-count") == "2" and chat in text(browser, "apis"))
    until(browser, lambda: "POST /orders" in text(browser, "apis"))
    shown = text(browser, "apis")
    for each in ("GET /pets/{id}", "AWS_PROXY pets", "authorizer: JWT tokens", "$default", "test"):
        assert each in shown
    assert "HTTP_PROXY https://backend.example.com/orders" in shown
    links = [
        link.get_attribute("href") for link in browser.find_elements(By.CSS_SELECTOR, "#apis a")
    ]
    port = url.rpartition(":")[2]
    assert f"http://{pets}.execute-api.localhost:{port}/test/" in links
    assert f"{url}/_aws/execute-api/{pets}/" in links
    assert f"ws://{chat}.execute-api.localhost:{port}/prod" in shown
    assert SECRET not in browser.page_source


def test_markup_in_names_and_paths_is_shown_as_text(
    browser: Browser, local: LocalGateway, url: str
) -> None:
    client: Client = local.client()
    client.create_api(Name=SCRIPT, ProtocolType="HTTP", Target=LAMBDA)
    local.invoke("GET", "/%3Cscript%3E")

    page(browser, url)

    until(browser, lambda: SCRIPT in text(browser, "apis"))
    until(browser, lambda: SCRIPT in text(browser, "requests"))
    assert browser.title == "apigw2 local gateway"
    assert len(browser.find_elements(By.TAG_NAME, "script")) == 1
    assert browser.find_elements(By.TAG_NAME, "img") == []


def test_requests_appear_with_status_and_duration(
    browser: Browser, local: LocalGateway, url: str
) -> None:
    pets, _ = fill(local)
    page(browser, url)
    local.invoke("GET", f"/nothing?token={SECRET}", api=pets, headers={"authorization": SECRET})

    until(browser, lambda: "GET /nothing" in text(browser, "requests"))

    row = one(browser, "#requests tr").text
    assert "404" in row
    assert row.endswith(" ms")
    assert "no route matches" in row
    assert "CreateApi · control plane" in text(browser, "requests")
    assert SECRET not in browser.page_source


def test_a_route_can_be_tried(browser: Browser, local: LocalGateway, url: str) -> None:
    fill(local)
    page(browser, url)
    until(browser, lambda: browser.find_elements(By.CSS_SELECTOR, ".route"))

    next(
        each for each in browser.find_elements(By.CSS_SELECTOR, ".route") if "pets" in each.text
    ).click()
    assert one(browser, "#try-path").get_attribute("value") == "/pets/1"
    one(browser, "#try-send").click()

    until(browser, lambda: '{"seen":' in text(browser, "try-answer").replace(" ", ""))
    assert text(browser, "try-answer").startswith("200 OK")
    until(browser, lambda: "GET /pets/1" in text(browser, "requests"))


def test_a_websocket_api_can_be_tried(browser: Browser, local: LocalGateway, url: str) -> None:
    _, chat = fill(local)
    page(browser, url)
    until(browser, lambda: len(browser.find_elements(By.CSS_SELECTOR, "#try-stage option")) == 3)
    choice = Select(one(browser, "#try-stage"))
    choice.select_by_visible_text(f"chat ({chat}) prod")

    assert text(browser, "try-send") == "Connect"
    one(browser, "#try-send").click()
    until(browser, lambda: text(browser, "try-send") == "Send message")
    until(browser, lambda: text(browser, "connection-count") == "1")
    one(browser, "#try-body").send_keys("hello")
    one(browser, "#try-send").click()
    until(browser, lambda: "← echo hello" in text(browser, "try-answer"))
    choice.select_by_index(0)

    until(browser, lambda: text(browser, "connection-count") == "0")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_window_fits_every_screen_in_light_and_dark(
    browser: Browser, local: LocalGateway, url: str, scheme: str, width: int
) -> None:
    _, chat = fill(local)
    local.connect(chat)
    media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
    size = {"width": width, "height": 1400, "deviceScaleFactor": 1, "mobile": width < 500}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    page(browser, url)
    until(browser, lambda: text(browser, "api-count") == "2")
    until(browser, lambda: text(browser, "connection-count") == "1")

    background = browser.execute_script(
        "return getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)"
    )
    assert (sum(background) < 200) == (scheme == "dark")
    too_wide = browser.execute_script(
        "return [...document.querySelectorAll('body *')].filter(each =>"
        " each.getBoundingClientRect().right > innerWidth + 1).map(each => each.outerHTML)"
    )
    assert too_wide == []
    if directory := os.environ.get("APIGW2_SCREENSHOTS"):
        browser.save_screenshot(str(Path(directory) / f"window-{scheme}-{width}.png"))


def test_the_window_loads_nothing_from_other_servers(
    browser: Browser, local: LocalGateway, url: str
) -> None:
    fill(local)
    page(browser, url)
    asked = browser.execute_script(
        "return performance.getEntriesByType('resource').map(e => e.name)"
    )

    assert {each.rpartition("/")[2] for each in asked} >= {"style.css", "script.js"}
    assert all(each.startswith(f"{url}/_apigw2/") for each in asked)


def test_the_window_shows_when_the_server_is_gone(browser: Browser, local: LocalGateway) -> None:
    with local.serve() as url:
        page(browser, url)

    until(browser, lambda: text(browser, "live") == "disconnected")
    browser.get("about:blank")
    browser.get_log("browser")  # discards the errors about the stopped server
