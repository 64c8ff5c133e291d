"""Kinds of tables of articles that broke something, or might, with the number of their rows."""

from __future__ import annotations

import io
import json
from typing import Any

import pyarrow as pa
from pyarrow import parquet
from texts import BODY, TEXT

ROW = BODY.replace(",", "").replace("\n", " ")
DAYS = "2023-06-04 1/2/2023 tomorrow 99999999 2023-02-30 -1 1e99 ٢٠٢٣".split()
CELLS = (5, None, True, [], {}, [TEXT], {"a": 1}, "")
CSV: dict[str, tuple[str | bytes, int | None]] = {
    "nothing": ("", 0),
    "a line break": ("\n", 0),
    "names alone": ("text,outlet\n", 0),
    "no texts": (f"title,url\n{ROW},x\n", None),
    "a table": (f"text,outlet\n{ROW},A\n{ROW} More.,B\n", 2),
    "a row of nothing": (f"text,outlet\n{ROW},A\n,\n{ROW} More.,B\n", 2),
    "a text of nothing": (f"text,outlet\n{ROW},A\n,B\n", 2),
    "a text of blanks": (f"text,outlet\n{ROW},A\n \u200b ,B\n?!,C\n", 3),
    "a comma behind": (f"text,outlet,\n{ROW},A,\n", 1),
    "empty cells too many": (f"text,outlet\n{ROW},A,,,\n", 1),
    "cells too many": (f"text,outlet\n{ROW},A\n{ROW},B,C,D\n", 2),
    "cells too few": (f"text,outlet,title\n{ROW}\n{ROW} More.,B\n", 2),
    "two texts": (f"text,text\n{ROW},{ROW} More.\n", 1),
    "text and Text": (f"text,Text\n,{ROW}\n{ROW},x\n", 2),
    "names of nothing": (f"text,,\n{ROW},x,y\n", 1),
    "names of ours": (f"text,doc_id,sha256,n_words,file,#\n{ROW},x,y,-1,z,1\n", 1),
    "ids that are one": (f"id,text\nx,{ROW}\nx,{ROW} More.\n", 2),
    "ids that lead out": (f"id,text\n../../x,{ROW}\n/etc/x,{ROW} More.\n=1,{ROW} Less.\n", 3),
    "rows that are one": (f"text\n{ROW}\n{ROW}\n{ROW}\n", 3),
    "a mark that stays open": (
        f'text,outlet,title\n"{ROW},A,x\n{ROW} More.,B,y\n{ROW} Less.,C,z\n', 3),
    "a mark at the end": (f'text,outlet\n{ROW},A\n{ROW} More.,"B\n', 2),
    "a mark in the middle": (f'text,outlet\n{ROW} "so" she said,A\n{ROW},B\n', 2),
    "a mark behind a mark": (f'text,outlet\n"{ROW}"x,A\n{ROW},B\n', 2),
    "a cell of lines": (f'text,outlet\n"{ROW}\n\nMore.\n",A\n{ROW},B\n', 2),
    "old breaks": (f"text,outlet\r{ROW},A\r{ROW} More.,B\r", None),
    "mixed breaks": (f"text,outlet\r\n{ROW},A\n{ROW} More.,B\r\n", 2),
    "tabs": (f"text\toutlet\n{ROW}\tA\n", 1),
    "semicolons": (f"text;outlet\n{ROW};A\n", 1),
    "bars": (f"text|outlet\n{ROW}|A\n", 1),
    "a line that says how": (f"sep=;\ntext;outlet\n{ROW};A\n", 1),
    "a line that says nothing": ("sep=", None),
    "utf-16": (f"text,outlet\n{ROW},A\n".encode("utf-16"), 1),
    "one odd byte": (f"text,outlet\n{ROW},A\n".encode() + b"caf\xe9 " + ROW.encode() + b",B\n", 2),
    "one NUL": (f"text,outlet\n{ROW * 9},A\n{ROW * 9}\0,B\n", 2),
    "one NUL of few bytes": (f"text,outlet\n{ROW},A\n{ROW}\0,B\n", 2),
    "NULs": (b"text,outlet\n" + b"a\0" * 500 + b"\n", None),
    "a cell beyond all": (f"text,outlet\n{'x' * 5_000_001},A\n{ROW},B\n", 2),
    "a thousand columns": ("text," + ",".join(f"c{i}" for i in range(1_000)) + f"\n{ROW}\n", 1),
    "a name of one long word": (f"text,{'x' * 20_000}\n{ROW},y\n", 1),
    "formulas": (f"text,outlet,=x\n{ROW},@SUM(1),+1\n", 1),
    "pages in cells": (f"text,outlet\n<p>{ROW}</p><script>x</script>,A\n", 1),
    "attributes in cells": ("text\n<p " + "a=b " * 5_000 + f">{ROW}</p>\n", 1),
    "days of all kinds": (
        "text,published\n" + "".join(f"{ROW} {i},{day}\n" for i, day in enumerate(DAYS)), 8),
    "escape sequences": (f"text,title\n{ROW},\x1b[31mred\x07\n", 1),
}  # fmt: skip
RECORD = {"text": TEXT, "outlet": "A"}
JSON: dict[str, tuple[str | bytes, int | None]] = {
    "nothing": ("", 0),
    "null": ("null", None),
    "a number": ("5", None),
    "a text": (json.dumps(TEXT), None),
    "an empty list": ("[]", 0),
    "an empty object": ("{}", None),
    "one article": (json.dumps(RECORD), 1),
    "articles": (json.dumps([RECORD, RECORD]), 2),
    "a list of lists": (json.dumps([[TEXT], [TEXT]]), None),
    "a list of texts": (json.dumps([TEXT, TEXT]), None),
    "a list of all": (json.dumps([RECORD, 5, None, "x", [], {}, {"text": None}]), 7),
    "texts of all kinds": (json.dumps([{"text": cell} for cell in CELLS]), 8),
    "lists without end": ("[" * 100_000, None),
    "objects without end": ('{"a":' * 50_000, None),
    "a deep cell": (f'[{{"text": {json.dumps(TEXT)}, "x": {"[" * 400}{"]" * 400}}}]', 1),
    "half of a pair": ('[{"text": "' + ROW + ' \\ud800"}]', 1),
    "not a number": (f'[{{"text": {json.dumps(TEXT)}, "x": NaN, "y": Infinity}}]', 1),
    "digits without end": (f'[{{"text": {json.dumps(TEXT)}, "x": {"9" * 6_000}}}]', None),
    "one key twice": (f'{{"text": "x", "text": {json.dumps(TEXT)}}}', 1),
    "keys of all kinds": (json.dumps([{**RECORD, "__proto__": 1, "": 2, "=x": 3, "\u202e": 4}]), 1),
    "a comma too many": (json.dumps([RECORD])[:-1] + ",]", None),
    "objects by their names": (json.dumps({str(i): RECORD for i in range(500)}), 500),
    "columns of two lengths": (json.dumps({"text": [ROW, ROW], "title": ["a"]}), 1),
    "cells by columns": (
        json.dumps({"columns": ["text", "text", None], "data": [[ROW, 1], [], [ROW] * 4]}), 3),
    "lists in lists": (json.dumps({"a": [{"b": [{"c": [RECORD]}]}]}), None),
    "objects in objects": (
        json.dumps({f"k{i}": {f"m{j}": [{"x": 1}] for j in range(20)} for i in range(200)}), None),
    "days as seconds": (
        json.dumps([RECORD | {"date": d} for d in (1_699_228_800, -5, 10**20, True, 1.7e9)]), 5),
    "a cut file": (json.dumps([RECORD, RECORD])[:-30], None),
    "comments": ("// x\n" + json.dumps([RECORD]), None),
    "a mark before it": (b"\xef\xbb\xbf" + json.dumps([RECORD]).encode(), 1),
    "utf-16": (json.dumps([RECORD]).encode("utf-16"), 1),
    "bytes": (bytes(range(256)), None),
}  # fmt: skip
LINES: dict[str, tuple[str | bytes, int | None]] = {
    "nothing": ("", 0),
    "blank lines": ("\n\n \n", 0),
    "articles": (f"{json.dumps(RECORD)}\n\n{json.dumps(RECORD)}\n", 2),
    "a line that is none": (f"{json.dumps(RECORD)}\nnot json\n{json.dumps(RECORD)}\n", 3),
    "a line that is cut": (f"{json.dumps(RECORD)}\n{json.dumps(RECORD)[:-5]}", 2),
    "lists as lines": ("[]\n[1]\n" + json.dumps(RECORD) + "\n", 3),
    "a line without end": ("[" * 100_000 + "\n" + json.dumps(RECORD) + "\n", 2),
    "digits without end": (f'{{"text": "x", "y": {"9" * 6_000}}}\n{json.dumps(RECORD)}\n', 2),
    "objects in a row": (json.dumps(RECORD) * 2, 2),
    "an odd byte": (
        json.dumps(RECORD).encode() + b'\n{"text": "caf\xe9 ' + ROW.encode() + b'"}\n', 2),
}  # fmt: skip


