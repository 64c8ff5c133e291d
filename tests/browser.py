"""A headless Chromium over its debugging protocol, for tests of what a page does when it is drawn.

It needs a Chromium on the path and the package `websocket-client`, which Jupyter brings.
"""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chrome")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--remote-debugging-port=0",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--remote-allow-origins=*",
)  # fmt: skip
WAIT = 60
"""Seconds after which a browser that does not answer is given up."""


class Tab:
    """One page in a browser: what it said, asked for, and is."""

    def __init__(self, address: str) -> None:
        from websocket import create_connection

        self._socket = create_connection(address, timeout=WAIT)
        self._sent = 0
        self.said: list[str] = []
        """Errors in the console, and exceptions."""
        self.asked: list[str] = []
        """Addresses that were asked for beside the page's own file."""
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **given: Any) -> dict[str, Any]:
        """A command's result; what the page reports meanwhile is noted."""
        self._sent += 1
        self._socket.send(json.dumps({"id": self._sent, "method": method, "params": given}))
        while True:
            answer = json.loads(self._socket.recv())
            if answer.get("id") == self._sent:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                return dict(answer["result"])
            self._note(answer.get("method", ""), answer.get("params", {}))

    def _note(self, method: str, told: dict[str, Any]) -> None:
        if method == "Runtime.exceptionThrown":
            self.said.append(told["exceptionDetails"].get("exception", {}).get("description", "?"))
        elif method == "Log.entryAdded" and told["entry"]["level"] == "error":
            self.said.append(told["entry"]["text"])
        elif method == "Runtime.consoleAPICalled" and told["type"] == "error":
            self.said.append(str(told["args"]))
        elif method == "Network.requestWillBeSent":
            address = told["request"]["url"].partition("#")[0]
            if not address.startswith(("file:", "data:", "blob:")):
                self.asked.append(address)

    def open(self, page: Path, place: str = "", *, width: int = 1280, dark: bool = False) -> None:
        """A file, drawn at a width in light or dark colours; its load is waited for."""
        scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.call("Emulation.setEmulatedMedia", media="", features=scheme)
        self.resize(width)
        self.call("Page.navigate", url="about:blank")
        self.call("Page.navigate", url=page.as_uri() + place)
        self.until("document.readyState === 'complete' && location.protocol === 'file:'")

    def resize(self, width: int, height: int = 1000) -> None:
        """The window's size in CSS pixels."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.call("Emulation.setDeviceMetricsOverride", **size)

    def run(self, script: str) -> Any:
        """The value of an expression, of a promise what it comes to."""
        answer = self.call(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"]["exception"].get("description", "?"))
        return answer["result"].get("value")

    def until(self, condition: str) -> None:
        """Wait until an expression is true."""
        end = time.monotonic() + WAIT
        while not self.run(f"Boolean({condition})"):
            if time.monotonic() > end:
                raise TimeoutError(condition)
            time.sleep(0.05)

    def close(self) -> None:
        """No more is asked of the tab."""
        self._socket.close()

    def pdf(self) -> bytes:
        """The page as it prints on A4."""
        paper = {"paperWidth": 8.27, "paperHeight": 11.69, "preferCSSPageSize": True}
        return base64.b64decode(self.call("Page.printToPDF", printBackground=True, **paper)["data"])


@contextmanager
def tab(folder: Path) -> Iterator[Tab]:
    """A fresh browser's only tab; ``folder`` takes the browser's profile."""
    profile = folder / "profile"
    with subprocess.Popen(
        [str(CHROMIUM), *FLAGS, f"--user-data-dir={profile}", "about:blank"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as browser:
        try:
            port = _port(profile / "DevToolsActivePort")
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/json/list", timeout=WAIT) as told:
                pages = [each for each in json.load(told) if each["type"] == "page"]
            opened = Tab(pages[0]["webSocketDebuggerUrl"])
            try:
                yield opened
            finally:
                opened.close()
        finally:
            browser.terminate()


def _port(file: Path) -> int:
    end = time.monotonic() + WAIT
    while not (file.is_file() and file.read_text().strip()):
        if time.monotonic() > end:
            raise TimeoutError("the browser did not start")
        time.sleep(0.05)
    return int(file.read_text().split()[0])
