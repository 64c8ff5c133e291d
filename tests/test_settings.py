"""`story.toml` and the analyst's sheets: what is used, and a row for all that is not."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import Story, pipeline, schema
from helpers.corpus import CorpusError
from helpers.lenses.actors import aliases
from helpers.models.protocols import ROLES
from helpers.settings import _KEYS, MODELS, Settings, read_settings
from helpers.spelling import misspelt
from helpers.story_folder import ACTOR_KINDS

MakeStory = Callable[[Mapping[str, str | bytes]], Path]
ROOT = Path(__file__).resolve().parents[1]
TEXT = "Talks collapse\n\nAda Orr said the talks “went nowhere.” The minister left.\n"


# -- story.toml -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "settings"),
    [
        ("", Settings()),
        ('title = "T"\nquestion = "Q?"', Settings(title="T", question="Q?")),
        ('outlets = ["A  b", "C"]', Settings(outlets=("A b", "C"))),
        ("count_duplicates = true\nmin_mentions = 0", Settings("", "", (), "en", "", True, 0)),
        ('lenses = ["words"]\n[models]\ntagger = "x"', Settings(models={"tagger": "x"},
                                                                lenses=("words",))),
        ('[aliases]\nWP = "Washington Post"', Settings(aliases={"WP": "Washington Post"})),
        ('outlets = ["WP", "B"]\n[aliases]\nWP = "A"', Settings(outlets=("A", "B"),
                                                               aliases={"WP": "A"})),
        ('outlets = ["A", "B"]\n[aliases]\nWP = "A"', Settings(outlets=("A", "B"),
                                                              aliases={"WP": "A"})),
        ('outlets = ["WP", "A"]\n[aliases]\nWP = "A"\nW = "A"', Settings(
            outlets=("A",), aliases={"WP": "A", "W": "A"})),
        *((f'language = "{x}"', Settings()) for x in ("en", "EN", "en-GB", "en_US", "English")),
    ],
)  # fmt: skip
def test_what_is_written_well_is_used_and_no_problem(text: str, settings: Settings) -> None:
    assert read_settings(text) == (settings, [])


@pytest.mark.parametrize(
    ("text", "problems", "action"),
    [
        ('titel = "T"', ["titel is no key of story.toml"], "write title if"),
        ('Title = "T"', ["Title is no key of story.toml"], "write title if"),
        ('min-mentions = 3', ["min-mentions is no key of story.toml"], "write min_mentions if"),
        ('alias.WP = "A"', ["alias is no key of story.toml"], "write aliases if"),
        ('[model]\ntagger = "x"', ["model is no key of story.toml"], "write models if"),
        ("mood = 3", ["mood is no key of story.toml"], "there are title, question"),
        ('"a\\nb" = 3', ["'a\\nb' is no key of story.toml"], "there are title"),
        ("title = 3", ["title is a whole number (3), not text"], 'written title = "'),
        ("title = true", ["title is true or false (true), not text"], "the default is used"),
        ("title = 2019-09-30", ["title is a date or time (2019-09-30), not text"], "default"),
        ("question = []", ["question is a list, not text"], "the default is used"),
        ('outlets = "A"', ["outlets is text (a), not a list"], 'outlets = ["Post", "Wire"]'),
        ('outlets = ["A", 3, "", ["B"]]',
         ["entry 2 of outlets is a whole number (3), not text", "entry 3 of outlets is empty",
          "entry 4 of outlets is a list, not text"], "left out"),
        ('outlets = ["A", "B", "A"]', ["entries 1 and 3 of outlets are the same"], "second"),
        ("count_duplicates = 1", ["count_duplicates is a whole number (1), not true or false"],
         "count_duplicates = true"),
        ('count_duplicates = "yes"', ["count_duplicates is text (yes), not true or false"],
         "count_duplicates = true"),
        ('wire = "twice"', ["wire is 'twice', not each, once"], 'wire = "once"'),
        ("wire = true", ["wire is true or false (true), not text"], 'wire = "once"'),
        ("min_mentions = -3", ["min_mentions is -3, less than 0"], "min_mentions = 5"),
        ("min_mentions = 2.5", ["min_mentions is a decimal number (2.5), not a whole number"],
         "min_mentions = 5"),
        ("min_mentions = true", ["min_mentions is true or false (true), not a whole number"],
         "min_mentions = 5"),
        ('language = "de"', ["language is 'de', and there are word lists and models for 'en' only"],
         "all are the English ones"),
        ('language = "ende"', ["language is 'ende', and there are word lists and models"], "all"),
        ('language = ""', ["language is '', and there are word lists and models"], "all are"),
        ("language = 3", ["language is a whole number (3), not text"], 'language = "en"'),
        ("models = 3", ["models is a whole number (3), not a table"], "[models]"),
        ('[models]\ntager = "x"', ["tager is no key of [models]"], "write tagger if"),
        ('[models]\nquotes = "x"', ["quotes is no key of [models]"], "there are tagger, names"),
        ("[models]\nnames = 3", ["models.names is a whole number (3), not text"], "left out"),
        ('[models]\nnames = ""', ["models.names is empty"], "left out"),
        ('aliases = ["A"]', ["aliases is a list, not a table"], "[aliases]"),
        ('[aliases]\n"The Post" = 3', ["aliases.'The Post' is a whole number (3), not text"],
         "left out"),
        ('[aliases.Post]\nWP = "A"', ["aliases.Post is a table, not text"], "left out"),
        ('[aliases]\n" " = "A"', ["aliases: the name ' ' is empty"], "left out"),
        ('[aliases]\n"A B" = "C"\n"A  B" = "D"', ["aliases: the name 'A  B' is the same as 'A B'"],
         "left out"),
        ('[aliases]\nA = "A"', ["aliases go round in a circle: A = A"], "A is not renamed"),
        ('[aliases]\nA = "B"\nB = "A"',
         ["aliases go round in a circle: A = B = A", "aliases go round in a circle: B = A = B"],
         "is not renamed"),
        ('[aliases]\nX = "A"\nA = "B"\nB = "A"',
         ["aliases go round in a circle: X = A = B = A",
          "aliases go round in a circle: A = B = A", "aliases go round in a circle: B = A = B"],
         "is not renamed"),
        ('[aliases]\nA = "B"\nB = "C"', ["aliases form a chain: A = B = C"], "A counts as C"),
        ('lenses = ["words", 3]', ["entry 2 of lenses is a whole number (3), not text"], "left"),
        ('title = "T', ["not readable: "], "mend the line"),
        ('title = "T"\ntitle = "U"', ["not readable: "], "mend the line"),
        ("a = " + "[" * 9999, ["not readable: nested too deeply"], "left out"),
        ("a = " + "9" * 9999, ["not readable: a number too large"], "left out"),
        ("min_mentions = 0x" + "f" * 9999, ["min_mentions is too large"], "min_mentions = 5"),
        ("title = 0x" + "f" * 9999, ["title is a whole number, not text"], "title ="),
        ("title." + "a." * 9999 + "a = 1", ["title is a table, not text"], "title ="),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_a_row(text: str, problems: list[str], action: str) -> None:
    found = read_settings(text)[1]
    assert len(found) == len(problems)
    for row, problem in zip(found, problems, strict=True):
        assert row.problem.startswith(problem)
        assert action in row.action


def test_what_is_left_out_of_a_list_or_table_costs_nothing_else() -> None:
    settings, problems = read_settings(
        'outlets = ["A", 3, "B"]\nlanguage = "de"\nmin_mentions = 7\n'
        '[models]\ntager = "x"\nnames = "y"\n[aliases]\nA = "B"\nB = "C"\nD = 3\nE = "E"'
    )
    assert settings.outlets == ("C",)  # A and B are both counted as C
    assert settings.language == "de"
    assert settings.min_mentions == 7
    assert settings.models == {"names": "y"}
    assert settings.aliases == {"A": "C", "B": "C"}
    assert len(problems) == 6


KEYS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x7f"), max_size=12)
VALUES = st.recursive(
    st.booleans() | st.integers(-9, 9) | st.floats(-9, 9) | KEYS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=5,
)


def toml(value: Any) -> str:
    """A value as TOML writes it."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{toml(k)} = {toml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


