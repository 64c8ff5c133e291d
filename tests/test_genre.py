"""The genre that is guessed where none is declared."""

from __future__ import annotations

import pytest

from helpers import corpus
from helpers.genre import guess

REPORT = "The minister left the hall on Monday and nobody spoke to the press about the talks. " * 9
TURNS = "".join(
    f"HALE: Did the ministers of the two sides agree on the tolls number {i}, would you say?\n\n"
    f"ROE: We met them in the hall, we spoke of the tolls, and we went home number {i}.\n\n"
    for i in range(4)
)
NAMED = "".join(
    f"ann hale\n\nSo what did they say to each other on day {i} of the talks?\n\n"
    f"tom roe\n\nThey said on day {i} that the tolls would stay where they are.\n\n"
    for i in range(4)
)
ARGUED = (
    "I have never believed that our ministers want an end to the tolls. Why would they? We should "
    "ask ourselves what we gain by it. Surely nobody can say that the ports are better off. " * 5
)


@pytest.mark.parametrize(
    ("text", "known", "genre"),
    [
        (REPORT, {}, "report"),
        (REPORT, {"url": "https://example.org/opinion/2019/talks"}, "opinion"),
        (REPORT, {"url": "https://example.org/opinions-differ-on-tolls"}, "report"),
        (REPORT, {"url": "https://example.org/analysis/talks"}, "analysis"),
        (REPORT, {"title": "Analysis: What the talks mean"}, "analysis"),
        (REPORT, {"title": "The Latest: Envoys go home"}, "live"),
        (REPORT, {"title": "Your morning briefing"}, "digest"),
        (REPORT, {"title": "Early morning shooting at a harbour"}, "report"),
        (REPORT, {"title": "Five things to watch in the debate"}, "report"),
        (REPORT, {"title": "Editorial: The tolls must end"}, "editorial"),
        (REPORT, {"byline": "The Editorial Board"}, "editorial"),
        (REPORT, {"outlet": "Daily Post - Opinion"}, "opinion"),
        (f"Talks end\n\nANALYSIS:\n\n{REPORT}", {}, "analysis"),
        (f"{REPORT}\n\nAnn Hale is a syndicated columnist.", {}, "column"),
        (f"{REPORT}\n\nThe opinions expressed in this piece are her own.", {}, "opinion"),
        (f"{REPORT}\n\nAnn Hale is a contributor to the Harbour Post.", {}, "opinion"),
        # who somebody is whom the article never names; one of its sources is no author
        (f"{REPORT}\n\nAnn Hale is director of the Harbour Institute.", {}, "opinion"),
        (f"Tolls\n\nAnn Hale spoke. {REPORT}\n\nAnn Hale is director there.", {}, "report"),
        (f"{REPORT}\n\nAnn Hale is a reporter for the Harbour Post.", {}, "report"),
        (f"{REPORT}\n\nCaptain Ann Hale is leaving the port.", {}, "report"),
        # a dateline, and who said what
        (f"OSLO, Norway — {ARGUED}" + "“No,” Orr said. The mayor told us. " * 4, {}, "report"),
        (f"OSLO, Norway — {ARGUED}", {}, "opinion"),
        (f"The talks, in the speakers' words\n\n{TURNS}", {}, "interview"),
        (f"What they said\n\n{NAMED}", {}, "transcript"),
        (f"A host on the tolls\n\nTranscript as follows:\n\n{ARGUED}", {}, "transcript"),
        (f"A host on the tolls\n\nHis remarks are below:\n\n{ARGUED}", {}, "transcript"),
        (f"A host on the tolls\n\nListen to his remarks below:\n\n{ARGUED}", {}, "opinion"),
        ("\n\n".join(f"{h} p.m.\n\n{REPORT[:160]}" for h in (9, 8, 7)), {}, "live"),
        (ARGUED, {}, "opinion"),
        (f"“{ARGUED}”", {}, "report"),
        (" ".join(f"The {w} should leave." for w in ("mayor", "envoy", "guard")) * 20, {},
         "report"),
        ("".join(f"Hale: {i}00\n\nRoe: {i}50\n\n" for i in range(9)) + REPORT[:300], {}, "report"),
        ("Nobody spoke.", {}, None),
    ],
)  # fmt: skip
def test_guesses(text, known, genre):
    assert guess(text, **known) == genre


def test_a_declared_genre_wins_and_a_guess_is_marked(tmp_path):
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.txt").write_text(ARGUED if name != "c" else "Short.", encoding="utf-8")
    (tmp_path / "articles.csv").write_text("file,genre\na.txt,report\nb.txt,\nc.txt,\n")
    articles, _ = corpus.read(tmp_path)
    assert articles["genre"].fillna("").tolist() == ["report", "opinion", ""]
    assert articles["genre_guessed"].tolist() == [False, True, False]
