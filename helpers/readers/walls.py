"""Pages that hold no article, or only its beginning: walls of consent and of payment."""

from __future__ import annotations

import re
from typing import NamedTuple

from helpers.readers.document import Doubt

LONGEST = 400
"""A text with more words is an article, whatever is said in it of cookies and subscriptions."""
_CONSENT = re.compile(
    r"(?:value|respect|care about) your privacy|access information on a device"
    r"|accept (?:all )?cookies|(?:cookie|privacy) (?:settings|preferences|choices)"
    r"|process(?:ing of)? (?:your )?personal data|precise geolocation|withdraw your consent"
    r"|personali[sz]ed ads",
    re.IGNORECASE,
)
_PAYMENT = re.compile(
    r"\b(?:for|to) subscribers only|subscribers?[- ]only|already a (?:subscriber|member)\b"
    r"|(?:subscribe|register|sign up|log ?in|sign in)\b.{0,30} to (?:keep|continue|start) reading"
    r"|to (?:keep|continue) reading this (?:article|story)|\bfree articles? (?:left|remaining)"
    r"|(?:log ?in|sign in|subscribe|register) to read (?:on|more|the)\b",
    re.IGNORECASE,
)


_CUES = ("privacy", "cookie", "your consent", "geolocation", "personal data", "on a device",
         "ized ads", "ised ads", "subscribe", "already a member", "to read", "reading",
         "free article")  # fmt: skip
"""Of these one at least is in whatever the patterns find: looking for them is quick."""


class Wall(NamedTuple):
    """What stands before an article: a doubt, and whether there is anything of the article."""

    doubt: Doubt
    article: bool


def wall(text: str) -> Wall | None:
    """The wall that a short text is, or ends at; None for any other text.

    >>> wall("They left. Already a subscriber? Log in.").article
    True
    >>> wall("Cookies were sold at the fair; she will accept cookies only.") is None
    True
    """
    text = text[:20_000]
    if len(text.split()) > LONGEST:  # first, because most articles end here
        return None
    lower = text.lower()
    if not any(cue in lower for cue in _CUES):
        return None
    asked = {match[0].lower() for match in _CONSENT.finditer(text)}
    paid = _PAYMENT.search(text)
    if len(asked) < 2 and not paid:
        return None
    if len(asked) >= 2:
        return Wall(
            Doubt("asks for consent, and is no article", "left out; agree, and save the page"),
            article=False,
        )
    return Wall(
        Doubt(
            "ends at a paywall: only the article's beginning is there",
            "counted as far as it goes; log in, and save the page again",
        ),
        article=True,
    )