@given(st.dictionaries(KEYS.filter(lambda key: key not in _KEYS), VALUES, max_size=4))
def test_every_unknown_key_is_one_row(given_: dict[str, Any]) -> None:
    lines = [f"{toml(key)} = {toml(value)}" for key, value in given_.items()]
    settings, problems = read_settings("\n".join(lines))
    assert settings == Settings()
    assert len({row.problem for row in problems}) == len(problems) == len(given_)


@given(st.sampled_from(sorted(_KEYS)), VALUES)
def test_every_value_of_a_known_key_is_used_or_is_a_row(key: str, value: Any) -> None:
    settings, problems = read_settings(f"{key} = {toml(value)}")
    used = getattr(settings, key)
    whole = value if not isinstance(value, str) else " ".join(value.split())
    if isinstance(value, list):
        whole = tuple(" ".join(v.split()) if isinstance(v, str) else v for v in value)
    if isinstance(value, dict):
        whole = {" ".join(k.split()): " ".join(v.split()) if isinstance(v, str) else v
                 for k, v in value.items()}  # fmt: skip
    assert problems or (used == whole and type(used) is type(whole))


@given(st.dictionaries(st.sampled_from("ABCDEF"), st.sampled_from("ABCDEF"), max_size=6))
def test_an_alias_leads_to_a_name_that_is_no_alias_or_is_a_row(names: dict[str, str]) -> None:
    settings, problems = read_settings(f"aliases = {toml(names)}")
    assert not set(settings.aliases.values()) & set(names)
    dropped = names.keys() - settings.aliases.keys()
    assert len(problems) == len(dropped) + sum(names[a] != n for a, n in settings.aliases.items())


