"""The rules of WCAG 2.2 AA that a machine can check, and what on a page breaks them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.e2e.answers import wait_settled

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
OF_COLOURS = ("color-contrast", "link-in-text-block")
BACKGROUND = "() => getComputedStyle(document.querySelector('.stApp')).backgroundColor"


def broken(page: Page, rules: Sequence[str] = ()) -> str:
    """Name the rules that a page breaks, and the first places of each: of some rules, or of all.

    What is in order is not listed place by place: on a map that takes longer than the check.
    """
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": TAGS}
    asked = {"runOnly": only, "resultTypes": ["violations"]}
    found = Axe().run(page, options=asked).response["violations"]
    return "\n".join(_written(each) for each in found)


def change_theme(page: Page, scheme: Literal["light", "dark"]) -> None:
    """Turn the light and go on when the page has followed."""
    before = page.evaluate(BACKGROUND)
    page.emulate_media(color_scheme=scheme)
    page.wait_for_function(f"before => ({BACKGROUND})() !== before", arg=before)
    wait_settled(page)
    page.evaluate("new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)))")


def _written(violation: dict[str, Any]) -> str:
    places = "; ".join(f"{node['target']} {node['html'][:160]}" for node in violation["nodes"][:3])
    return f"{violation['id']}: {violation['help']}: {places}"
