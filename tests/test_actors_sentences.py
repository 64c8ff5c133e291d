"""What single sentences give: every mention and its actor, one table."""

from __future__ import annotations

import pandas as pd
import pytest
from test_actors_hard import found

from benchmarks.every_name import find_names
from helpers import Story, segment
from helpers.lenses.actors import find_mentions
from helpers.schema import make


def told(text: str) -> str:
    """The mentions in text order, each with its actor where that is called otherwise."""
    table = found(text)
    pairs = zip(table["text"], table["actor"].fillna("?"), strict=True)
    return "; ".join(said if said == actor else f"{said} = {actor}" for said, actor in pairs)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # nobody speaks of himself by name, but of what bears it
        ("Peter Keller spoke of his father. In particular, he said, he had the use of Keller "
         "hotels for his school.",
         "Peter Keller; his = Peter Keller; he = Peter Keller; he = Peter Keller; Keller = Peter "
         "Keller; his = Peter Keller"),
        # headlines, and what pages glue together
        ("Anna Keller Attends Harbour Change Rally In May. On Monday Keller said it was late.",
         "Anna Keller; Keller = Anna Keller"),
        ("Anna Keller Endorses Bo Hale: I Am Horrified By Rui Dahl\n\nAnna Keller gave her "
         "support to Sen. Bo Hale on Monday. Hale was glad, and Rui Dahl was not.",
         "Anna Keller; Bo Hale; Rui Dahl; Anna Keller; her = Anna Keller; Sen. Bo Hale = Bo Hale; "
         "Hale = Bo Hale; Rui Dahl"),
        ("Keller Warns Iran Against Attack, Says Norwegian Sites Would Be Hit\n\nPresident Anna "
         "Keller said on Saturday that she would wait. Keller left.",
         "Keller = Anna Keller; Norwegian = Norway; President Anna Keller = Anna Keller; she = "
         "Anna Keller; Keller = Anna Keller"),
        ("Ann Lund Compares Keller’s Plan To Moss Report\n\nSen. Ann Lund spoke on Monday about "
         "Peter Keller and his plan, and Keller left.",
         "Ann Lund; Keller = Peter Keller; Sen. Ann Lund = Ann Lund; Peter Keller; his = Peter "
         "Keller; Keller = Peter Keller"),
        ("Minister Rui Dahl: Of Course Anna Keller Is Able To Lead Norway\n\nThe minister spoke "
         "on Monday. Rui Dahl met Anna Keller, and Dahl left.",
         "Rui Dahl; Anna Keller; Norway; Rui Dahl; Anna Keller; Dahl = Rui Dahl"),
        ("Bo Hale Plant Rules Face Key Test\n\nSen. Hale left the court on Monday, and nobody "
         "else did it. Hale slept.",
         "Bo Hale; Sen. Hale = Bo Hale; Hale = Bo Hale"),
        ("Lund and Mark Pohl Mark William PohlOvernight news told it. Mark Pohl left. The Pohl "
         "plan fell.",
         "Lund; Mark Pohl; Mark Pohl; Pohl = Mark Pohl"),
        ("OSLO, Norway — It rained on Anna Keller.",
         "Anna Keller"),
        ("They met Republican Presidents there.",
         ""),
        ("Norway Keller left, and Anna Keller wept.",
         "Keller = Anna Keller; Anna Keller"),
        # titles and offices
        ("He called Anna Major and Peter King Jr. on Monday.",
         "He = ?; Anna Major; Peter King Jr."),
        ("The General Harbour Supply Company paid.",
         "General Harbour Supply Company"),
        ("The Justice Department sued General Motors Corporation. They took her to Bergen General.",
         "Justice Department; General Motors Corporation; her = ?"),
        ("They met New Zealand Anna Keller and Norwegian Anna Brandt.",
         "New Zealand; Anna Keller; Norwegian Anna Brandt = Anna Brandt"),
        ("They met Minister of Trade Anna Keller, Secretary of State Bo Hale and Under Secretary "
         "of State for Trade Affairs Anna Brandt.",
         "Anna Keller; Secretary of State Bo Hale = Bo Hale; Secretary of State for Trade Affairs "
         "Anna Brandt = Anna Brandt"),
        ("A Foreign Minister spoke. The Norwegian Foreign Minister spoke, and the Foreign "
         "Minister of Fish left.",
         "The Norwegian Foreign Minister = ?"),
        ("Foreign Minister, Anna Keller, left. President, he said.",
         "Foreign Minister = Anna Keller; Anna Keller; he = ?"),
        ("Norway's Foreign Minister left. Anna Keller's Foreign Minister left.",
         "Norway; Anna Keller"),
        ("Anna Keller, the former secretary of State, left. Keller slept.",
         "Anna Keller; the former secretary of State = Anna Keller; Keller = Anna Keller"),
        ("The secretary of State Anna Keller Dahl left.",
         "Anna Keller Dahl"),
        ("The Norwegian Minister of Fish and Harbour Rui Dahl left. The Norwegian Minister of "
         "Fish left.",
         "Rui Dahl"),
        ("Norway has a new Prime Minister. Prime Minister Anna Keller left.",
         "Norway; Prime Minister Anna Keller = Anna Keller"),
        ("Rui Dahl, co-director of the Brennan Centre for Justice, left.",
         "Rui Dahl; Brennan Centre for Justice"),
        ("The Commander Forum met. Prosecutor Bo Hale came.",
         "Commander Forum; Prosecutor Bo Hale = Bo Hale"),
        ("President Keller left. The chief Democratic sponsor left. The officers Keller accused "
         "left.",
         "President Keller = Keller; Keller"),
        ("They met spokesman and minister Rui Dahl. They met former foreign ministry spokesman "
         "Rui Dahl.",
         "spokesman and minister Rui Dahl = Rui Dahl; ministry spokesman Rui Dahl = Rui Dahl"),
        ("Norway's foreign minister Rui Dahl left. Norway's Mr. Dahl left. Texas's governor Ann "
         "Lund left.",
         "Norway's foreign minister Rui Dahl = Rui Dahl; Norway; Mr. Dahl = Rui Dahl; Texas's "
         "governor Ann Lund = Ann Lund"),
        ("Minister Rui Dahl of Norway left. The Norwegian minister spoke.",
         "Minister Rui Dahl = Rui Dahl; Norway; The Norwegian minister = Rui Dahl"),
        ("Norwegian President Ada Orr met Portuguese President Rui Tavares. The president of "
         "Norway left.",
         "Norwegian President Ada Orr = Ada Orr; Portuguese President Rui Tavares = Rui Tavares; "
         "The president of Norway = Ada Orr"),
        ("Sen. Ann Lund came. The Texas senator left. The mayor left. The general left. The "
         "Norwegian general left.",
         "Sen. Ann Lund = Ann Lund; The Texas senator = Ann Lund; Norwegian = Norway"),
        ("The country's president left. Norway voted, and the country's president left. This "
         "nation's president went.",
         "Norway; the country's president = ?"),
        ("They heard of Ambassador Norway and the President of France.",
         "Norway; the President of France = ?"),
        # bodies, states and things
        ("Christian North Koreans prayed.",
         "North Koreans = North Korea"),
        ("He sat on the St. Anna City Council. He drove to St. Anna.",
         "He = ?; St. Anna City Council; He = ?"),
        ("The Norway Deal fell. The Norwegian Treaty of Peace held.",
         "Norway; Norwegian = Norway"),
        ("Following Norway, he left. Western Norway voted.",
         "Norway; he = ?; Norway"),
        ("Then Norway Sweden and Denmark signed. The U.S. Treasury paid.",
         "Norway; Sweden; Denmark; U.S. Treasury"),
        ("They bombed Pearl Harbor and Pearl River.",
         ""),
        ("She left the Anna Keller Foundation and the Moss Group.",
         "She = ?; Anna Keller Foundation; Moss Group"),
        ("They posted it on Twitter. Then they left for Pearl Harbor.",
         ""),
        ("It was written on Facebook and on his Facebook page.",
         "his = ?"),
        ("They named the Northern Institute for Peace. The Northern Institute said no.",
         "Northern Institute for Peace; Northern Institute = Northern Institute for Peace"),
        ("The Atomic Board of Norway met. The Atomic Board said no. Norway waited.",
         "Atomic Board of Norway; Atomic Board = Atomic Board of Norway; Norway"),
        ("Norway's parliament, the Harbour Senate, sat. The Supreme Court of Norway met.",
         "Norway; Harbour Senate; Supreme Court of Norway"),
        ("She told The Harbour Post on Monday. The 82nd Harbour Division left.",
         "She = ?; The Harbour Post; 82nd Harbour Division"),
        ("They fought the Norwegian Harbour Guard Corps. The Corps left. The Harbour Guard left.",
         "Norwegian Harbour Guard Corps; Corps = Norwegian Harbour Guard Corps; Harbour Guard = "
         "Norwegian Harbour Guard Corps"),
        ("HBSM Ship Management paid. Later HBSM said no.",
         "HBSM Ship Management; HBSM = HBSM Ship Management"),
        ("Hofstra University on Long Harbour met. They met at Keller University on Monday.",
         "Hofstra University on Long Harbour; Keller University"),
        ("The Norway Harbour Office and the Office of Trade and Industry met. The Health and "
         "Human Services Department left.",
         "Norway Harbour Office; Office of Trade and Industry; Health and Human Services "
         "Department"),
        ("The Keller White House left. President Peter Keller left. A Democratic White House "
         "would not.",
         "The Keller White House = United States; President Peter Keller = Peter Keller; White "
         "House = United States"),
        # seats and governments
        ("An Oslo government official left. The Iran government fell. Norway's government fell. A "
         "Norwegian government plan.",
         "The Iran government = Iran; Norway's government = Norway; Norwegian = Norway"),
        ("Oslo (Wire) It rained. Bergen and Oslo's airport closed. The airstrike at Oslo's "
         "airport failed.",
         ""),
        ("He is bound for Oslo to meet them. Oslo fell silent.",
         "He = ?; Oslo = Norway"),
        ("Norway left the Islamic Republic of Iran. Iran voted. The Islamic Republic said no.",
         "Norway; Islamic Republic of Iran = Iran; Iran; Islamic Republic = Iran"),
        ("Norwegian policy is clear. The government said no. The Norwegian government fell. The "
         "government wept.",
         "Norwegian = Norway; The government = Norway; The Norwegian government = Norway; The "
         "government = Norway"),
        # pronouns
        ("Bo Hale left. Months ago, the independent Ohio senator said, they called him odd. Sen. "
         "Bo Hale, an Ohio independent, left.",
         "Bo Hale; the independent Ohio senator = Bo Hale; him = Bo Hale; Sen. Bo Hale = Bo Hale"),
        ("Bo Hale acted because the plan was bad, said Rui Dahl, and he stopped it.",
         "Bo Hale; Rui Dahl; he = Rui Dahl"),
        ("Norway left the deal itself. The Norway deal, itself, fell. It was bad.",
         "Norway; Norway"),
        ("To his credit, Rui Dahl stayed. In its letter, Norway said no. In his letter, nobody "
         "spoke.",
         "his = Rui Dahl; Rui Dahl; its = Norway; Norway; his = Rui Dahl"),
        ("The Harbour Guards sold their fish. Norway praised them.",
         "Harbour Guards; their = Harbour Guards; Norway"),
        ("Secretary of State Anna Keller spoke of Rui Dahl.\n\nHe left.\n\nShe slept.",
         "Secretary of State Anna Keller = Anna Keller; Rui Dahl; He = ?; She = Anna Keller"),
        ("Rui Dahl said that he had left. Ada Orr, the aide, knew that she was late.",
         "Rui Dahl; he = Rui Dahl; Ada Orr; she = Ada Orr"),
        ("Adm. Rui Dahl spoke. “I slept,” the admiral added. He left.",
         "Adm. Rui Dahl = Rui Dahl; He = Rui Dahl"),
        # offices, regions and pronouns together
        ("U.N. ambassador Anna Keller left. The U.N. ambassador spoke.",
         "U.N. ambassador Anna Keller = Anna Keller; The U.N. ambassador = Anna Keller"),
        ("North Korea voted. The North said no.",
         "North Korea; North = North Korea"),
        ("He spoke in Lima and Oslo. They left Oslo, Norway, on Monday.",
         "He = ?; Norway"),
        ("Anna Keller left. Anna Maria Keller came. Maria Keller slept.",
         "Anna Keller = Anna Maria Keller; Anna Maria Keller; Maria Keller = Anna Maria Keller"),
        ("The Hale administration left. The Norwegian government fell. The government slept.",
         "The Hale administration = ?; The Norwegian government = Norway; The government = Norway"),
        ("General Rui Dahl came. The Norwegian general slept.",
         "General Rui Dahl = Rui Dahl; The Norwegian general = Rui Dahl"),
        ("Former Norwegian senator Bo Hale came. Sen. Bo Hale of Norway left.",
         "Former Norwegian senator Bo Hale = Bo Hale; Sen. Bo Hale = Bo Hale; Norway"),
        ("Former Ohio Gov. Bo Hale left. The mayor of Bergen left. Ada Orr, the mayor of South "
         "Bend, came. The South Bend mayor left.",
         "Former Ohio Gov. Bo Hale = Bo Hale; Ada Orr; the mayor of South Bend = Ada Orr; The "
         "South Bend mayor = Ada Orr"),
        ("Minister Rui Dahl slept. Rui Dahl, Liberal of Texas, left. Senator Bo Hale, Democrat of "
         "Ohio, came. The Ohio senator left.",
         "Minister Rui Dahl = Rui Dahl; Rui Dahl; Senator Bo Hale = Bo Hale; The Ohio senator = "
         "Bo Hale"),
        ("The cyclist said that he was ill. Rui Dahl left. The cyclist said that he slept.",
         "he = ?; Rui Dahl; he = ?"),
        ("Sen. Ann Lund (R-Ohio) came. The Ohio Republican said that she slept.",
         "Sen. Ann Lund = Ann Lund; The Ohio Republican = Ann Lund; she = Ann Lund"),
        ("“No,” the admiral said. Adm. Bo Hale (D-Ohio) came, and Gov. Ann Lund, a former nurse, "
         "left. “Yes,” the former nurse said. “No,” the governor said.",
         "Adm. Bo Hale = Bo Hale; Gov. Ann Lund = Ann Lund; the former nurse = Ann Lund; the "
         "governor = Ann Lund"),
        ("Norway is the first state, and it was clear that nobody had left. Norway praised its "
         "army.",
         "Norway; Norway; its = Norway"),
        ("Anna Keller, an aide to the mayor, left. The aide, Bo Hale, left. He slept. She wept.",
         "Anna Keller; Bo Hale; He = Bo Hale; She = Anna Keller"),
        ("Bo Hale said the leader of the Harbour Bank had left. He slept. Norway said it would "
         "wait, and it did.",
         "Bo Hale; Harbour Bank; He = Bo Hale; Norway; it = Norway; it = Norway"),
    ],
)  # fmt: skip
def test_every_mention_and_its_actor(text: str, expected: str) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Keller administration met U.S. President Anna Keller at the Oslo Harbour Bank in "
         "Oslo. She left.",
         ["(U.S.) government", "U.S. President Anna Keller person", "(Oslo) place",
          "Oslo Harbour Bank organization", "Oslo place"]),
        ("The New York Harbour Party met the Norwegian Green Party. The Party left with the "
         "Harbour Party.",
         ["(New York) place", "New York Harbour Party organization",
          "(Harbour Party) organization", "Norwegian Green Party organization",
          "(Green Party) organization", "Party organization", "Harbour Party organization"]),
        ("The foreign minister of Norway left. Norway's prime minister left.",
         ["The foreign minister of Norway person", "Norway government", "Norway government",
          "Norway's prime minister person"]),
    ],
)  # fmt: skip
def test_names_and_the_names_inside_them(text: str, expected: list[str]) -> None:
    articles = make("articles", [{"doc_id": "d", "text": text, "n_words": len(text.split())}])
    sentences = segment.sentences(articles)
    table = find_names(articles, sentences, segment.tokens(articles, sentences))
    rows = [
        f"({row.text}) {row.type}" if row.inside else f"{row.text} {row.type}"
        for row in table.itertuples()
    ]
    assert rows == expected


