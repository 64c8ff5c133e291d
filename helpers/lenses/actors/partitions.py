"""The actors of a story cut into pieces, one a partition."""

from __future__ import annotations

from collections.abc import Iterable

from helpers.lenses.actors.labels import Actor
from helpers.lenses.actors.registry import Registry


def parts_of(
    registry: Registry, articles: int, size: int, *, listed: Iterable[str] = ()
) -> list[Registry]:
    """The registry as each partition of ``size`` articles needs it, counted from its first.

    Of the actors only those that occur there are kept (and those ``listed`` by the analyst), and
    of those what decides on a mention (label, type, offices, state, gender): a partition gets a
    small piece.
    """
    home = registry.home()
    names = set(listed)
    always = [i for i, actor in enumerate(registry.actors) if actor.state and actor.label in names]
    pieces = [Registry([], {}, {}, registry.nouns, home) for _ in range(0, articles, size)]
    places: list[dict[int, int]] = [{} for _ in pieces]

    def keep(part: int, at: int) -> int:
        piece, place = pieces[part], places[part]
        if at not in place:
            actor = registry.actors[at]
            place[at] = len(piece.actors)
            piece.actors.append(
                Actor(
                    actor.type,
                    label=actor.label,
                    offices=actor.offices,
                    state=actor.state,
                    namesake_state=actor.namesake_state,
                    male=actor.male,
                    female=actor.female,
                )
            )
        return place[at]

    for part in range(len(pieces)):
        for at in always:
            keep(part, at)
    for (number, local), where in registry.assigned.items():
        part, inside = divmod(number, size)
        pieces[part].assigned[inside, local] = None if where is None else keep(part, where)
    for (number, local), sure in registry.sure.items():
        part, inside = divmod(number, size)
        pieces[part].sure[inside, local] = sure
    return pieces
