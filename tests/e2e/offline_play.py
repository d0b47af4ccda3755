"""Play every shipped sequence where there is no network but loopback; run by unshare --net.

Prints what was shown as JSON: hosts asked, interfaces, and how many slides were seen.
"""

import fcntl
import json
import socket
import struct
import sys
from urllib.parse import urlsplit

from playwright.sync_api import Error, Page, sync_playwright

from inteso_dash.city.compiled import open_city
from inteso_dash.pages import slides
from inteso_dash.views.sequences import shipped
from tests.e2e.harness import START_SECONDS, launch, serve_app
from tests.paths import ROOT

GET_FLAGS, SET_FLAGS, UP = 0x8913, 0x8914, 0x1
FIGURES = ".st-key-folie_bild :is([data-complete], .js-plotly-plot .main-svg, table)"


def loopback_up() -> None:
    """Do what `ip link set lo up` does."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        request = struct.pack("16sh", b"lo", 0)
        (flags,) = struct.unpack("16xh", fcntl.ioctl(control, GET_FLAGS, request)[:18])
        fcntl.ioctl(control, SET_FLAGS, struct.pack("16sh", b"lo", flags | UP))


def reachable() -> bool:
    """Say whether a packet could leave: the kernel refuses where there is no route."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return False
    return True


def play(page: Page, url: str, name: str, headlines: list[str]) -> None:
    """Play one sequence from its first slide to its last with the clicker's key."""
    page.goto(f"{url}/runder_tisch?folge={name}&vorfuehren=1")
    for place, headline in enumerate(headlines, 1):
        page.get_by_label(f"Folie {place} von {len(headlines)}").wait_for()
        page.locator("h1").filter(has_text=headline).wait_for()
        page.locator(FIGURES).first.wait_for(state="attached")
        page.keyboard.press("PageDown")


def main(chromium: str) -> None:
    """Serve, open and play without a network."""
    loopback_up()
    city = open_city(ROOT)
    said = {
        name: [slides.show(city, slide).headline for slide in sequence.slides]
        for name, sequence in shipped(ROOT, city.catalogue)[0].items()
    }
    hosts: set[str] = set()
    errors: list[str] = []
    with serve_app() as server, sync_playwright() as playwright:
        server.wait()
        browser = launch(playwright, chromium)
        page = browser.new_page(viewport={"width": 1920, "height": 1080}, locale="de-DE")
        page.set_default_timeout(START_SECONDS * 1000)
        page.on("request", lambda asked: hosts.add(urlsplit(asked.url).hostname or "127.0.0.1"))
        page.on("websocket", lambda asked: hosts.add(urlsplit(asked.url).hostname or ""))
        page.on("requestfailed", lambda asked: errors.append(asked.url))
        page.on("pageerror", lambda error: errors.append(str(error)))
        for name, headlines in said.items():
            try:
                play(page, server.url, name, headlines)
            except Error:
                print(server.log.read_text(errors="replace"), file=sys.stderr)
                raise
        browser.close()
    found = {
        "reachable": reachable(),
        "interfaces": [name for _, name in socket.if_nameindex()],
        "hosts": sorted(hosts),
        "errors": errors,
        "played": {name: len(headlines) for name, headlines in said.items()},
    }
    print(json.dumps(found, ensure_ascii=False))


if __name__ == "__main__":
    main(sys.argv[1])