def test_models_can_be_chosen_for_every_role_that_there_is() -> None:
    assert MODELS == ROLES


def test_the_readme_names_every_key() -> None:
    readme = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    assert [k for k in _KEYS if f"`{k}`" not in readme and f"`[{k}]`" not in readme] == []


def test_settings_of_the_shipped_story_are_all_used() -> None:
    text = (ROOT / "data/stories/us-iran-2019/story.toml").read_text(encoding="utf-8")
    settings, problems = read_settings(text)
    assert problems == []
    assert settings.outlets == tuple(tomllib.loads(text)["outlets"])


# -- outlets of a story -----------------------------------------------------------------------


SHEET = "file,outlet\na.txt,WP\nb.txt,Washington Post\nc.txt,The Kite\nd.txt,wapo\n"
FILES = {f"articles/{n}.txt": f"{TEXT}{n} {n}\n" for n in "abcd"} | {"articles.csv": SHEET}


def rows(story: Story) -> dict[str, str]:
    """The problems of the settings, with what was done."""
    own = story.problems_read
    own = own[own["file"] == "story.toml"]
    return dict(zip(own["problem"], own["action"], strict=True))


def test_aliases_join_outlets_and_the_order_may_use_either_name(make_story: MakeStory) -> None:
    toml = 'outlets = ["WP", "The Kite"]\n[aliases]\nWP = "Washington Post"\nwapo = "WP"\n'
    story = Story(make_story({**FILES, "story.toml": toml}))
    assert story.articles["outlet"].tolist() == ["Washington Post"] * 2 + [
        "The Kite", "Washington Post"]  # fmt: skip
    assert story.outlets == ["Washington Post", "The Kite"]
    assert [*rows(story)] == ["aliases form a chain: wapo = WP = 'Washington Post'"]
    schema.check_table("articles", story.articles)