def listed(text: str, *rows: tuple[str | None, str | None, str, str | None]) -> list[str]:
    """Mentions with an analyst's list of (actor, alias, kind, note)."""
    table = pd.DataFrame(rows, columns=["actor", "alias", "kind", "note"], dtype="str")
    out = found(text, actor_list=table)
    columns = (out["text"], out["actor"].fillna("?"), out["kind"], out["actor_type"])
    return [" | ".join(row) for row in zip(*columns, strict=True)]


@pytest.mark.parametrize(
    ("text", "row", "expected"),
    [
        # what is no actor, with and without an actor's name beside it
        ("Anna Keller met Bo Hale.", (None, "Anna Keller", "ignore", None),
         ["Bo Hale | Bo Hale | name | person"]),
        ("Anna Keller met Bo Hale.", ("Anna Keller", None, "ignore", None),
         ["Bo Hale | Bo Hale | name | person"]),
        ("Bo Hale left.", (None, "Bo Hale", "person", None), ["Bo Hale | Bo Hale | name | person"]),
        # a form found anyway, with the list's kind or its own
        ("Bo Hale left.", ("Robert Hale", "Bo Hale", "person", None),
         ["Bo Hale | Robert Hale | name | person"]),
        ("Norway left.", ("The North", "Norway", "government", "Metonym"),
         ["Norway | The North | metonym | government"]),
        # the end of a longer name, or a word inside one that ends otherwise
        ("Foreign Minister Rui Dahl left.", ("R. Dahl", "Rui Dahl", "person", None),
         ["Foreign Minister Rui Dahl | R. Dahl | name | person"]),
        ("The Harbour Guard Corps left.", ("Guards", "Harbour Guard", "organization", None),
         ["Harbour Guard Corps | Harbour Guard Corps | name | organization"]),
        # a form in small letters, a seat that is a town here, either apostrophe
        ("Then the firm paid.", ("Moss Ltd", "the firm", "organization", None),
         ["the firm | Moss Ltd | metonym | organization"]),
        ("Then the captain left.", ("Bo Hale", "the captain", "person", None),
         ["the captain | Bo Hale | title | person"]),
        ("It rained in Oslo.", ("Norway", "Oslo", "government", "metonym"), []),
        ("Oslo said no.", ("Norway", "Oslo", "government", "metonym"),
         ["Oslo | Norway | metonym | government"]),
        ("The Mayor’s Office paid.", ("Town", "Mayor's Office", "government", None),
         ["Mayor’s Office | Town | name | government"]),
    ],
)  # fmt: skip
def test_the_analyst_s_list(
    text: str, row: tuple[str | None, str | None, str, str | None], expected: list[str]
) -> None:
    assert listed(text, row) == expected


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        # the title before a name is the story's to read, inside or outside the proposed span
        ("It was President Keller who spoke.", {"Keller": "person"},
         [("President Keller", "name", "person")]),
        ("It was President Keller who spoke.", {"President Keller": "person"},
         [("President Keller", "name", "person")]),
        # what the lists know needs no proposal: states and their people
        ("Keller met Norwegian officials.", {"Keller": "person"},
         [("Keller", "name", "person"), ("Norwegian", "demonym", "government")]),
        # the list says what a place is, unless the model calls it a person
        ("He saw Jordan again.", {"Jordan": "place"}, [("Jordan", "name", "government")]),
        ("He saw Jordan again.", {"Jordan": "person"}, [("Jordan", "name", "person")]),
        # a name that nobody proposes is none
        ("Then Jane Moss spoke.", {}, []),
        ("It met the Harbour Bank's staff.", {"the Harbour Bank's": "organization"},
         [("Harbour Bank", "name", "organization")]),
        ("The “Ship” of Keller sank.", {"Ship": "other"}, []),
        # an article inside a sentence is a body's, at its beginning it is not
        ("She asked The Harbour Post.", {"The Harbour Post": "organization"},
         [("The Harbour Post", "name", "organization")]),
        ("The Harbour Post left.", {"The Harbour Post": "organization"},
         [("Harbour Post", "name", "organization")]),
        # a span of nothing but an article, an office that goes on in capitals
        ("It saw The again.", {"The": "organization"}, []),
        ("She was secretary of State for Moss.", {"Moss": "person"},
         [("Moss", "name", "person")]),
        ("Norway met the Norwegian Foreign Minister in Oslo.", {},
         [("Norway", "name", "government"),
          ("the Norwegian Foreign Minister", "title", "person")]),
    ],
)  # fmt: skip
def test_proposed_names_in_a_sentence(
    text: str, names: dict[str, str], expected: list[tuple[str, str, str]]
) -> None:
    story = Story.from_texts(text)

    class Finder:
        version = "by hand"

        def find(self, articles: object, sentences: object, tokens: object) -> pd.DataFrame:
            rows = [("text-1", text.find(n), text.find(n) + len(n), kind, 0.9)
                    for n, kind in names.items()]  # fmt: skip
            return pd.DataFrame(rows, columns=["doc_id", "start", "end", "type", "confidence"])

    tables = story.articles, story.sentences, story.tokens
    mentions = find_mentions(*tables, finder=Finder())
    rows = mentions[mentions["kind"] != "pronoun"]
    assert list(zip(rows["text"], rows["kind"], rows["actor_type"], strict=True)) == expected


def test_our_own_names_as_a_finder_gives_them() -> None:
    from helpers.lenses.actors.own_names import OwnNames

    story = Story.from_texts("The Keller administration met Anna Keller in Oslo. Norway was glad.")
    names = OwnNames().find(story.articles, story.sentences, story.tokens)
    text = story.articles["text"].iloc[0]
    rows = [
        (text[a:b], t) for a, b, t in zip(names["start"], names["end"], names["type"], strict=True)
    ]
    assert rows == [("Keller", "person"), ("Anna Keller", "person"), ("Oslo", "place"),
                    ("Norway", "place")]  # fmt: skip
