"""The root of all errors whose message is written for the user."""

import textwrap

WIDTH = 100
"""Characters of a line in a notebook."""


def in_a_line(error: BaseException, most: int = 200) -> str:
    """The kind of an error and the first line of what it says.

    >>> in_a_line(KeyError("a"))
    "KeyError: 'a'"
    """
    return f"{type(error).__name__}: {error}".partition("\n")[0][:most]


class ParallaxError(ValueError):
    """Something cannot be done; the message says in one sentence why, and what to do."""

    def _render_traceback_(self) -> list[str]:
        """What IPython shows in the place of a traceback: the message, which says what to do."""
        lines = str(self).splitlines() or [type(self).__name__]
        return [part for line in lines for part in textwrap.wrap(line, WIDTH) or [""]]
