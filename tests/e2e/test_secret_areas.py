"""What is secret is not in what the browser is sent; the map says why; every figure is made up."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, Response, WebSocket, expect

from tests.city.test_disclosure_loading import PARTNER, RULE, SMALL, write
from tests.e2e.answers import wait_settled
from tests.e2e.harness import Server, serve_app, wait_painted

SHOWN = 20_000
VIEW = "/?thema=Bevölkerung&indikator=Bevölkerung&ebene=Stadtbezirke&stichtag=2031-12-31"


@pytest.fixture(scope="module")
def server(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = write(tmp_path_factory.mktemp("secret") / "city", protection=RULE)
    with serve_app(folder) as served:
        served.wait()
        yield served


def holds(content: bytes, number: int) -> bool:
    """Say whether bytes hold a number as text, written German or plain, or as a binary number."""
    german = f"{number:,}".replace(",", ".")
    texts = {str(number), german, german.replace(".", "\u202f")}
    # Not within the hexadecimal digits of an identifier.
    every = b"|".join(re.escape(text.encode()) for text in texts)
    written = rb"(?<![0-9a-f-])(?:" + every + rb")(?![0-9a-f-])"
    packed = [struct.pack("<d", number), struct.pack("<q", number), struct.pack("<f", number)]
    return bool(re.search(written, content)) or any(each in content for each in packed)


def test_hover_and_focus_say_why_and_no_payload_holds_the_value(
    server: Server, page: Page, hear: Callable[..., None]
) -> None:
    sent: list[bytes] = []

    def listen(socket: WebSocket) -> None:
        socket.on(
            "framereceived",
            lambda frame: sent.append(frame if isinstance(frame, bytes) else frame.encode()),
        )

    answers: list[Response] = []
    hear("websocket", listen)
    hear("response", lambda response: answers.append(response))  # noqa: PLW0108
    with page.expect_response(lambda response: "/werte/" in response.url) as ahead:
        page.goto(server.url + VIEW)
    ahead.value.finished()
    wait_painted(page)
    area = page.locator('.area[data-id="01"]')
    expect(area).to_have_attribute("aria-label", re.compile("geheim gehalten"))
    wait_settled(page)
    area.hover(force=True)
    tip = page.locator(".area-map .tooltip")
    expect(tip).to_contain_text("geheim gehalten")
    page.mouse.move(0, 0)
    expect(tip).to_be_hidden()
    area.focus()
    expect(tip).to_contain_text("geheim gehalten")
    page.keyboard.press("Enter")
    expect(page.locator(".area-map .card")).to_contain_text("geheim gehalten")
    wait_settled(page)
    said = page.evaluate(
        "() => [document, ...[...document.querySelectorAll('*')].map((e) => e.shadowRoot)]"
        ".filter(Boolean).map((root) => (root.body ?? root).textContent).join(' ')"
    )
    for name in ("Stadtteilprofil", "Veränderung", "Daten"):
        page.get_by_role("link", name=name, exact=True).first.click()
        expect(page).to_have_title(f"{name} – Düsseldorf in Zahlen")
        wait_settled(page)
    sent += [answer.body() for answer in answers if "/werte/" in answer.url]
    sent.append(said.encode())
    everything = b"\n".join(sent)
    assert holds(everything, SHOWN), "the test looks in the wrong place"
    for secret in (SMALL, SMALL + 1, PARTNER):
        assert not holds(everything, secret), secret
