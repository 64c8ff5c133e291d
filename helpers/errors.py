"""The root of all errors whose message is written for the user."""


class ParallaxError(ValueError):
    """Something cannot be done; the message says in one sentence why, and what to do."""
