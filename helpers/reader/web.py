"""Which address of an article may be a live link."""

from __future__ import annotations

from typing import Any

from helpers.wording import clean, is_missing


def web_address(url: Any) -> str:
    """The address where it is one of the web, else an empty text.

    >>> web_address("javascript:alert(1)"), web_address("https://example.org/a")
    ('', 'https://example.org/a')
    """
    if is_missing(url):
        return ""
    address = clean(url)
    return address if address.lower().startswith(("http://", "https://")) else ""