def test_a_name_that_no_article_bears_is_a_problem(make_story: MakeStory) -> None:
    toml = 'outlets = ["The Kit"]\n[aliases]\nPost = "Washington Post"\nWp = "X"\n'
    found = rows(Story(make_story({**FILES, "story.toml": toml})))
    assert found["the alias Wp, and no article is of it"] == "not used; write WP if that is meant"
    problem = "the order of outlets names The Kit, and no article is of it"
    assert found[problem] == "not used; write The Kite if that is meant"
    assert len(found) == 3


def test_an_alias_of_a_folder_and_of_front_matter(make_story: MakeStory) -> None:
    story = Story(
        make_story(
            {
                "WP/a.txt": TEXT,
                "b.txt": f"---\noutlet: WaPo\n---\n{TEXT} b",
                "articles.csv": "file,outlet\nb.txt,WP\n",
                "story.toml": '[aliases]\nWP = "Washington Post"\nWaPo = "Washington Post"\n',
            }
        )
    )
    assert set(story.articles["outlet"]) == {"Washington Post"}
    said = "; ".join(story.problems_read["problem"])
    assert "WaPo" not in said  # the file and the sheet mean the same outlet


def test_aliases_of_given_articles(make_story: MakeStory) -> None:
    folder = make_story({"story.toml": '[aliases]\nWP = "Washington Post"\n'})
    articles = Story.from_texts(TEXT, TEXT + "b", outlets=["WP", "Kite"]).articles
    story = Story.from_articles(articles, folder=folder)
    assert story.articles["outlet"].tolist() == ["Washington Post", "Kite"]
    assert articles["outlet"].tolist() == ["WP", "Kite"]


@pytest.mark.slow
def test_aliases_give_the_same_tables_with_two_workers(
    make_story: MakeStory, tmp_path: Path
) -> None:
    toml = 'outlets = ["wapo"]\n[aliases]\nWP = "Washington Post"\nwapo = "WP"\nodd = "WP"\n'
    folder = make_story({**FILES, "story.toml": toml})
    for workers in (1, 2):
        pipeline.write_tables(str(folder), str(tmp_path / str(workers)), formats=("csv",),
                              workers=workers)  # fmt: skip
    files = sorted(f.name for f in (tmp_path / "1").glob("*.csv"))
    assert "problems.csv" in files
    for name in files:
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes()
    assert "no article is of it" in (tmp_path / "2" / "problems.csv").read_text(encoding="utf-8")


def test_another_language_is_never_silent(make_story: MakeStory) -> None:
    folder = make_story({"a.txt": TEXT, "story.toml": 'language = "de"\n'})
    story = Story(folder)
    assert "is 'de', and there are word lists" in "".join(story.problems["problem"])
    assert "language is 'de'" in "\n".join(pipeline.reading_report(str(folder)))
    assert "'de' is read with 'en' lists" in " ".join(repr(story).split())
    assert "'en' lists" not in repr(Story(make_story({"story.toml": 'language = "en-GB"\n'})))


def test_a_folder_without_articles_still_tells_of_its_settings(make_story: MakeStory) -> None:
    lines = pipeline.reading_report(str(make_story({"story.toml": "titel = 3\n"})))
    assert next(lines) == "1 problem:"
    assert "titel is no key of story.toml" in next(lines)
    with pytest.raises(CorpusError):
        next(lines)


@pytest.mark.parametrize(
    ("head", "lacking"),
    [("", "outlets and days"), ("outlet: The Kite\n", "days"),
     ("outlet: The Kite\ndate: 2024-03-04\n", "")],
)  # fmt: skip
def test_a_check_ends_with_what_to_do_next(
    make_story: MakeStory, head: str, lacking: str
) -> None:
    text = "The mayor said that the bridge would be shut."
    folder = make_story({"a.md": f"---\ntitle: Bridge\n{head}---\n{text}\n"})
    *_, before, last = pipeline.reading_report(str(folder))
    assert last.endswith(f"python3 run.py report {folder}")
    assert (f"say the {lacking} that are missing" in before) == bool(lacking)


