"""Which models a story works with: those that ``[models]`` in ``story.toml`` names, else our own.

    [models]
    tagger = "spacy:en_core_web_sm"
    names = "spacy:en_core_web_sm"

Before the colon stands the adapter, after it what the adapter makes of it. Adapters are ours
(``parallax``, ``spacy``) or modules that an installed package names in the entry-point group
``parallax.models``; being installed alone changes nothing. An adapter is a module (or any object)
with a function for each role it offers, called like the role: ``tagger(argument)`` returns a
`Tagger`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from helpers.models import cards
from helpers.models.checking import check_adapter, guarded
from helpers.models.depth import ENCODER, LINEAR, Depth, reading_depth
from helpers.models.protocols import ROLES, ModelError, NameFinder, Tagger, TargetModel
from helpers.settings import Settings

GROUP = "parallax.models"
OWN = "parallax"
OWN_MODELS = {
    "tagger": "helpers.tagging:default_tagger",
    "names": "helpers.lenses.actors.own_names:OwnNames",
    "target_sentiment": "helpers.lenses.sentiment.targets:OwnTargets",
}
DEEP = "helpers.lenses.sentiment.deep:EncoderTargets"
SHALLOW = Depth(LINEAR)
BUILT_IN = {"spacy": "helpers.models.spacy_pipeline"}


@dataclass(frozen=True)
class Models:
    """A story's models; None stands for our own."""

    tagger: Tagger | None = None
    names: NameFinder | None = None
    target_sentiment: TargetModel | None = None
    specs: Mapping[str, str] = field(default_factory=dict)
    """Role → what ``story.toml`` calls the model, of those that are not ours."""
    depth: Depth = SHALLOW
    """Which of our own models reads sentiment, where `target_sentiment` is ours."""

    @property
    def sentiment(self) -> str:
        """What reads sentiment: ``encoder``, ``linear`` or the name of a model not ours."""
        return self.specs.get("target_sentiment", self.depth.name)

    @property
    def versions(self) -> dict[str, tuple[str, str]]:
        """Role → (name, version): what tells results of these models from those of others."""
        return {role: (name, getattr(self, role).version) for role, name in self.specs.items()}

    def notes(self) -> list[dict[str, str]]:
        """A row of `problems` for each: that it is not our own, and how accurate it was found."""
        rows = list(cards.notes(self.versions))
        if self.depth.problem and "target_sentiment" not in self.specs:
            _, problem, action = self.depth
            rows.append({"file": "sentiment", "problem": problem, "action": action})
        return rows


def chosen(specs: Mapping[str, str], depth: Depth = SHALLOW) -> Models:
    """The models that ``[models]`` names, loaded and checked; sentiment of ours by its depth.

    Raises `ModelError` where one cannot be had or breaks its contract.
    """
    if unknown := sorted(set(specs) - set(ROLES)):
        raise ModelError(
            f"[models] in story.toml has {', '.join(unknown)}; what can be chosen is "
            f"{', '.join(ROLES)}: take the line out"
        )
    foreign = {role: str(specs[role]).strip() for role in ROLES if role in specs}
    foreign = {role: name for role, name in foreign.items() if name != OWN}
    found: dict[str, Any] = {role: load(role, name) for role, name in foreign.items()}
    if depth.name == ENCODER and "target_sentiment" not in foreign:
        found["target_sentiment"] = _deep()
    return Models(**found, specs=foreign, depth=depth)


def chosen_by(settings: Settings, *, words: int) -> Models:
    """The models of a story with such settings and so many words; see `chosen`."""
    return chosen(settings.models, reading_depth(settings.sentiment, words))


@cache
def _deep() -> Any:
    module, _, made = DEEP.partition(":")
    return getattr(import_module(module), made)()


@cache
def load(role: str, spec: str) -> Any:
    """The model ``spec`` (as in ``story.toml``) for a role, checked where it is not ours."""
    name, _, argument = spec.partition(":")
    if name == OWN and argument:
        raise ModelError(f"{role} = “{spec}”: Parallax's own has no kinds; write {OWN} alone")
    if name == OWN:
        module, _, made = OWN_MODELS[role].partition(":")
        return getattr(import_module(module), made)()
    adapter = _adapter(role, name)
    make = getattr(adapter, role, None)
    if not callable(make):
        offered = [other for other in ROLES if callable(getattr(adapter, other, None))]
        raise ModelError(
            f"{role} = “{spec}”: the adapter “{name}” offers no {role} (it offers "
            f'{" and ".join(offered) or "nothing"}); write {role} = "{OWN}" or take the line out'
        )
    try:
        model = make(argument)
    except ModelError as error:
        raise ModelError(f"{role} = {error}") from None
    except Exception as error:
        raise ModelError(
            f"{role} = “{spec}”: the adapter “{name}” could not load it ({type(error).__name__}: "
            f"{error}); mend that or take the line out of [models] in story.toml"
        ) from error
    check_adapter(role, model, name=spec)
    return guarded(role, model, spec)


def _adapter(role: str, name: str) -> Any:
    """The adapter called ``name``: ours first, else the installed package's."""
    if name in BUILT_IN:
        return import_module(BUILT_IN[name])
    points: dict[str, EntryPoint] = {
        point.value: point for point in entry_points(group=GROUP, name=name)
    }
    if len(points) > 1:
        raise ModelError(
            f"{role} = “{name}”: several installed packages bring an adapter of that name "
            f"({', '.join(sorted(points))}): uninstall all but one"
        )
    if not points:
        known = sorted({OWN, *BUILT_IN, *(point.name for point in entry_points(group=GROUP))})
        raise ModelError(
            f"{role} = “{name}”: no adapter of that name is installed (there are "
            f"{', '.join(known)}): pip install the package that brings it, or take the line out "
            "of [models] in story.toml"
        )
    point = next(iter(points.values()))
    try:
        return point.load()
    except Exception as error:
        raise ModelError(
            f"{role} = “{name}”: the adapter {point.value} cannot be imported "
            f"({type(error).__name__}: {error}): install what it needs"
        ) from error
