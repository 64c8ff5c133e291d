"""Kinds of texts and pages that broke something, or might: one small file each."""

from __future__ import annotations

TITLE = "Ferry stays in port"
BODY = (
    "The night ferry to Skarre stayed in port on Monday, and Ida Roe, the harbour master, said "
    "that the crew would not sail in such a wind. “Nobody will be lost for a timetable,” she said."
)
TEXT = f"{TITLE}\n\n{BODY}\n"
ACCENTED = TEXT.replace("Skarre", "Skärre")


def _page(inside: str, head: str = "") -> str:
    return (
        f"<!DOCTYPE html><html><head><title>{TITLE}</title>{head}</head><body>"
        f"<article><h1>{TITLE}</h1><p>{BODY}</p>{inside}</article></body></html>"
    )


ENCODINGS: dict[str, bytes] = {
    "utf-8": ACCENTED.encode(),
    "utf-8 with a mark": ACCENTED.encode("utf-8-sig"),
    "two marks": b"\xef\xbb\xbf" * 2 + TEXT.encode(),
    "utf-16": ACCENTED.encode("utf-16"),
    "utf-16 without a mark": ACCENTED.encode("utf-16-le"),
    "utf-16, big end first": b"\xfe\xff" + ACCENTED.encode("utf-16-be"),
    "utf-16 cut in a letter": ACCENTED.encode("utf-16")[:-1],
    "utf-32": ACCENTED.encode("utf-32"),
    "utf-7": ACCENTED.encode("utf-7"),
    "cp1252": TEXT.encode("cp1252"),
    "latin 2": ACCENTED.replace("“", '"').replace("”", '"').encode("iso8859-2"),
    "mac roman": TEXT.encode("mac_roman"),
    "japanese": "灯台の船は月曜日に出港しなかった。".encode("shift_jis") * 20,
    "chinese": "渡轮星期一没有出港。".encode("gb18030") * 20,
    "russian": "Паром в понедельник не вышел.".encode("koi8-r") * 20,
    "utf-8 cut in a letter": (TEXT + "ä").encode()[:-1],
    "half of a pair": TEXT.encode() + b"\xed\xa0\x80",
    "longer than it need be": TEXT.encode() + b"\xc0\xaf\xe0\x80\xaf",
    "one byte that is none": TEXT.encode() + b"\xff",
    "one NUL": TEXT.encode() + b"\0",
    "many NULs": b"\0".join([TEXT.encode()[i : i + 9] for i in range(0, 200, 9)]),
    "all bytes": bytes(range(256)) * 8,
    "a mark and nothing": b"\xff\xfe",
}
TEXTS: dict[str, str] = {
    "letters as escapes": TEXT + "\\u201c" * 50_000 + "\\ud800 \\u0007 \\uZZZZ" * 50,
    "letters as in mails": TEXT + "=E2=80=9C" * 50_000 + "=E2=80=ZZ =FF" * 50,
    "misread twice": "Ã¢â‚¬Å“" * 20_000 + TEXT,
    "controls for marks": TEXT + "\x93" * 50_000,
    "ligatures": "ﬁ" * 100_000 + TEXT,
    "lines that are set aside": "+\n" * 60_000 + TEXT,
    "headings without end": "# x\n" * 40_000 + TEXT,
    "pages": "\f".join([TEXT] * 400) + "\f" * 100_000,
    "underlined lines": "x\n----\n" * 40_000 + TEXT,
    "labels of nothing": ("====\n\nTitle:\nSource:\nDate:\n\n" + TEXT + "\n\n") * 400,
    "numbers of documents": "1 of 9 DOCUMENTS\n" * 20_000 + TEXT,
    "ends of documents": "Body\nLoad-Date: x\nEnd of Document\n" * 5_000 + TEXT,
    "records of a press bank": "NewsBank " + ("w" * 80 + " (") * 5_000 + TEXT,
    "objects without end": '{"a":' * 50_000,
    "lists that open": "[" * 50_000 + '"',
    "buttons of a wall": "cookies: accept all, reject all " * 12,
    "a page in disguise": "<html>" + "<div>" * 20_000 + TEXT,
    "another format in disguise": "{\\rtf1" + "{" * 20_000,
    "nothing": "",
    "a letter": "x",
    "a line break": "\n",
    "blanks": " \t\u00a0\u2003\n" * 50,
    "signs without width": "\u200b\u200c\u200d\ufeff\u2060" * 50,
    "punctuation": "… — ?! ” “ ·\n" * 50,
    "marks of direction": "\u202e\u2066\u2069\u200f" * 50,
    "one long line": "ferry " * 20_000,
    "one long word": "x" * 60_000,
    "line breaks": "\n" * 20_000 + TEXT,
    "breaks of all kinds": "A\rB\r\nC\x0bD\x0cE\x85F\u2028G\u2029H\x1cI. " + TEXT,
    "old breaks": TEXT.replace("\n", "\r"),
    "escape sequences": "\x1b]0;x\x07\x1b[31mred\x1b[0m\x9b2J " + TEXT,
    "words turned around": "\u202etxet\u202c \u2067x\u2069 " + TEXT,
    "marks upon marks": "e" + "\u0301" * 5_000 + " " + TEXT,
    "faces of many parts": "👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿" * 300 + TEXT,
    "letters of private use": "\ue000\uf8ff\U000f0000" * 100 + TEXT,
    "no letter at all": "\ufffe\uffff\U0010ffff" * 10 + TEXT,
    "arabic": "قال الوزير إن العبارة بقيت في الميناء. " * 20,
    "numbers": "1.2.3 4,000 $5bn 60% 7:30 ½ ① " * 200,
    "marks that open": "“" * 3_000 + TEXT,
    "marks that close": "a” " * 2_000 + TEXT,
    "brackets": "([{" * 3_000 + TEXT,
    "reports in reports": "he said that " * 1_000,
    "reports in a row": "She said they left, he said.\n\n" * 300,
    "a formula": "=HYPERLINK(A1)\n\n" + TEXT,
    "a script": "<script>alert(1)</script>\n\n" + TEXT,
    "a template": "{{7*7}} {% x %} ${y} %(z)s $\\TeX$ `ls` <!--\n\n" + TEXT,
    "markdown": "# [x](javascript:alert(1)) ![y](z)\n\n" + TEXT,
    "front matter": "---\ntitle: No: yes\ndate: 2023-06-04\nid: 012\n---\n" + TEXT,
    "front matter that is not closed": "---\ntitle: x\n" + TEXT,
    "front matter alone": "---\ntitle: x\n---\n",
    "front matter of aliases": "---\na: &a [x]\nb: [*a]\ntitle: !!python/object:os\n---\n" + TEXT,
    "front matter twice": "---\ntitle: x\ntitle: y\n---\n---\ntitle: z\n---\n" + TEXT,
    "front matter of a thousand keys": "---\n" + "k: v\n" * 1_000 + "---\n" + TEXT,
    "front matter of one long line": "---\ntitle: " + "x" * 50_000 + "\n---\n" + TEXT,
    "a date beyond all": "---\ndate: 99999-99-99\n---\n" + TEXT,
    "an address that runs": "---\nurl: javascript:alert(1)\n---\n" + TEXT,
    "lines of dashes": "---\n" * 2_000 + TEXT,
    "a table in a text": "Title\tText\nx\t" + BODY + "\ny\n",
    "more than an article": "ferry " * 900_000,
}  # fmt: skip
PAGES: dict[str, str] = {
    "a page": _page(""),
    "no page": "",
    "a page of nothing": "<html></html>",
    "a page of text alone": BODY,
    "attributes without end": _page(f"<p {' '.join(f'a{i}=x' for i in range(20_000))}>y"
    ),
    "one long attribute": _page(f'<p title="{"x" * 200_000}">y</p>'),
    "quotation marks in a tag": _page("<p " + "'\"" * 30_000 + ">y</p>"),
    "tags in tags": _page("<div>" * 20_000 + "y"),
    "tags that only close": _page("</div>" * 20_000),
    "tables in tables": _page("<table><tr><td>" * 2_000 + "y"),
    "signs that open": _page("<" * 50_000),
    "entities": _page("&" * 50_000 + "&#x110000;&#0;&#xD800;&notanentity;"),
    "a comment that is not closed": _page("<!-- " + BODY),
    "comments": _page("<!--" * 20_000),
    "all that runs": _page(
        "<script>alert(1)</script><svg onload=alert(1)><iframe src=x></iframe><img src=x onerror=y>"
        "<a href='javascript:alert(1)'>x</a><style>@import 'x'</style><object data=x></object>"
    ),
    "a page that goes elsewhere": _page(
        "", "<meta http-equiv=refresh content='0;url=x'><base href=y>"
    ),
    "frames": "<html><frameset><frame src=x></frameset></html>",
    "plain text to the end": _page("<plaintext>" + BODY),
    "another encoding than it says": _page("", "<meta charset=zlib>"),
    "deep data": _page("", '<script type="application/ld+json">' + "[" * 9_000 + "</script>"),
    "data that say all": _page(
        "", '<script type="application/ld+json">{"@type":"NewsArticle","headline":"</h1><script>",'
        '"datePublished":"2023-13-45","author":[{"name":["x"]},5,null],"publisher":{"name":{}}}</script>'
    ),
    "meta of all kinds": _page("", "<meta property='og:title' content='=1+1'>" * 500),
    "two articles": _page("") + _page("").replace("Skarre", "Holm"),
    "a page of menus": "<html><body>" + "<li><a href=x>Home</a></li>" * 500 + "</body></html>",
    "an empty article": "<html><body><article></article></body></html>",
    "a cut page": _page("")[:150],
}  # fmt: skip
NAMES: dict[str, bytes] = {
    name: name.encode("utf-8", "surrogateescape") + b"\n\n" + TEXT.encode()
    for name in (
        "a\nb.txt", "caf\udce9.txt", "=cmd|x.txt", "-rf.txt", "..txt", "....txt", "a.txt.txt",
        "A.TXT", "no suffix", "Ledger, 4 June 2023", "  blanks  .txt", "con.txt", "a:b*c?.txt",
        "<b>x.txt", "\u202etxt.exe.txt", "\x1b[31mred.txt", "n" * 240 + ".txt", "ｆｕｌｌ.txt",
        "e\u0301.txt", "😀.txt", "'.txt", '".txt', "`id`.txt", "$(id).txt", "%2e%2e%2f.txt",
        "a\\b.txt", "~.txt", "~root.txt", "{x}.txt", "a#b.txt", "a.md", "a.unknown", ".hidden",
        "~$a.docx", "README.md", "a.jpg", "a.exe",
    )
}  # fmt: skip
"""Names of files, each with its name as its first line."""