# -- columns ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "header", "problem", "action"),
    [
        ("actors.csv", "actor,alais", "has no column alias (it has actor, alais)",
         "rename alais to alias"),
        ("actors.csv", "actors,aliases", "has no column actor, alias (it has actors, aliases)",
         "rename actors to actor and rename aliases to alias"),
        ("actors.csv", "name,alias", "has no column actor (it has name, alias)", "add the column"),
        ("actors.csv", "actor,alias,knid", "the column knid looks like kind", "rename it to kind"),
        ("actors.csv", "actor,alias,notes", "the column notes looks like note", "rename it"),
        ("facts.csv", "fact_id,statment,cues", "has no column statement", "rename statment to"),
        ("facts.csv", "fact id,statement,cues", "has no column fact_id", "rename fact id to"),
        ("labels.csv", "thing,labels", "has no column label", "rename labels to label"),
        ("articles.csv", "file,outlett", "what is called outlett looks like outlet", "call it"),
        ("articles.csv", "file,publised", "what is called publised looks like published", "call"),
        ("articles.csv", "flie,outlet", "no column called file", "rename flie to file"),
        ("articles.csv", "path,title", "no column called file", "add one that names"),
        ("t.csv", "text,headlnie", "what is called headlnie looks like headline", "call it"),
    ],
)  # fmt: skip
def test_a_column_that_looks_misspelt_is_named(
    make_story: MakeStory, file: str, header: str, problem: str, action: str
) -> None:
    cells = {"file": "a.txt", "text": TEXT.replace("\n", " ").replace(",", "")}
    row = ",".join(cells.get(name, "x") for name in header.split(","))
    found = Story(make_story({"a.txt": TEXT, file: f"{header}\n{row}\n"})).problems_read
    found = found[found["file"] == file]
    told = [row for row in found.to_dict("records") if row["problem"].startswith(problem)]
    assert len(told) == 1
    assert action in told[0]["action"]


def test_rows_of_actors_that_cannot_be_used_are_named(make_story: MakeStory) -> None:
    sheet = (
        "actor,alias,kind\nAda Orr,Orr,Person\n,Ada Orr,\n,the talks,ignore\n,,\n"
        "Ada Orr,the minister,titel\nX,Y,titel\nX,Z,boss\n"
    )
    story = Story(make_story({"a.txt": TEXT, "actors.csv": sheet}))
    found = story.problems_read
    assert found["problem"].tolist() == [
        "row 2 names no actor",
        "the kind boss (row 7) is not known",
        "the kind titel (row 5 and 1 more) is not known",
    ]
    assert "write title if" in found["action"].iloc[2]
    assert "" not in set(story.mentions["actor"].dropna())


@pytest.mark.parametrize(
    ("sheet", "actors", "problems"),
    [
        ("actor;alias;kind\nAda Orr;Orr;person\n", ["Ada Orr"], []),
        ("actor,alias,kind\nAda Orr,Orr\n", ["Ada Orr"], []),
        ("actor,alias\nAda Orr,Orr,Anna\nX,Y\n", ["X"], ["row 1: 3 cells under 2 column names"]),
        ("actor,alias,\nAda Orr,Orr,\n", ["Ada Orr"], []),
        ('actor,alias\n"Ada Orr,Orr\nX,Y\n', ['"Ada Orr', "X"], ["row 1: a quotation mark that"]),
        ("actor,alias,kind\n\nAda Orr,Orr,boss\n,,\n", ["Ada Orr"], ["the kind boss (row 1)"]),
        ("actor,alias\n", [], []),
        ("actor,Actor,alias\nA,B,C\n", ["A"], ["2 columns are called actor"]),
        ("actor,alias,kind\nAda Orr,Orr,person,,\n", ["Ada Orr"], []),
    ],
)
def test_sheets_as_spreadsheets_write_them(
    make_story: MakeStory, sheet: str, actors: list[str], problems: list[str]
) -> None:
    story = Story(make_story({"a.txt": TEXT, "actors.csv": sheet}))
    assert story.actor_list is not None
    assert story.actor_list["actor"].tolist() == actors
    found = story.problems_read["problem"].tolist()
    assert len(found) == len(problems)
    assert all(map(str.startswith, found, problems))
    assert "actor" in story.mentions


