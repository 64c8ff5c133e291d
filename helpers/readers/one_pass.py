"""XML of others read in one pass that keeps no tree, and never a document type.

A document type could name entities that unfold without end or files of the machine.
"""

from __future__ import annotations

from typing import IO, Protocol
from xml.parsers import expat

from helpers.readers.document import Unreadable


class Handler(Protocol):
    """What reads the XML as it passes; names come as their namespace, a blank, and the name."""

    def _start(self, tag: str, attributes: dict[str, str]) -> None: ...
    def _end(self, tag: str) -> None: ...
    def _characters(self, text: str) -> None: ...


def parse(handler: Handler, file: IO[bytes], *, what: str, remedy: str) -> None:
    """Hand the file's elements and text to a handler; raises `Unreadable` at a document type."""

    def refuse(*_: object) -> None:
        raise Unreadable(f"{what} with a document type", remedy)

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = handler._start
    parser.EndElementHandler = handler._end
    parser.CharacterDataHandler = handler._characters
    parser.StartDoctypeDeclHandler = refuse
    parser.buffer_text = True
    parser.ParseFile(file)
