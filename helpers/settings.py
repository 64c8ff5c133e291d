"""What ``story.toml`` may say, and a row for everything in it that cannot be used.

Each key has one reader in `_KEYS`, which hands over the value or raises `Unusable`, and notes
what it leaves out of a list or table. No key and no value is passed over in silence.
"""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from helpers.lexicons import LANGUAGE
from helpers.spelling import nearest

MODELS = ("tagger", "names", "target_sentiment")
"""What a story may choose another model for, under ``[models]``."""
DEPTHS = ("auto", "encoder", "linear")
"""What reads sentiment, under ``sentiment``: see `helpers.models.depth`."""
WIRE = ("each", "once")
"""How text that several outlets print counts, under ``wire``."""
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_QUESTION = re.compile(r"^\s*\[\[\s*question\s*\]\]", re.MULTILINE)
_ENGLISH = re.compile(rf"(?:{LANGUAGE}|eng|english)(?:[-_][a-z0-9]+)*", re.IGNORECASE)
_LONGEST_SHOWN = 60
DATE = "published"
"""The column of articles by which a story is compared before and from a day on."""
_LARGEST = 10**15


class Problem(NamedTuple):
    """What cannot be used, and what was done or would mend it."""

    problem: str
    action: str


class Unusable(Exception):
    """A value that cannot be used at all: the default is."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True)
class Compare:
    """What is compared in place of single outlets (`[compare]`)."""

    by: str = "outlet"
    """A column of articles; ``published`` makes the two sides before and from a day on."""
    at: str = ""
    """That day, YYYY-MM-DD."""
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Groups of outlets by their names; of one group alone, all others are the other side."""
    only: tuple[str, ...] = ()
    """Sides that are held against each other alone; the others are left out."""


DIRECTIONS = ("more", "less", "other")
SUBJECTS = ("actor", "term", "frame")


@dataclass(frozen=True)
class Question:
    """A question that was written down before anything was looked at (`[[question]]`)."""

    outlet: str
    """The outlet, group or side that is asked about."""
    lens: str
    of: str
    """"actor", "term" or "frame"."""
    about: str
    against: str = ""
    """The outlet or side it is held against; empty: all others."""
    direction: str = "other"
    """Whether it has ``more`` of it, ``less``, or just another share than the others."""


@dataclass(frozen=True)
class Settings:
    """What ``story.toml`` may say; every value has a default."""

    title: str = ""
    question: str = ""
    outlets: tuple[str, ...] = ()
    """The order of the outlets in tables and figures; without aliases."""
    language: str = LANGUAGE
    """``en`` for every kind of English; else as given, and the lists are English all the same."""
    event: str = ""
    """The column of articles that groups them into events; empty: ``event``, declared or found."""
    count_duplicates: bool = False
    min_mentions: int = 5
    """Below this many mentions a share is shown as "too few"."""
    aliases: Mapping[str, str] = field(default_factory=dict)
    """Other names of outlets, each with the name that its articles are counted under."""
    models: Mapping[str, str] = field(default_factory=dict)
    """Models chosen instead of our own, by what they are for (`MODELS`)."""
    compare: Compare | None = None
    sentiment: str = "auto"
    """What reads sentiment: the encoder, the linear model, or whichever the size allows."""
    wire: str = "each"
    """Whether text that an earlier article of another outlet prints in large part counts for
    ``each`` outlet that prints its own version of it, or ``once``, for the earlier one. A whole
    copy counts once anyway."""
    questions: tuple[Question, ...] = ()
    reference: str = ""
    """Where a corpus is that outlets' words are held against: a path, from the story's folder."""
    lenses: tuple[str, ...] = ()
    """Lenses of others to use beside ours, by the names of their entry points."""


