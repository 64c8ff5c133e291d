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
_BUTTONS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"accept (?:all|cookies|and)\b|\baccept\W+reject|alle akzeptieren|zustimmen"
        r"|tout accepter|accepter et|aceptar (?:todo|y)",
        r"reject all|\brefuse\b|\bdecline\b|alle ablehnen|tout refuser|continuer sans|rechazar",
        r"(?:manage|more) (?:options|preferences|settings|choices)"
        r"|einstellungen|paramétrer|configurar",
        r"(?:cookie|privacy) (?:policy|notice|statement)|datenschutz|confidentialité|privacidad",
        r"(?:we|our partners|sites?) uses? cookies|verwenden cookies|utilisons des cookies"
        r"|utilizamos cookies",
    )
)
"""What stands on a wall that asks for cookies: one pattern a button."""
FEWEST, BRIEF = 150, 80
"""A wall of buttons, and a page of an error, have no more words."""
_NO_PAGE = re.compile(
    r"enable java ?script|verify (?:that )?you(?:’|'| a)re (?:a )?human|are you a robot"
    r"|unusual traffic from your|permission to access this|checking your browser"
    r"|completing the captcha|\b404\b.{0,20}(?:not found|error)|page you(?:’|'| a)re looking for",
    re.IGNORECASE | re.DOTALL,
)
_PAYMENT = re.compile(
    r"\b(?:for|to) (?:our |paying )?(?:subscribers|members) only|subscribers?[- ]only"
    r"|already a (?:subscriber|member)\b"
    r"|(?:subscri(?:be|ption)|register|sign up|log ?in|sign in|an account)\b.{0,40} to"
    r" (?:keep|continue|start|unlock|finish)\b"
    r"|to (?:keep|continue) reading\b|(?:continue|keep) reading with\b"
    r"|to read the (?:full|whole|entire|rest)|read the (?:full|whole|entire) (?:article|story) with"
    r"|\bfree (?:articles?|stories) (?:left|remaining|this)|limit of free (?:articles|stories)"
    r"|unlock (?:this|the (?:full|rest|whole)|full) (?:\w+ )?(?:article|story|access|content)"
    r"|exclusive(?:ly)? (?:to|for) (?:\w+ )?(?:subscribers|members)|start your free trial"
    r"|(?:rest|remainder) of this (?:article|story|report) is\b"
    r"|log ?in or subscribe|subscribe or (?:log|sign) ?in|unlock this (?:article|story)"
    r"|(?:log ?in|sign in|subscribe|register) to read (?:on|more|the)\b",
    re.IGNORECASE,
)


_CUES = ("privacy", "cookie", "your consent", "geolocation", "personal data", "on a device",
         "ized ads", "ised ads", "subscri", "member", "to read", "reading", "free article",
         "free stor", "unlock", "free trial", "this article", "this story", "full story",
         "full article", "java", "human", "robot", "your computer", "404", "your browser",
         "captcha", "permission to", "page you", "this report")  # fmt: skip
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
    words = len(text.split())
    if words > LONGEST:  # first, because most articles end here
        return None
    lower = text.lower()
    if not any(cue in lower for cue in _CUES):
        return None
    asked = {match[0].lower() for match in _CONSENT.finditer(text)}
    buttons = sum(1 for button in _BUTTONS if button.search(lower)) if "cookie" in lower else 0
    if words <= BRIEF and _NO_PAGE.search(text):
        return Wall(
            Doubt("a page of an error, or a check for robots, and no article",
                  "left out; open the article's page and save it"),
            article=False,
        )  # fmt: skip
    if len(asked) >= 2 or (buttons >= 2 and words <= FEWEST):
        return Wall(
            Doubt("asks for consent, and is no article", "left out; agree, and save the page"),
            article=False,
        )
    if not _PAYMENT.search(text):
        return None
    return Wall(
        Doubt(
            "ends at a paywall: only the article's beginning is there",
            "counted as far as it goes; log in, and save the page again",
        ),
        article=True,
    )