@pytest.mark.parametrize(
    ("file", "sheet", "kept", "problems"),
    [
        ("labels.csv", "thing,label\nkite,glider,\n,dragon\nkite, ,\nkite,wing\n",
         ["glider", "wing"], ["row 2 has no thing", "row 3 has no label"]),
        ("labels.csv", "thing,label\nkite,glider,more\n", [],
         ["row 1: 3 cells under 2 column names"]),
        ("facts.csv", "fact_id,statement,Statement,cues\n1,a,b,c*\n1,x,y,z\n2,,,|,\n", ["c*"],
         ["2 columns are called statement", "row 2 repeats the fact_id 1 of row 1",
          "row 3 has no cues"]),
    ],
)  # fmt: skip
def test_rows_of_labels_and_facts_that_cannot_be_used_are_named(
    make_story: MakeStory, file: str, sheet: str, kept: list[str], problems: list[str]
) -> None:
    story = Story(make_story({"a.txt": TEXT, file: sheet}))
    listed = story.labels if file == "labels.csv" else story.facts
    assert listed is not None
    assert listed.iloc[:, -1].tolist() == kept
    found = story.problems_read
    assert found["problem"].tolist() == problems
    assert {*found["file"]} == {file}


def test_the_kinds_of_actors_are_those_that_the_list_of_actors_reads() -> None:
    assert {*ACTOR_KINDS} == aliases._TYPES | aliases._KINDS | {aliases.IGNORE}


FURTHER = (
    "id section desk country words lang language author authors date author_id updated edited "
    "tags section_id deadline factor data rate size side line life state city uri gender page "
    "edition topic place sub_headline headline2 title_2 url_hash media_type fact actor alias"
)


@pytest.mark.parametrize("column", FURTHER.split())
def test_a_further_column_is_no_misspelling(make_story: MakeStory, column: str) -> None:
    folder = make_story({"a.txt": TEXT, "articles.csv": f"file,{column}\na.txt,2019-09-30\n"})
    problems = Story(folder).problems_read
    assert not problems["problem"].str.contains("looks like").any()


def test_names_of_metadata_in_any_spelling_of_words(make_story: MakeStory) -> None:
    sheet = "file,Publication Date,by-line,Head_line\na.txt,2019-09-30,A. Orr,Kites\n"
    articles = Story(make_story({"a.txt": TEXT, "articles.csv": sheet})).articles
    assert articles[["published", "byline", "title"]].values.tolist() == [
        ["2019-09-30", "A. Orr", "Kites"]]  # fmt: skip


@given(st.sampled_from(["outlet", "published", "headline", "statement"]), st.data())
def test_one_slip_is_seen(name: str, data: st.DataObject) -> None:
    """A letter left out, added, replaced or changed over with the next, after the first."""
    at = data.draw(st.integers(1, len(name) - 2))
    letter = data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
    slips = [name[:at] + name[at + 1 :], name[:at] + letter + name[at:],
             name[:at] + letter + name[at + 1 :],
             name[:at] + name[at + 1] + name[at] + name[at + 2 :]]  # fmt: skip
    for slip in slips:
        assert misspelt(slip, [name]) == (name if slip != name else None)