def _parquet(**columns: Any) -> bytes:
    made = io.BytesIO()
    parquet.write_table(pa.table(columns), made)
    return made.getvalue()


def _two() -> bytes:
    made = io.BytesIO()
    parquet.write_table(pa.Table.from_arrays([pa.array([TEXT])] * 2, names=["text", "text"]), made)
    return made.getvalue()


_FAR = 2**60
_WHEN, _SPAN = pa.timestamp("us"), pa.duration("us")
_PAIRS = pa.map_(pa.string(), pa.int64())
PARQUET: dict[str, tuple[bytes, int | None]] = {
    "nothing": (b"", None),
    "not even one": (b"PAR1" * 20, None),
    "a cut file": (_parquet(text=[TEXT])[:-20], None),
    "no rows": (_parquet(text=pa.array([], pa.string())), 0),
    "no texts": (_parquet(x=[1]), None),
    "nulls": (_parquet(text=pa.array([None, TEXT])), 2),
    "a text of numbers": (_parquet(text=[5]), 1),
    "a text of bytes": (_parquet(text=[TEXT.encode(), b"caf\xe9 " + TEXT.encode(), b"\0" * 40]), 3),
    "a text in parts": (_parquet(text=[[TEXT, "More."]]), 1),
    "parts that are bytes": (_parquet(text=[[TEXT.encode()]]), 1),
    "a text with a structure": (_parquet(text=[{"a": TEXT}]), 1),
    "two texts": (_two(), 1),
    "a day beyond all": (_parquet(text=[TEXT], published=pa.array([_FAR], _WHEN)), 1),
    "a day of milliseconds": (_parquet(text=[TEXT], published=pa.array([_FAR], pa.date64())), 1),
    "days in a list": (_parquet(text=[TEXT], x=pa.array([[_FAR]], pa.list_(_WHEN))), 1),
    "days in a structure": (
        _parquet(text=[TEXT], x=pa.array([{"a": _FAR}], pa.struct([("a", _WHEN)]))), 1),
    "a span of time": (_parquet(text=[TEXT], published=pa.array([_FAR], _SPAN)), 1),
    "a time beyond the day": (
        _parquet(text=[TEXT], published=pa.array([_FAR], pa.time64("us"))), 1),
    "a map": (_parquet(text=[TEXT], x=pa.array([[("a", 1)]], _PAIRS)), 1),
    "a long number": (_parquet(text=[TEXT], x=pa.array([1], pa.decimal128(38, 2))), 1),
    "categories": (_parquet(text=pa.array([TEXT, TEXT]).dictionary_encode()), 2),
}  # fmt: skip
