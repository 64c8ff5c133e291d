"""The scanner of quotation marks: every style that newspapers set, and what is no quotation."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.grammar.marks import UNCLOSED, UNOPENED, WRONG_WAY, paragraphs, scan

OUTER = [
    ("“Not now,” she said. “Not ever.”", ["“Not now,”", "“Not ever.”"]),
    ('"Not now," she said. "Not ever."', ['"Not now,"', '"Not ever."']),
    ("''Not now,'' she said. ''Not ever.''", ["''Not now,''", "''Not ever.''"]),
    ("``Not now,'' she said.", ["``Not now,''"]),
    ("‘‘Not now,’’ she said.", ["‘‘Not now,’’"]),
    ("«Pas encore», said the envoy.", ["«Pas encore»"]),
    ("« Pas encore », said the envoy. « Jamais. »", ["« Pas encore »", "« Jamais. »"]),
    ("»Noch nicht«, said the envoy.", ["»Noch nicht«"]),
    ('"The “Harbour Act” is a farce and a shame.', ['"The “Harbour Act” is a farce and a shame.']),
    ("„Noch nicht“, said the envoy.", ["„Noch nicht“"]),
    ("‘Not now,’ she said, ‘not ever.’", ["‘Not now,’", "‘not ever.’"]),
    ("'Not now,' she said, 'not ever.'", ["'Not now,'", "'not ever.'"]),
    ("‘It’s the crews’ choice,’ she said.", ["‘It’s the crews’ choice,’"]),
    ("'Any port we like': harbour master", ["'Any port we like'"]),
    ('She laid it out: ”First, the ferry runs."', ['”First, the ferry runs."']),
    ('“Mixed marks" and "the other way” too', ['“Mixed marks"', '"the other way”']),
    ("He said “this“ and left.", ["“this“"]),
    ("(“A bracket,” she said.)", ["“A bracket,”"]),
    ("They said “he called it ‘a farce’ twice.”", ["“he called it ‘a farce’ twice.”"]),
    ("“He called it a ‘farce.’ ”", ["“He called it a ‘farce.’ ”"]),
    ("He said “it was “so” good” then.", ["“it was “so” good”"]),
    ("The “Sunday” paper", ["“Sunday”"]),
    ("''They said, 'You're late,''' she recalled.", ["''They said, 'You're late,'''"]),
]


@pytest.mark.parametrize(("text", "expected"), OUTER)
def test_outer_quotations(text: str, expected: list[str]) -> None:
    assert [text[q.start : q.end] for q in scan(text) if q.depth == 0] == expected


@pytest.mark.parametrize(
    "text",
    [
        "The voters’ rights and the boys' boats.",
        "The '90s, the ‘80s and the late ’70s.",
        "Rock 'n' roll, get 'em, 'til dawn.",
        "He is 6'2\" tall and 5' 11\" wide.",
        'A 12" record and a 9" nail.',
        "It’s what she’d’ve wanted; don't.",
        "The Examiner‘s desk.",
        "No marks at all.",
        "",
    ],
)
def test_what_is_no_quotation(text: str) -> None:
    assert scan(text) == []


def test_inches_inside_a_quotation_do_not_close_it() -> None:
    text = '"I am 6\'2" tall," he said.'
    assert [text[q.start : q.end] for q in scan(text)] == ['"I am 6\'2" tall,"']


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("“He said ‘no’ twice.”", ["‘no’"]),
        ("\"She called it 'a farce' again.\"", ["'a farce'"]),
        ("“He said ``no way'' to me”", ["``no way''"]),
        ("‘He said “no” twice.’", ["“no”"]),
    ],
)
def test_a_quotation_inside_another(text: str, inner: list[str]) -> None:
    found = scan(text)
    assert [text[q.start : q.end] for q in found if q.depth == 1] == inner
    assert sum(q.depth == 0 for q in found) == 1


def test_paragraphs_of_one_quotation_share_a_group() -> None:
    text = "“One paragraph.\n\n“A second one.\n\n“The last,” she said.\n\n“Another.”"
    found = scan(text)
    groups = [q.group for q in found]
    assert len(found) == 4
    assert groups[0] == groups[1] == groups[2] != groups[3]
    assert [q.problem for q in found] == [None] * 4


def test_a_quotation_that_goes_on_without_opening_again() -> None:
    text = "“One paragraph.\n\nIt goes on here.”\n\nNo more."
    found = scan(text)
    assert [text[q.start : q.end] for q in found] == ["“One paragraph.", "It goes on here.”"]
    assert found[0].group == found[1].group


def test_an_unclosed_quotation_costs_its_paragraph_only() -> None:
    text = "“Never closed, he said.\n\nThe next “one” is whole."
    found = scan(text)
    assert [text[q.start : q.end] for q in found] == ["“Never closed, he said.", "“one”"]
    assert [q.problem for q in found] == [UNCLOSED, None]


def test_an_unclosed_quotation_ends_where_the_next_begins() -> None:
    text = "“First, he said. “Second,” he added."
    found = scan(text)
    assert [text[q.start : q.end] for q in found] == ["“First, he said.", "“Second,”"]
    assert found[0].problem == UNCLOSED


def test_a_quotation_that_lost_its_end_holds_no_later_ones() -> None:
    text = (
        'She saw "little hope for the pier. The board saw "few signs," and "no need" to act. '
        "Rain fell.\" The sea is near,\" Hale said."
    )
    assert [text[q.start : q.end] for q in scan(text)] == [
        '"little hope for the pier.', '"few signs,"', '"no need"', '" The sea is near,"',
    ]  # fmt: skip


def test_a_quotation_that_never_opens() -> None:
    text = 'We want it now," he said. And "more" too.'
    found = scan(text)
    assert [text[q.start : q.end] for q in found] == ['We want it now,"', '"more"']
    assert found[0].problem == UNOPENED


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('The talks failed." It was never close," Hale said.', ['" It was never close,"']),
        ('It fell to 12 in 2030." we tried," he said. "We did."', ['" we tried,"', '"We did."']),
        ('"It failed." Hale left. Was it over?" No," she said.', ['"It failed."', '" No,"']),
        ('We lost it all." He had "no idea" of it.', ['We lost it all."', '"no idea"']),
        ('We lost it all." Nobody spoke.', ['We lost it all."']),
    ],
)
def test_a_mark_that_stayed_behind_the_sentence_before_opens(
    text: str, expected: list[str]
) -> None:
    assert [text[q.start : q.end] for q in scan(text)] == expected


def test_a_wrong_way_mark_is_recorded() -> None:
    assert scan('She said: ”Run the ferry."')[0].problem == WRONG_WAY


def test_spans_are_paragraphs_given_by_the_caller() -> None:
    text = "“One line\nbroken in two,” she said."
    assert len(scan(text, [(0, len(text))])) == 1
    assert scan(text, [(0, len(text))])[0].end == text.index("” she") + 1


def test_paragraphs_skip_blank_lines() -> None:
    assert paragraphs("  One. \n \n\tTwo.") == [(2, 6), (11, 15)]


@given(st.text(alphabet="ab sS.,!?'\"“”‘’«»`6\n", max_size=80))
def test_spans_lie_in_the_text_and_nest(text: str) -> None:
    found = scan(text)
    for q in found:
        assert 0 <= q.start <= q.inner_start <= q.inner_end <= q.end <= len(text)
        assert text[q.inner_start : q.inner_end].strip()
    outer = [q for q in found if q.depth == 0]
    assert all(a.end <= b.start for a, b in pairwise(outer))
    for q in found:
        if q.depth:
            assert any(o.start <= q.start and q.end <= o.end for o in outer)


@given(st.text(max_size=60))
def test_any_text_can_be_scanned(text: str) -> None:
    assert scan(text) == scan(text)


@given(st.lists(st.sampled_from(["runs", "the ferry", "stays", "here"]), min_size=1, max_size=4))
def test_every_style_holds_the_same_words(words: list[str]) -> None:
    inside = " ".join(words)
    for left, right in ("“”", '""', ("''", "''"), "«»", ("``", "''"), "‘’"):
        text = f"She said, {left}{inside},{right} and left."
        (found,) = scan(text)
        assert text[found.inner_start : found.inner_end] == inside + ","
