"""Small files of office programs for tests, written part by part."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word(paragraphs: Sequence[str]) -> bytes:
    """A Word file of these paragraphs."""
    return word_of("".join(f"<w:p><w:r><w:t>{escape(p)}</w:t></w:r></w:p>" for p in paragraphs))


def rich(paragraphs: Sequence[str]) -> bytes:
    """A rich text of these paragraphs."""
    coded = (
        "".join(c if c.isascii() else f"\\u{ord(c)}?" for c in text.replace("\\", "\\\\"))
        for text in paragraphs
    )
    lines = "".join(f"{text}\\par\n" for text in coded)
    return f"{{\\rtf1\\ansi{{\\fonttbl{{\\f0 Arial;}}}}\n{lines}}}".encode()


def word_of(body: str, parts: Mapping[str, str] | None = None) -> bytes:
    """A Word file with this XML as its body, and further parts of it by their names."""
    names = (
        f'xmlns:w="{W}" xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in {"document": f"<w:body>{body}</w:body>", **(parts or {})}.items():
            made.writestr(f"word/{name}.xml", f"<w:{name} {names}>{content}</w:{name}>")
    return file.getvalue()


def pdf(pages: Sequence[Sequence[str]]) -> bytes:
    """A PDF with these lines on its pages."""
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", font]
    kids = []
    for lines in pages:
        drawn = b"BT /F1 9 Tf 40 800 Td 11 TL\n"
        for line in lines:
            text = line.encode("cp1252").replace(b"\\", b"\\\\")
            drawn += b"(" + text.replace(b"(", b"\\(").replace(b")", b"\\)") + b") Tj T*\n"
        drawn += b"ET"
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn))
        objects.append(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 842]/Contents %d 0 R"
                       b"/Resources<</Font<</F1 3 0 R>>>>>>" % len(objects))  # fmt: skip
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (b" ".join(kids), len(kids))
    made, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return made + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF"
        % (len(objects) + 1, table, len(objects) + 1, len(made))
    )
