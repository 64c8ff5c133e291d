"""Models from elsewhere: the contract, how they are chosen, and what a story makes of them."""

from __future__ import annotations

import importlib
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from helpers import partitions
from helpers.lenses.actors import find_mentions
from helpers.models import ROLES, ModelError, cards, check_adapter, chosen, load
from helpers.story import Story, saved_tables

SAVED = saved_tables()

ROOT = Path(__file__).resolve().parents[1]
Frame = pd.DataFrame

# -- the contract ---------------------------------------------------------------------------------


class Tags:
    """Our own tags, spoilt by a function of (sentences, tags)."""

    version = "spoilt 1"

    def __init__(self, spoil: Callable[[Any, Any], Any]) -> None:
        self.spoil = spoil

    def tag(self, sentences: Any) -> Any:
        return self.spoil(sentences, load("tagger", "parallax").tag(sentences))


class Names(Tags):
    """Our own names, spoilt."""

    def find(self, articles: Frame, sentences: Frame, tokens: Frame) -> Any:
        own = load("names", "parallax").find(articles, sentences, tokens)
        return self.spoil(articles, own)


class Targets(Tags):
    """Our own probabilities, spoilt."""

    threshold: Any = 0.5

    def probabilities(self, targets: Frame) -> Any:
        own = load("target_sentiment", "parallax").probabilities(targets)
        return self.spoil(targets, own)


def fails_on_empty(given: Any, answer: Any) -> Any:
    return answer if len(given) else 1 / 0


class Moody:
    """Another answer from the second call on."""

    def __init__(self, change: Callable[[Any], Any]) -> None:
        self.change, self.calls = change, 0

    def __call__(self, given: Any, answer: Any) -> Any:
        self.calls += 1
        return answer if self.calls == 1 or not len(given) else self.change(answer)


def in_company(change: Callable[[Any], Any]) -> Callable[[Any, Any], Any]:
    """Another answer where more than one row is given."""
    return lambda given, answer: change(answer) if len(given) > 1 else answer


def by_place(given: Any, answer: Any) -> Any:
    """The first row is always called this or that."""
    return [["NN"] * len(tags) if i == 0 else tags for i, tags in enumerate(answer)]


def nouns(answer: Any) -> Any:
    return [["NN"] * len(tags) for tags in answer]


def neutral(answer: Any) -> Any:
    return np.full_like(answer, 1 / 3)


def changes_input(given: Any, answer: Any) -> Any:
    given["text"] = "x"
    return answer


def shifted(given: Any, answer: Any) -> Any:
    return answer.assign(start=answer["start"] + 1)


def twice(given: Any, answer: Any) -> Any:
    return pd.concat([answer, answer], ignore_index=True)


