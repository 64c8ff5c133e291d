"""Sentences, paragraphs, parts and tokens keep their offsets and cut where a reader would."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import layout, schema, segment


def article(text: str, **more: str) -> pd.DataFrame:
    return schema.make("articles", [{"doc_id": "a", "text": text, "n_words": 1, **more}])


def cut(paragraph: str) -> list[str]:
    return [paragraph[a:b] for a, b in segment.sentence_spans(paragraph, 0, len(paragraph))]


@pytest.mark.parametrize(
    "parts",
    [
        ["The U.S. Senate met.", "It left at 9 a.m. Monday."],
        ["He moved to the U.S.", "The children stayed."],
        ["Mr. Hale and Mrs. Orr of St. Ives called Gen. J. R. Pike.", "Nobody answered."],
        ["They met on Sept. 24 in New York.", "Talks failed."],
        ["It was Plan B.", "The minister had no other."],
        ["The port named Joseph I. Hale its pilot.", "So did Orr and I.", "Nobody else did."],
        ["“We are done.”", "The room fell silent."],
        ['"We are done." She left.'.split(" She")[0], "She left."],
        ["“Really?” Hale asked.", "No one spoke."],
        ["“Do you remember?”", "He added: “I do.”"],
        ["He paused … and went on.", "Then he left."],
        ["“First, the deal ... meaning the whole deal,” she said.", "He nodded."],
        ["Was it over?", "Perhaps!", "Nobody knew."],
        ["The firm, Orr & Sons Inc., paid $1.5 million.", "It had 3.2 million."],
        ["The visit (his first since 2015.) ended.", "He flew home."],
        ["She said no.", "\u00a0He\u00a0said yes.".strip("\u00a0")],
        ["He met Ph.D. students.", "They asked about No. 10 and Art. 5 of the pact."],
        ["We left at 5 p.m.", "They came later."],
        ["The talks ended.", "[The text was later withdrawn.]"],
        ["It ended.", "3,000 people left."],
        ["He called the U.S. “a friend.”", "She did not."],
        ["They left the U.S.", "“We had to,” she said."],
        ["He wrote to www.example.org/a.B and got no reply.", "So it goes."],
    ],
)
def test_sentences_end_where_a_reader_ends_them(parts: list[str]) -> None:
    assert cut(" ".join(parts)) == parts


@pytest.mark.xfail(strict=True, reason="a lower-case brand at the start of a sentence is not seen")
def test_lower_case_brand_opens_a_sentence() -> None:
    assert len(cut("The price fell. iPhone sales rose.")) == 2


@pytest.mark.xfail(strict=True, reason="without a mark or a capital nothing tells the cut")
def test_missing_full_stop() -> None:
    assert len(cut("The price fell Nobody bought.")) == 2


@pytest.mark.parametrize("end", ["failed.", "fell in 2030.", "held?"])
def test_a_mark_that_stayed_behind_belongs_to_the_sentence_that_it_opens(end: str) -> None:
    said = ['" It was never close," Hale said.', '"Never."']
    assert cut(f"The talks {end}{' '.join(said)}") == [f"The talks {end}", *said]


def test_glued_sentences_are_cut() -> None:
    assert cut("The talks ended.Nobody stayed.") == ["The talks ended.", "Nobody stayed."]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Hale didn't call.", ["Hale", "did", "n't", "call", "."]),
        ("Orr’s plan can’t hold", ["Orr", "’s", "plan", "ca", "n’t", "hold"]),
        ("U.S.-backed talks", ["U.S.", "-", "backed", "talks"]),
        ("“No,” he said.", ["“", "No", ",", "”", "he", "said", "."]),
        ("$1.5 million, 20%", ["$", "1.5", "million", ",", "20", "%"]),
        ("at 9 a.m. ET", ["at", "9", "a.m.", "ET"]),
        ("O'Brien's well-known AT&T", ["O'Brien", "'s", "well-known", "AT&T"]),
        ("al-Hadi met Mr. Orr", ["al-Hadi", "met", "Mr.", "Orr"]),
        (
            "Orr, R-N.Y., and Hale, D-Calif.",
            ["Orr", ",", "R-N.Y.", ",", "and", "Hale", ",", "D-Calif."],
        ),
        ("@hale #deal https://a.org/b?c=1", ["@hale", "#deal", "https://a.org/b?c=1"]),
        ("wait ... what…", ["wait", "...", "what", "…"]),
        ("two\u00a0words", ["two", "words"]),
        ("cannot", ["can", "not"]),
        ("the ministers' plan", ["the", "ministers", "'", "plan"]),
    ],
)
def test_tokens(text: str, words: list[str]) -> None:
    assert [text[a:b] for a, b in segment.tokenize(text)] == words


TEXTS = st.text(
    st.one_of(
        st.sampled_from(list("aZ Tb.,!?\"'“”’‘…()[]-–—#*>\n\r\t\xa0\u2028é中1$@")),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=300,
)


@given(TEXTS)
def test_every_span_is_a_piece_of_the_text_in_order_and_nothing_is_lost(text: str) -> None:
    frame = article(text)
    found = segment.sentences(frame)
    schema.check_table("sentences", found, articles=frame)
    spans = list(zip(found["start"], found["end"], strict=True))
    assert all(b <= c for (_, b), (c, _) in pairwise(spans))
    from helpers.readers.front_matter import body_start

    begin = body_start(text)
    inside = sum(sum(c.isalnum() for c in text[a:b]) for a, b in spans if a >= begin)
    body = text[begin:]
    # Only the number of a numbered list may stand outside every sentence.
    assert sum(c.isalpha() for c in body) <= inside <= sum(c.isalnum() for c in body)


@given(TEXTS)
def test_tokens_cover_every_visible_character_once(text: str) -> None:
    spans = segment.tokenize(text, 7)
    assert all(b <= c for (_, b), (c, _) in pairwise(spans))
    rest = list(text)
    for a, b in spans:
        for i in range(a - 7, b - 7):
            rest[i] = " "
    assert not "".join(rest).translate({ord(c): None for c in "\u200b\u200e\u200f\ufeff"}).strip()


def parts(text: str, **more: str) -> list[tuple[str, str]]:
    found = segment.sentences(article(text, **more))
    return list(zip(found["part"], found["text"], strict=True))


def test_parts_of_an_article_without_metadata() -> None:
    body = "The delegation waited for the call until midnight, and then it went to bed. " * 4
    text = f"A Line Goes Quiet\n\n{body}\n\nWhat Paris Wanted\n\n{body}\n\n"
    text += "Ada Orr is a contributor to the Harbor Review. Her opinions are her own.\n"
    kinds = [p for p, _ in parts(text)]
    assert kinds == ["headline", *["body"] * 4, "heading", *["body"] * 4, *["boilerplate"] * 2]


def test_the_declared_title_is_the_headline_and_its_repeat_is_not_counted() -> None:
    text = "Talks End.\n\nTalks End.\n\nThe delegation waited until midnight for the call."
    assert [p for p, _ in parts(text, title="Talks End.")] == ["headline", "boilerplate", "body"]


@pytest.mark.parametrize(
    "line",
    [
        "ADVERTISEMENT",
        "Read more: What the deal says",
        "Copyright © 2019 The Harbor Wire. All rights reserved.",
        "Sign up for our newsletter",
        "Content created by The Ferry News Desk is available without charge to any publisher.",
        "A tanker off the coast. (Ada Orr/Reuters)",
        "Enlarge this image toggle caption Ada Orr for the Courier",
        "A ferry at dawn. Ada Orr/Agency via Getty Images",
        "A ferry at dawn. Photograph: Ada Orr/The Courier",
        "___",
        "Updated at 9:40 p.m. ET",
    ],
)
def test_page_furniture_is_boilerplate(line: str) -> None:
    body = "The delegation waited for the call until midnight, and then it went to bed. " * 3
    found = parts(f"A Line Goes Quiet\n\n{body}\n\n{line}\n\n{body}")
    assert {p for p, t in found if t in line} == {"boilerplate"}


def test_an_article_in_one_long_line_that_ends_like_a_caption_is_no_furniture() -> None:
    text = "The ferry left at noon and nobody waved. " * 30 + "The mayor had one source: rumours."
    assert {part for part, _ in parts(text)} == {"body"}


def test_a_sentence_about_a_host_is_no_authors_note() -> None:
    body = "The delegation waited for the call until midnight, and then it went to bed. " * 4
    last = "President Ada Orr is likely to visit the capital as it is the host of the summit."
    assert parts(f"{body}\n\n{body}\n\n{last}")[-1] == ("body", last)


def test_a_transcripts_short_turns_are_no_headings() -> None:
    turns = ["Hi.", "And was it?", "Right.", "Hi.", "Yes."]
    text = "\n\n".join(f"{('anna orr', 'bo pike')[i % 2]}\n\n{t}" for i, t in enumerate(turns))
    found = parts(text)
    assert ("body", "Hi.") in found
    assert ("body", "And was it?") in found


def test_hard_wrapped_text_is_joined_and_lines_stay_paragraphs_otherwise() -> None:
    wrapped = "\n".join(["the delegation waited for the call until midnight and then it went"] * 4)
    assert len(layout.paragraphs(f"{wrapped}\nto bed.\n\n{wrapped}\nto bed.")) == 2
    assert len(layout.paragraphs("One line.\nAnother line.\nA third.")) == 3


@pytest.mark.parametrize("title", ["A Line: Goes Quiet", '"A Line: Goes Quiet"'])
def test_of_front_matter_only_the_title_is_a_sentence(title: str) -> None:
    text = f"---\noutlet: X\ntitle: {title}\n---\nThe call came. Nobody answered it.\n"
    assert parts(text, title="A Line: Goes Quiet") == [
        ("headline", "A Line: Goes Quiet"),
        ("body", "The call came."),
        ("body", "Nobody answered it."),
    ]


def test_a_title_in_front_matter_and_above_the_text_counts_once() -> None:
    text = "---\ntitle: Talks End\n---\n\n# Talks End\n\nThe delegation waited until midnight."
    assert [p for p, _ in parts(text, title="Talks End")] == ["headline", "boilerplate", "body"]


def test_markdown_marks_are_outside_the_sentence() -> None:
    assert parts("# A Line Goes Quiet\n\n> The call came at last.\n\n- It was short.") == [
        ("headline", "A Line Goes Quiet"),
        ("body", "The call came at last."),
        ("body", "It was short."),
    ]


def test_an_empty_corpus_gives_empty_tables() -> None:
    found = segment.sentences(article(" \n\n"))
    schema.check_table("sentences", found)
    assert found.empty


def test_a_missing_column_is_named() -> None:
    with pytest.raises(schema.SchemaError, match="lacks text"):
        segment.sentences(pd.DataFrame({"doc_id": ["a"]}))


def test_tokens_are_pieces_of_the_article_with_a_tag_each() -> None:
    frame = article("A Line Goes Quiet\n\nMr. Hale didn’t call. Ada Orr of Orr Inc. did.\n")
    found = segment.tokens(frame, segment.sentences(frame))
    schema.check_table("tokens", found, articles=frame)
    assert found["text"].tolist()[-7:] == ["Ada", "Orr", "of", "Orr", "Inc.", "did", "."]
    assert found["tag"].notna().all()


@given(
    st.lists(st.integers(1, 9), min_size=1, max_size=8),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 9)), max_size=6),
)
def test_what_is_set_aside_in_a_part_of_a_sentence_becomes_blank(
    sizes: list[int], aside: list[tuple[int, int]]
) -> None:
    ends = [sum(sizes[: i + 1]) for i in range(len(sizes))]
    bounds = [(end - size, end) for size, end in zip(sizes, ends, strict=True)]
    spans = [(a, a + n) for a, n in aside]
    rows = [
        {"doc_id": "a", "sentence_id": i, "start": a, "end": b, "text": "x" * (b - a),
         "paragraph": 0, "part": "body"}
        for i, (a, b) in enumerate(bounds)
    ]  # fmt: skip
    cells = [
        {"doc_id": "a", "start": a, "end": b, "text": "x" * (b - a), "rule": "link"}
        for a, b in spans
    ]
    read = segment.as_read(schema.make("sentences", rows), schema.make("set_aside", cells))
    expected = [
        "".join(
            " " if any(a <= at < b and (a > start or b < end) for a, b in spans) else "x"
            for at in range(start, end)
        )
        for start, end in bounds
    ]
    assert read["text"].tolist() == expected