def read_settings(text: str) -> tuple[Settings, list[Problem]]:
    """The settings that a ``story.toml`` declares, and a row for all that it declares in vain.

    >>> settings, problems = read_settings('titel = "Talks"\\nmin_mentions = 3')
    >>> settings.min_mentions, problems[0].problem, problems[0].action
    (3, 'titel is no key of story.toml', 'left out; write title if that is meant')
    """
    try:
        given = _parsed(text)
    except tomllib.TOMLDecodeError as error:
        return Settings(), [Problem(f"not readable: {error}", "left out; mend the line it names")]
    except (RecursionError, ValueError) as error:
        told = "nested too deeply" if isinstance(error, RecursionError) else "a number too large"
        return Settings(), [Problem(f"not readable: {told}", "left out")]
    problems: list[Problem] = []
    good: dict[str, Any] = {}
    asked = given.get("question")
    if isinstance(asked, list) and any(isinstance(item, dict) for item in asked):
        more = given.get("questions", [])  # TOML's [[question]]; as text it is the briefing's own
        given["questions"] = [*given.pop("question"), *(more if isinstance(more, list) else [])]
    for key, value in given.items():
        if key not in _KEYS:
            problems.append(_unknown(key, _KEYS, "key of story.toml"))
            continue
        try:
            good[key] = _KEYS[key].read(key, value, problems)
        except Unusable as error:
            action = f"the default is used; it is written {_KEYS[key].example}"
            problems.append(Problem(error.problem, action))
    if "outlets" in good:
        names = good.get("aliases", {})
        good["outlets"] = tuple(dict.fromkeys(names.get(o, o) for o in good["outlets"]))
    if "compare" in good and good["compare"].groups:
        names, groups = good.get("aliases", {}), good["compare"].groups
        named = {g: tuple(names.get(o, o) for o in outlets) for g, outlets in groups.items()}
        good["compare"] = replace(good["compare"], groups=named)
    return Settings(**good), problems