BROKEN = {
    "tags one short": ("tagger", Tags(lambda s, t: [x[:-1] for x in t]), "not one tag a word"),
    "a sentence missing": ("tagger", Tags(lambda s, t: t[:-1]), "sentences"),
    "universal tags": ("tagger", Tags(lambda s, t: [["NOUN"] * len(x) for x in t]), "'NOUN'"),
    "empty tags": ("tagger", Tags(lambda s, t: [[""] * len(x) for x in t]), "''"),
    "text for tags": ("tagger", Tags(lambda s, t: [" ".join(x) for x in t]), "not one tag a word"),
    "tagger raises on empty": ("tagger", Tags(fails_on_empty), "ZeroDivisionError"),
    "tags of the second run": ("tagger", Tags(Moody(nouns)), "second run"),
    "tags by company": ("tagger", Tags(in_company(nouns)), "alone"),
    "tags by place": ("tagger", Tags(by_place), "another order"),
    "names off by one": ("names", Names(shifted), "whole tokens"),
    "names twice": ("names", Names(twice), "overlap"),
    "names in floats": (
        "names", Names(lambda a, n: n.astype({"start": "float64"})), "start as float64"),
    "names without type": ("names", Names(lambda a, n: n.drop(columns="type")), "no column type"),
    "names of foreign types": ("names", Names(lambda a, n: n.assign(type="GPE")), "a type"),
    "names too sure": ("names", Names(lambda a, n: n.assign(confidence=1.5)), "confidence"),
    "names of nothing": ("names", Names(lambda a, n: n.assign(end=n["start"])), "whole tokens"),
    "names of nobody": ("names", Names(lambda a, n: n.assign(doc_id="zz")), "doc_id"),
    "names in a list": ("names", Names(lambda a, n: n.to_dict("records")), "not a DataFrame"),
    "names raise on empty": ("names", Names(fails_on_empty), "ZeroDivisionError"),
    "names of the second run": ("names", Names(Moody(lambda n: n.head(0))), "second run"),
    "names by company": ("names", Names(in_company(lambda n: n.head(0))), "alone"),
    "names change the text": ("names", Names(changes_input), "changed the table"),
    "three float32": (
        "target_sentiment", Targets(lambda t, p: p.astype("float32")), "float32"),
    "a column missing": ("target_sentiment", Targets(lambda t, p: p[:, :2]), "shape"),
    "a row missing": ("target_sentiment", Targets(lambda t, p: p[:-1]), "shape"),
    "scores": ("target_sentiment", Targets(lambda t, p: 2 * p), "add up to 1"),
    "not a number": ("target_sentiment", Targets(lambda t, p: p * np.nan), "add up to 1"),
    "targets raise on empty": ("target_sentiment", Targets(fails_on_empty), "ZeroDivisionError"),
    "targets of the second run": ("target_sentiment", Targets(Moody(neutral)), "second run"),
    "targets by company": ("target_sentiment", Targets(in_company(neutral)), "alone"),
    "targets change the text": ("target_sentiment", Targets(changes_input), "changed the table"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_what_breaks_the_contract_is_named_with_the_remedy(name: str) -> None:
    role, model, told = BROKEN[name]
    with pytest.raises(ModelError) as error:
        check_adapter(role, model, name="mine:one")
    message = str(error.value)
    assert told in message
    assert message.startswith(f"{role} = “mine:one”")
    assert "mend the adapter" in message
    assert "\n" not in message


@pytest.mark.parametrize("role", ["tagger", "names", "target_sentiment"])
def test_our_own_models_keep_the_contract(role: str) -> None:
    check_adapter(role, load(role, "parallax"))


@pytest.mark.parametrize(
    ("role", "spoilt", "told"),
    [
        ("tagger", {"version": ""}, "version"),
        ("tagger", {"tag": None}, "no method tag()"),
        ("target_sentiment", {"threshold": 2.0}, "2.0 as threshold"),
        ("target_sentiment", {"threshold": None}, "None as threshold"),
    ],
)
def test_a_model_says_what_it_is(role: str, spoilt: dict[str, Any], told: str) -> None:
    model = (Tags if role == "tagger" else Targets)(lambda given, answer: answer)
    for name, value in spoilt.items():
        setattr(model, name, value)
    with pytest.raises(ModelError, match=told.replace("(", r"\(").replace(")", r"\)")):
        check_adapter(role, model)


def test_there_is_no_fourth_role() -> None:
    with pytest.raises(ModelError, match="tagger, names, target_sentiment"):
        check_adapter("parser", load("tagger", "parallax"))


# -- choosing -------------------------------------------------------------------------------------

TOY = '''
"""Names every Keller, tags by the first letter, is always neutral."""
import numpy as np
import pandas as pd
from helpers.models import LABELS, NAME_COLUMNS


class Tagger:
    version = "toy 1"

    def __init__(self, tag):
        self.other = tag

    def tag(self, sentences):
        if any("kaput" in words for words in sentences):
            raise RuntimeError("no such word")
        return [["NNP" if w[0].isupper() else self.other for w in words] for words in sentences]


class Names:
    version = "toy 1"

    def find(self, articles, sentences, tokens):
        some = tokens[tokens["text"] == "Keller"]
        rows = some[["doc_id", "start", "end"]].assign(type="person", confidence=0.5)
        return rows[[*NAME_COLUMNS]].astype(NAME_COLUMNS)


class Targets:
    version = "toy 1"
    threshold = 0.5

    def probabilities(self, targets):
        return np.tile([0.25, 0.5, 0.25], (len(targets), 1))


def tagger(argument):
    return Tagger(argument or "NN")


def names(argument):
    return Names()


def target_sentiment(argument):
    if argument == "heavy":
        raise MemoryError("too\\nheavy")
    return Targets()
'''


def install(folder: Path, name: str, code: str, *, points: str = "") -> None:
    """Write a package as pip leaves it: a module, and a dist-info with its entry point."""
    (folder / f"{name}.py").write_text(code, encoding="utf-8")
    about = folder / f"{name}-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    entry = points or f"{name} = {name}"
    (about / "entry_points.txt").write_text(f"[parallax.models]\n{entry}\n")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of installed packages with the toy adapter."""
    folder = tmp_path / "site"
    folder.mkdir()
    install(folder, "toy", TOY)
    monkeypatch.syspath_prepend(str(folder))
    importlib.invalidate_caches()
    load.cache_clear()
    return folder


@pytest.mark.parametrize(
    ("specs", "told"),
    [
        ({"tagger": "nobody:x"}, "tagger = “nobody”: no adapter of that name is installed"),
        ({"tagger": "nobody"}, "(there are double, lost, parallax, spacy, toy)"),
        ({"tagger": "nobody"}, "pip install the package"),
        ({"target_sentiment": "spacy:x"}, "offers no target_sentiment (it offers tagger and names"),
        ({"names": "parallax:x"}, "write parallax alone"),
        ({"names": ""}, "no adapter"),
        ({"tager": "toy"}, "tager; what can be chosen is tagger, names, target_sentiment"),
        ({"target_sentiment": "toy:heavy"}, "could not load it (MemoryError: too heavy)"),
        ({"tagger": "toy:NOUN"}, "returned 'NOUN', no Penn Treebank tag"),
        ({"tagger": "lost"}, "cannot be imported (ModuleNotFoundError"),
        ({"tagger": "double"}, "several installed packages"),
    ],
)
def test_what_cannot_be_had_is_named_with_the_remedy(
    site: Path, specs: dict[str, str], told: str
) -> None:
    install(site, "lost", "import a_package_that_nobody_has")
    install(site, "one", TOY, points="double = one")
    install(site, "two", TOY, points="double = two")
    with pytest.raises(ModelError) as error:
        chosen(specs)
    assert told in str(error.value)
    assert "\n" not in str(error.value)


def test_being_installed_changes_nothing(site: Path) -> None:
    assert chosen({}) == chosen({"tagger": "parallax", "names": " parallax "})
    assert chosen({}).tagger is None


TEXT = "Ms. Keller left Oslo. “It is over,” said Keller, whom the Harbour Bank trusts.\n"
STORY = {
    "post/a.txt": "A Line Goes Quiet\n\n" + TEXT,
    "post/b.txt": "Nobody Speaks\n\nThe minister was praised. " + TEXT,
    "wire/c.txt": "Nothing Is Said\n\nThe Harbour Bank met Ms. Keller and Jane Moss.",
}  # fmt: skip
MODELS = '[models]\ntagger = "toy"\nnames = "toy"\ntarget_sentiment = "toy"\n'


def test_a_story_uses_the_models_it_names(site: Path, make_story: Any) -> None:
    plain = Story(make_story(STORY))
    assert plain.problems.query("file == 'story.toml'").empty
    assert {"Harbour Bank", "Jane Moss"} <= set(plain.mentions["text"])
    story = Story(make_story({**STORY, "story.toml": MODELS}))
    assert set(story.tokens["tag"]) == {"NNP", "NN"}
    assert set(story.mentions.query("kind == 'name'")["text"]) == {"Ms. Keller", "Keller"}
    assert set(story.target_sentiment["neutral"]) == {0.5}
    assert set(story.target_sentiment["label"]) == {"neutral"}
    told = story.problems.query("file == 'story.toml'")["problem"].tolist()
    assert len(told) == 3
    assert all("(toy 1), not Parallax's own: its accuracy is not measured" in row for row in told)


@pytest.mark.slow
def test_partitions_of_one_article_give_the_same(
    site: Path, make_story: Any, tmp_path: Path
) -> None:
    story = Story(make_story({**STORY, "story.toml": MODELS}))
    parted = partitions.in_partitions(story, tmp_path / "parts", size=1, workers=2)
    for name in ("sentences", "tokens", "mentions", "quotes", "target_sentiment", "agency"):
        assert_frame_equal(getattr(parted, name), getattr(story, name))


def run(site: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(ROOT), str(site)])
    return subprocess.run(
        [sys.executable, "-P", "-m", "helpers", *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.slow
def test_workers_use_them_too(
    site: Path, make_story: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = make_story({**STORY, "story.toml": MODELS})
    for workers in (1, 2):
        made = run(site, "tables", story, "--output", tmp_path / f"{workers}", "--workers", workers)
        assert made.returncode == 0, made.stderr
    for name in SAVED:
        one, two = ((tmp_path / w / f"{name}.csv").read_bytes() for w in "12")
        assert one == two, name
    assert set(pd.read_csv(tmp_path / "2" / "target_sentiment.csv")["neutral"]) == {0.5}


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize(
    ("settings", "texts", "told"),
    [
        ('[models]\ntagger = "nobody"\n', STORY, "no adapter of that name is installed"),
        (MODELS, {**STORY, "wire/d.txt": "All is kaput."}, "raised RuntimeError (no such word)"),
    ],
)
def test_an_error_is_one_sentence_and_leaves_nothing(
    site: Path, make_story: Any, tmp_path: Path, workers: int, settings: str,
    texts: dict[str, str], told: str,
) -> None:  # fmt: skip
    story = make_story({**texts, "story.toml": settings})
    made = run(site, "tables", story, "--output", tmp_path / "out", "--workers", workers)
    assert made.returncode == 2
    assert told in made.stderr
    assert "Traceback" not in made.stderr
    assert len([line for line in made.stderr.splitlines() if line.startswith("parallax:")]) == 1
    assert not (tmp_path / "out").exists()
    assert made.stdout == ""


@pytest.mark.slow
def test_a_report_that_a_model_fails_leaves_nothing(
    site: Path, make_story: Any, tmp_path: Path
) -> None:
    story = make_story({**STORY, "wire/d.txt": "All is kaput.", "story.toml": MODELS})
    made = run(site, "report", story, "--output", tmp_path / "out")
    assert made.returncode == 2
    assert "raised RuntimeError (no such word)" in made.stderr
    assert made.stderr.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_partitions_of_another_model_are_made_anew(
    site: Path, make_story: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared: list[Any] = []

    def note(function: str, *_: Any, **options: Any) -> list[Path]:
        shared.append(options["shared"])
        raise StopIteration

    monkeypatch.setattr("helpers.scale.run_partitions", note)
    for settings in ("", '[models]\ntagger = "toy"\n', '[models]\ntagger = "toy:NNS"\n'):
        story = Story(make_story({**STORY, "story.toml": settings}))
        with pytest.raises(StopIteration):
            partitions.in_partitions(story, tmp_path / "parts")
    story.models.tagger.version = "toy 2"  # type: ignore[union-attr]
    with pytest.raises(StopIteration):
        partitions.in_partitions(story, tmp_path / "parts")
    assert all(a != b for i, a in enumerate(shared) for b in shared[:i])


# -- what the seam of names carries ---------------------------------------------------------------


def test_our_own_names_through_the_seam_give_the_same_mentions() -> None:
    story = Story("us-iran-2019")
    tables = story.articles, story.sentences, story.tokens
    direct = find_mentions(*tables)
    seam = find_mentions(*tables, finder=load("names", "parallax"))
    columns = ["doc_id", "start", "end", "actor"]
    a, b = (set(map(tuple, t[columns].astype("str").to_numpy())) for t in (direct, seam))
    assert 2 * len(a & b) / (len(a) + len(b)) >= 0.98
    assert a != b  # what the rows cannot say: where two pieces of one run were joined


# -- cards ----------------------------------------------------------------------------------------


def test_a_card_tells_figures_of_its_version_beside_ours(tmp_path: Path) -> None:
    assert cards.read("spacy:en_x", tmp_path) == {}
    cards.write("parallax", "names", "Parallax 1", {"GUM, F1": 84.04}, tmp_path)
    file = cards.write("spacy:en_x", "names", "spaCy 3, en_x 1", {"GUM, F1": 70.0}, tmp_path)
    assert file.name == "spacy-en_x.json"

    def told(version: str) -> str:
        (row,) = cards.notes({"names": ("spacy:en_x", version)}, tmp_path)
        return row["problem"]

    figures = "GUM, F1: 70.0% (Parallax's own 84.0%)"
    assert told("spaCy 3, en_x 1") == (
        f"names is spacy:en_x (spaCy 3, en_x 1), not Parallax's own: {figures}"
    )
    assert told("spaCy 4, en_x 1").endswith(f"measured as spaCy 3, en_x 1, {figures}")
    cards.write("spacy:en_x", "tagger", "spaCy 4, en_x 1", {"UD": 90}, tmp_path)
    assert "not measured" in told("spaCy 4, en_x 1")


def test_the_shipped_cards_say_the_same_measures_as_ours() -> None:
    ours = cards.read("parallax")["figures"]
    assert set(ours) == set(ROLES)
    files = sorted(cards.FOLDER.glob("*.json"))
    assert [file.name for file in files] == ["parallax.json", "spacy-en_core_web_sm.json"]
    for file in files:
        card = cards.read(file.stem)
        assert cards.file_of(card["model"]) == file
        for role, figures in card["figures"].items():
            assert list(figures) == list(ours[role])
            (row,) = cards.notes({role: (card["model"], "a version of tomorrow 1.2.3")})
            assert len(row["problem"]) < 400  # what the page prints of a problem


@pytest.mark.slow
@pytest.mark.shared
def test_our_own_card_is_what_is_measured_today(shared: Path) -> None:
    import models

    ours = cards.read("parallax")["figures"]
    for role in ROLES:
        measured = getattr(models, role)(load(role, "parallax"), shared)
        assert {k: round(v, 1) for k, v in measured.items()} == ours[role], (
            "run: python benchmarks/models.py --data DIR --model parallax"
        )


def test_the_example_of_the_documents_works(site: Path) -> None:
    page = (ROOT / "docs" / "models.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    (site / "my_module.py").write_text(code, encoding="utf-8")
    (point,) = re.findall(r"listed = \"my_package\.(my_module)\"", page)
    install(site, "listed", "", points=f"listed = {point}")
    story = Story.from_texts("Then Jane Hale met Keller in Oslo.")
    story.made["models"] = chosen({"names": "listed"})
    assert story.mentions["text"].tolist() == ["Hale", "Keller"]


# -- spaCy ----------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The folder of a small pipeline that tags and names by rule."""
    spacy = pytest.importorskip("spacy", reason="spaCy is not installed (pip install spacy)")
    nlp = spacy.blank("en")
    tags = nlp.add_pipe("attribute_ruler")
    for pattern, tag in ((".", "NN"), ("^[A-Z]", "NNP"), (r"^\W+$", ":")):
        tags.add([[{"TEXT": {"REGEX": pattern}}]], {"TAG": tag})
    names = nlp.add_pipe("entity_ruler")
    names.add_patterns(
        [{"label": "PERSON", "pattern": "Keller"},
         {"label": "ORG", "pattern": "the Harbour Bank"},
         {"label": "NORP", "pattern": "Norwegian"},
         {"label": "MONEY", "pattern": "$1.2m"}]
    )  # fmt: skip
    folder = tmp_path_factory.mktemp("spacy") / "rules"
    nlp.to_disk(folder)
    return str(folder)


def test_a_spacy_pipeline_tags_and_names(pipeline: str, make_story: Any) -> None:
    settings = f"[models]\ntagger = 'spacy:{pipeline}'\nnames = 'spacy:{pipeline}'\n"
    story = Story(make_story({**STORY, "story.toml": settings}))
    assert set(story.tokens["tag"]) == {"NNP", "NN", ":"}
    named = set(story.mentions.query("kind == 'name'")["text"])
    assert named == {"Ms. Keller", "Keller", "Harbour Bank"}
    assert "spaCy" in story.problems.query("file == 'story.toml'")["problem"].iloc[0]


def test_a_spacy_pipeline_that_does_not_tag_is_refused() -> None:
    spacy = pytest.importorskip("spacy", reason="spaCy is not installed (pip install spacy)")
    from helpers.models.spacy_pipeline import SpacyTagger

    with pytest.raises(ModelError, match="no Penn Treebank tag"):
        check_adapter("tagger", SpacyTagger(spacy.blank("en")))


def test_any_real_pipeline_keeps_the_contract() -> None:
    util = pytest.importorskip("spacy.util", reason="spaCy is not installed (pip install spacy)")
    installed = [name for name in util.get_installed_models() if name.startswith("en_")]
    if not installed:
        pytest.skip("no English spaCy pipeline is installed (python -m spacy download …)")
    for name in installed:
        models = chosen({"tagger": f"spacy:{name}", "names": f"spacy:{name}"})
        text = "Angela Merkel met Emmanuel Macron in Berlin on Monday."
        story = Story.from_texts(text)
        story.made["models"] = models
        assert story.tokens["tag"].tolist()[:3] == ["NNP", "NNP", "VBD"]
        assert {"Angela Merkel", "Emmanuel Macron"} <= set(story.mentions["text"])


@pytest.mark.parametrize(
    ("spec", "told"),
    [("spacy", "needs the name of a pipeline"), ("spacy:en_nobody_has", "en_nobody_has")],
)
def test_what_spacy_lacks_is_named_with_the_command(spec: str, told: str) -> None:
    with pytest.raises(ModelError, match=told) as error:
        chosen({"names": spec})
    if ":" in spec:
        assert "python -m spacy download en_nobody_has" in str(error.value)


def test_without_spacy_the_sentence_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(ModelError, match="pip install spacy"):
        chosen({"tagger": "spacy:en_not_loaded_before"})
