"""Chromium as the tests drive it: on loopback, with axe, screenshots, and an ear for what the page complains of."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Response

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
SCREENSHOTS = Path(__file__).parents[2] / "test-results"
ON_LOOPBACK = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def launch_arguments() -> dict[str, object]:
    """Debian's Chromium where there is one, otherwise the browser tool's own; root's Chromium needs no sandbox."""
    arguments: dict[str, object] = {"args": [ON_LOOPBACK, *(["--no-sandbox"] if os.geteuid() == 0 else [])]}
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    return arguments | ({"executable_path": found} if found else {})


class Complaints(list[str]):
    """Errors a page wrote to its console, and what its content security policy stopped.

    The console's own line about a page that answered 403 or 404 is none: the test that asked for the page knows.
    """

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._pages: set[str] = set()
        page.on("response", self._answered)
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.append(f"script failed: {error}"))
        page.add_init_script(
            "document.addEventListener('securitypolicyviolation', e =>"
            " console.error(`policy violated: ${e.violatedDirective} ${e.blockedURI} ${e.sourceFile}`))"
        )

    def _answered(self, response: Response) -> None:
        if response.request.is_navigation_request():
            self._pages.add(response.url)

    def _said(self, message: ConsoleMessage) -> None:
        about = message.location.get("url", "")
        if message.type == "error" and not (message.text.startswith("Failed to load") and about in self._pages):
            self.append(f"{message.text} ({about})")


def violations(page: Page) -> list[str]:
    """What axe finds wrong, one line for each, with the elements."""
    found = Axe().run(page, options={"runOnly": STANDARDS, "resultTypes": ["violations"]}).response["violations"]
    return [
        f"{each['id']} ({each['impact']}): {each['help']}: {[' '.join(node['target']) for node in each['nodes']]}"
        for each in found
    ]


def screenshots(page: Page, name: str) -> None:
    """Write NAME-1280.png and NAME-320.png, and refuse a page that scrolls sideways at 320."""
    SCREENSHOTS.mkdir(exist_ok=True)
    before = page.viewport_size
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.screenshot(path=SCREENSHOTS / f"{name}-{size['width']}.png", full_page=True)
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert overflow <= 0, f"{name} is {overflow} px too wide at {size['width']}"
    page.set_viewport_size(before or WIDE)  # type: ignore[arg-type]