def _parsed(text: str) -> dict[str, Any]:
    """The keys of a ``story.toml``; raises as `tomllib.loads` does.

    TOML has no key that is text and tables at once. A story may have both, a `question` in words
    and tables `[[question]]`: where that is what makes it unreadable, the tables are `questions`.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        apart = _QUESTION.sub("[[questions]]", text)
        if apart == text:
            raise
        with suppress(tomllib.TOMLDecodeError):
            return tomllib.loads(apart)
        raise


def near_remedy(name: str, known: Iterable[str], otherwise: str) -> str:
    """What to write instead of a name that is not known."""
    meant = nearest(name, known)
    return f"write {meant} if that is meant" if meant else otherwise


def shown(key: str) -> str:
    r"""A key as TOML writes it, on one line.

    >>> shown("title"), shown("The Post"), shown("a\nb")
    ('title', "'The Post'", "'a\\nb'")
    """
    return key if _BARE.fullmatch(key) else repr(key)


def _unknown(key: str, known: Iterable[str], what: str) -> Problem:
    keys = list(known)
    remedy = near_remedy(key, keys, f"there are {', '.join(keys)}")
    return Problem(f"{shown(key)} is no {what}", f"left out; {remedy}")


# -- readers of values ------------------------------------------------------------------------


def _wrong_type(name: str, value: Any, wanted: str) -> str:
    """That a value is of another type than the wanted one."""
    for kind, words in _TYPES:
        if isinstance(value, kind):
            simple = not isinstance(value, dict | list) and not _is_large(value)
            told = f" ({str(value).lower()[:_LONGEST_SHOWN]})" if simple else ""
            return f"{name} is {words}{told}, not {wanted}"
    raise TypeError(value)


_TYPES = (  # as TOML calls them; true and false are whole numbers to Python
    (bool, "true or false"),
    (int, "a whole number"),
    (float, "a decimal number"),
    (dict, "a table"),
    (list, "a list"),
    ((datetime.date, datetime.time), "a date or time"),
    (str, "text"),
)


def _text(name: str, value: Any, _: list[Problem]) -> str:
    if not isinstance(value, str):
        raise Unusable(_wrong_type(name, value, "text"))
    return " ".join(value.split())


def _flag(name: str, value: Any, _: list[Problem]) -> bool:
    if not isinstance(value, bool):
        raise Unusable(_wrong_type(name, value, "true or false"))
    return value


def _count(name: str, value: Any, _: list[Problem]) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise Unusable(_wrong_type(name, value, "a whole number"))
    if _is_large(value):
        raise Unusable(f"{name} is too large")
    if value < 0:
        raise Unusable(f"{name} is {value}, less than 0")
    return value


def _is_large(value: Any) -> bool:
    """Whether it is a whole number beyond all use; Python does not even write the largest."""
    return isinstance(value, int) and abs(value) > _LARGEST


def _language(name: str, value: Any, problems: list[Problem]) -> str:
    language = _text(name, value, problems)
    if _ENGLISH.fullmatch(language):
        return LANGUAGE
    problems.append(
        Problem(
            f"{name} is {language[:_LONGEST_SHOWN]!r}, and there are word lists and models for "
            f"{LANGUAGE!r} only",
            "all are the English ones: names, quotations, tone and frames of other texts are not "
            "to be trusted",
        )
    )
    return language


def _one_of(known: Sequence[str]) -> Callable[[str, Any, list[Problem]], str]:
    def read(name: str, value: Any, problems: list[Problem]) -> str:
        given = _text(name, value, problems).lower()
        if given not in known:
            raise Unusable(f"{name} is {given[:_LONGEST_SHOWN]!r}, not {', '.join(known)}")
        return given

    return read


def _texts(name: str, value: Any, problems: list[Problem]) -> tuple[str, ...]:
    """The texts of a list, each once."""
    if not isinstance(value, list):
        raise Unusable(_wrong_type(name, value, "a list"))
    found: dict[str, int] = {}
    for place, item in enumerate(value, start=1):
        try:
            words = _filled(f"entry {place} of {name}", item, problems)
        except Unusable as error:
            problems.append(Problem(error.problem, "left out"))
            continue
        if words in found:
            twice = f"entries {found[words]} and {place} of {name} are the same"
            problems.append(Problem(twice, "the second is left out"))
        found.setdefault(words, place)
    return tuple(found)


def _filled(name: str, value: Any, problems: list[Problem]) -> str:
    words = _text(name, value, problems)
    if not words:
        raise Unusable(f"{name} is empty")
    return words


def _table(name: str, value: Any, problems: list[Problem]) -> dict[str, str]:
    """The texts of a table; a key that says nothing is left out with a row."""
    if not isinstance(value, dict):
        raise Unusable(_wrong_type(name, value, "a table"))
    found = {}
    for key, item in value.items():
        try:
            found[key] = _filled(f"{name}.{shown(key)}", item, problems)
        except Unusable as error:
            problems.append(Problem(error.problem, "left out"))
    return found


def _models(name: str, value: Any, problems: list[Problem]) -> dict[str, str]:
    given = dict(value) if isinstance(value, dict) else value
    if isinstance(given, dict):
        unknown = [key for key in given if key not in MODELS]
        problems += [_unknown(key, MODELS, f"key of [{name}]") for key in unknown]
        given = {key: item for key, item in given.items() if key in MODELS}
    return _table(name, given, problems)


def _aliases(name: str, value: Any, problems: list[Problem]) -> dict[str, str]:
    """Each alias with the name at the end of its chain; those of a circle are left out."""
    given: dict[str, str] = {}
    for key, item in _table(name, value, problems).items():
        alias = " ".join(key.split())
        if alias in given or not alias:
            what = "empty" if not alias else f"the same as {shown(alias)}"
            problems.append(Problem(f"{name}: the name {shown(key)} is {what}", "left out"))
        else:
            given[alias] = item
    found: dict[str, str] = {}
    for alias in given:
        chain = [alias]
        while chain[-1] in given and given[chain[-1]] not in chain:
            chain.append(given[chain[-1]])
        steps = " = ".join(map(shown, chain))
        if chain[-1] in given:
            steps += f" = {shown(given[chain[-1]])}"
            problems.append(
                Problem(f"{name} go round in a circle: {steps}", f"{shown(alias)} is not renamed")
            )
            continue
        if len(chain) > 2:
            problems.append(
                Problem(
                    f"{name} form a chain: {steps}", f"{shown(alias)} counts as {shown(chain[-1])}"
                )
            )
        found[alias] = chain[-1]
    return found


_COMPARED = ("by", "at", "groups", "only")


def comparison(text: str) -> Compare:
    """What ``--by`` asks for: a column, or ``published=`` and a day.

    >>> comparison("lean").by, comparison("published=2020-01-31").at
    ('lean', '2020-01-31')
    """
    by, _, at = text.partition("=")
    return Compare(by=by.strip(), at=_day("--by", at, []) if at else "")


def _compare(name: str, value: Any, problems: list[Problem]) -> Compare:
    if not isinstance(value, dict):
        raise Unusable(_wrong_type(name, value, "a table"))
    readers = {"by": _filled, "at": _day, "groups": _groups, "only": _texts}
    good: dict[str, Any] = {}
    for key, item in value.items():
        if key not in readers:
            problems.append(_unknown(key, _COMPARED, f"key of [{name}]"))
            continue
        try:
            good[key] = readers[key](f"{name}.{key}", item, problems)
        except Unusable as error:
            problems.append(Problem(error.problem, "left out"))
    if good.get("groups") and good.get("by", "outlet") != "outlet":
        what = f"{name} has groups of outlets and by = {good['by']!r}"
        problems.append(Problem(what, "the groups are compared; leave one of them out"))
    if "at" in good and not good.get("groups"):
        by = good.setdefault("by", DATE)  # a day alone divides the time
        if by != DATE:
            what = f"{name} has a day and by = {by!r}"
            problems.append(Problem(what, f'the day is left out; it belongs to by = "{DATE}"'))
    elif "at" in good:
        problems.append(Problem(f"{name} has groups of outlets and a day", "the day is left out"))
    if not good:
        raise Unusable(f"[{name}] says nothing")
    return Compare(**good)


def _reference(name: str, value: Any, problems: list[Problem]) -> str:
    if not isinstance(value, dict):
        raise Unusable(_wrong_type(name, value, "a table"))
    problems += [_unknown(key, ("path",), f"key of [{name}]") for key in value if key != "path"]
    if "path" not in value:
        raise Unusable(f"[{name}] names no path")
    return _filled(f"{name}.path", value["path"], problems)


def _questions(name: str, value: Any, problems: list[Problem]) -> tuple[Question, ...]:
    if not isinstance(value, list):
        raise Unusable(_wrong_type(name, value, "a list of tables"))
    found = []
    for place, item in enumerate(value, start=1):
        try:
            found.append(_question(f"question {place}", item, problems))
        except Unusable as error:
            problems.append(Problem(error.problem, "the question is left out"))
    return tuple(found)


def _question(name: str, value: Any, problems: list[Problem]) -> Question:
    if not isinstance(value, dict):
        raise Unusable(_wrong_type(name, value, "a table"))
    keys = ("outlet", "against", "lens", "direction", *SUBJECTS)
    problems += [_unknown(key, keys, "key of [[question]]") for key in value if key not in keys]
    given = {key: _filled(f"{name}: {key}", value[key], problems) for key in keys if key in value}
    subjects = [key for key in SUBJECTS if key in given]
    if len(subjects) != 1:
        told = " and ".join(subjects) or "neither actor nor term nor frame"
        raise Unusable(f"{name} names {told}; it takes one of them")
    for key in ("outlet", "lens"):
        if key not in given:
            raise Unusable(f"{name} names no {key}")
    direction = given.get("direction", "other")
    if direction not in DIRECTIONS:
        remedy = near_remedy(direction, DIRECTIONS, f"there are {', '.join(DIRECTIONS)}")
        raise Unusable(f"{name}: {direction!r} is no direction; {remedy}")
    return Question(
        outlet=given["outlet"], lens=given["lens"], of=subjects[0], about=given[subjects[0]],
        against=given.get("against", ""), direction=direction,
    )  # fmt: skip


def _day(name: str, value: Any, _: list[Problem]) -> str:
    if isinstance(value, datetime.date):
        return value.isoformat()[:10]
    try:
        return datetime.date.fromisoformat(str(value).strip()).isoformat()
    except ValueError:
        shown_value = str(value)[:_LONGEST_SHOWN]
        raise Unusable(f"{name} is {shown_value!r}, no day written YYYY-MM-DD") from None


def _groups(name: str, value: Any, problems: list[Problem]) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        raise Unusable(_wrong_type(name, value, "a table"))
    found = {}
    for key, item in value.items():
        try:
            outlets = _texts(f"{name}.{shown(key)}", item, problems)
            if not outlets or not key.strip():
                raise Unusable(f"{name}.{shown(key)} is empty")
            found[" ".join(key.split())] = outlets
        except Unusable as error:
            problems.append(Problem(error.problem, "left out"))
    return found


class _Key(NamedTuple):
    read: Callable[[str, Any, list[Problem]], Any]
    example: str


_KEYS = {
    "title": _Key(_text, 'title = "The talks"'),
    "question": _Key(_text, 'question = "Who is blamed?"'),
    "outlets": _Key(_texts, 'outlets = ["Post", "Wire"]'),
    "language": _Key(_language, f'language = "{LANGUAGE}"'),
    "event": _Key(_text, 'event = "event"'),
    "count_duplicates": _Key(_flag, "count_duplicates = true"),
    "min_mentions": _Key(_count, "min_mentions = 5"),
    "aliases": _Key(_aliases, 'as a table [aliases] with lines such as WP = "Washington Post"'),
    "models": _Key(_models, 'as a table [models] with lines such as tagger = "name"'),
    "compare": _Key(_compare, 'as a table [compare] with a line such as by = "lean"'),
    "sentiment": _Key(_one_of(DEPTHS), 'sentiment = "linear"'),
    "wire": _Key(_one_of(WIRE), 'wire = "once"'),
    "questions": _Key(_questions, "as tables [[question]] with outlet, lens and actor or term"),
    "reference": _Key(_reference, 'as a table [reference] with a line path = "reference"'),
    "lenses": _Key(_texts, 'lenses = ["words"]'),
}
