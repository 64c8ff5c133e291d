"""Scores names, their merging and pronouns on GUM's news and on NewsWCL50: one table.

    python benchmarks/actors.py --data DIR [--errors]

DIR holds `gum-news/*.conllu` (entities and coreference in MISC `Entity=`) and
`newswcl50-mentions/topic_*/` (mentions in chains over five outlets).

GUM, each document alone. A gold name is an entity span of type person, organization or place whose
head is a proper noun. GUM's spans hold the article and the possessive mark, ours do not: both are
cut off on both sides. GUM marks noun phrases: of ours, a town and its region after a comma, names
joined by "of" and a name with the possessive before it are read as one; of GUM's, what follows
the name as a clause, a further conjunct or a phrase with in, at, from … is cut off (*marked*: it
is not). Everything else must agree to the character. *outer* leaves out gold names inside longer
gold names, *all* counts them too, and names inside longer ones of ours. B³ (Bagga and Baldwin
1998) is taken over the names that both sides have. Pronouns: he, she and their forms whose gold
entity is a named person, and it, they and theirs whose gold entity is a named organization or a
named place that is an actor of ours; right if our actor is the one that we gave to one of that
entity's names. Pronouns of anything else that we gave an actor are counted beside.

NewsWCL50, each event as one corpus of five articles. Gold mentions of ACTOR and COUNTRY of which
at least half the words are capitalised (names, not characterisations) are looked up by their
string in their article and matched with the mention of ours that overlaps most. An actor named
five times or more counts as found if one entry of our list holds four fifths of its mentions
that we found at all, at least half of them were found, and no other gold actor has the same main
entry. This is counted twice. *Entries*: by our column `actor`, in which the Congress and a ministry
are actors of their own. *States*: the annotators count the bodies of a state as the state, so
mentions in chains of COUNTRY are compared by our column `state` where it has a value.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pandas as pd
from every_name import find_names
from gold_data import root

from helpers import segment
from helpers.lenses.actors import find_mentions
from helpers.models import NameFinder
from helpers.schema import make

TYPES = ("person", "organization", "place")
PRONOUNS = frozenset("he she him his her hers himself herself".split())
THINGS = frozenset("it its itself they them their theirs themselves".split())
ARTICLE = re.compile(r"(?:the|a|an)\s+", re.IGNORECASE)
_OPENERS = frozenset("The A An His Her Its Their That This".split())
POSSESSIVE = re.compile(r"\s*['’]s?$")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--gum", default="gum-news", help="folder or file below DIR")
    parser.add_argument("--documents", default="", help="only documents whose id matches this")
    parser.add_argument("--errors", action="store_true", help="count the errors by kind")
    options = parser.parse_args()
    options.data = root(options.data)
    source = options.data / options.gum
    files = sorted(source.glob("*.conllu")) if source.is_dir() else [source]
    documents = [d for f in files for d in read_gum(f) if re.search(options.documents, d["id"])]
    gum(documents, errors=options.errors)
    folder = options.data / "newswcl50-mentions"
    if folder.is_dir() and not options.documents:
        newswcl(folder, errors=options.errors)


# -- GUM ------------------------------------------------------------------------------------


def read_gum(path: Path) -> list[dict[str, Any]]:
    """The documents of a CoNLL-U file: id, text, entity spans."""
    documents: list[dict[str, Any]] = []
    text = ""
    tokens: list[list[str]] = []
    at: list[tuple[int, int]] = []
    joined = (0, " ")
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("# newdoc id"):
            text = ""
            documents.append({"id": line.split("= ")[1], "text": "", "entities": []})
        elif line.startswith("# newpar") and text:
            text = text.rstrip() + "\n\n" if not text.endswith("\n\n") else text
        elif not line and tokens:
            documents[-1]["entities"] += _entities(tokens, at, len(documents[-1]["entities"]))
            text = text if text.endswith((" ", "\n")) else text + " "
            documents[-1]["text"] = text
            tokens, at, joined = [], [], (0, " ")
        elif line and line[0].isdigit():
            cell = line.split("\t")
            space = "" if "SpaceAfter=No" in cell[9] else " "
            if "-" in cell[0]:
                # "Arabia's" is written as one and counted as two: no space between its parts.
                joined = (int(cell[0].split("-")[1]), space)
            elif cell[0].isdigit():
                number = int(cell[0])
                at.append((len(text), len(text) + len(cell[1])))
                if number <= joined[0]:
                    space = joined[1] if number == joined[0] else ""
                text += cell[1] + space
                tokens.append(cell)
    return documents


def _entities(
    tokens: list[list[str]], at: list[tuple[int, int]], number: int
) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    stack: list[tuple[str, str, int]] = []

    def close(name: str, kind: str, first: int, last: int) -> None:
        inside = range(first, last + 1)
        head = next((i for i in inside if int(tokens[i][6]) - 1 not in inside), first)
        found.append(
            {
                "entity": name, "type": kind, "start": at[first][0], "end": at[last][1],
                "head": tokens[head][3], "head_at": at[head][0],
                "name_end": at[_name_end(tokens, first, last, head)][1],
                "word": tokens[first][1].lower() if first == last else "",
            }
        )  # fmt: skip

    for i, cell in enumerate(tokens):
        mark = re.search(r"(?:^|\|)Entity=([^|]*)", cell[9])
        if not mark:
            continue
        for part in re.finditer(r"\(([^()]*)(\))?|([^()]+)\)", mark.group(1)):
            if part.group(1) is not None:
                name, kind = part.group(1).split("-")[:2]
                if part.group(2):
                    close(name, kind, i, i)
                else:
                    stack.append((name, kind, i))
            else:
                name = part.group(3).split("-")[0]
                for k in range(len(stack) - 1, -1, -1):
                    if stack[k][0] == name:
                        _, kind, first = stack.pop(k)
                        close(name, kind, first, i)
                        break
    return found


def _name_end(tokens: list[list[str]], first: int, last: int, head: int) -> int:
    """The last token before a clause, a further conjunct or a phrase with in, at, from … begins."""
    parent = [int(t[6]) - 1 for t in tokens]

    def leftmost(i: int) -> int:
        below = [j for j in range(len(tokens)) if parent[j] == i]
        return min([i, *(leftmost(j) for j in below)])

    cuts = []
    for i in range(head + 1, last + 1):
        if parent[i] != head:
            continue
        relation = tokens[i][7]
        case = next((tokens[j][1].lower() for j in range(first, last + 1)
                     if parent[j] == i and tokens[j][7] == "case"), "")  # fmt: skip
        if relation.split(":")[0] in ("acl", "advcl", "conj", "parataxis") or (
            relation == "nmod" and case not in ("of", "for", "on", "&", "and")
        ):
            cuts.append(leftmost(i))
    end = min(cuts, default=last + 1) - 1
    while end > head and tokens[end][3] in ("PUNCT", "CCONJ"):
        end -= 1
    return max(end, head)


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without a leading article and a final possessive mark."""
    if lead := ARTICLE.match(text, start, end):
        start = lead.end()
    if tail := POSSESSIVE.search(text[start:end]):
        end = start + tail.start()
    return start, end


def gum(
    documents: list[dict[str, Any]], *, errors: bool, finder: NameFinder | None = None
) -> dict[str, float]:
    """Print names, merging and pronouns; the F1 of each part and of merging, in per cent."""
    totals: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    scores: list[tuple[float, float]] = []
    for document in documents:
        text = document["text"]
        articles = make("articles", [{"doc_id": document["id"], "text": text, "n_words": 1}])
        sentences = segment.sentences(articles)
        tokens = segment.tokens(articles, sentences)
        names = find_names(articles, sentences, tokens, finder=finder)
        gold: dict[tuple[int, int], str] = {}
        marked: set[tuple[int, int]] = set()
        for e in document["entities"]:
            if e["type"] in TYPES and e["head"] == "PROPN":
                gold.setdefault(_bare(text, e["start"], e["name_end"]), e["entity"])
                marked.add(_bare(text, e["start"], e["end"]))
        ours: dict[tuple[int, int], Any] = {}
        types: dict[tuple[int, int], str] = {}
        flat = set()
        for row in names.itertuples():
            shown = row.kind in ("name", "metonym") or (row.kind == "title" and _capital(row.text))
            if shown and row.type in (*TYPES, "government"):
                span = _bare(text, row.start, row.end)
                ours[span], types[span] = row.actor, row.type
                if not row.inside:
                    flat.add(span)
        grown = _phrases(text, flat, types)
        flat = set(grown)
        for span, head in grown.items():
            ours.setdefault(span, ours[head])
        outer = {s for s in gold if not any(_inside(s, o) for o in gold)}
        # "author X" is a noun phrase with a common noun as its head: neither right nor wrong.
        other = {
            _bare(text, e["start"], e[end])
            for e in document["entities"]
            for end in ("end", "name_end")
            if e["type"] in TYPES and e["head"] != "PROPN"
        }
        ours = {s: a for s, a in ours.items() if s in gold or s not in other}
        flat = {s for s in flat if s in gold or s not in other}
        whole = {s for s in marked if not any(_inside(s, o) for o in marked)}
        totals["gold marked"] += len(whole)
        totals["ours marked"] += len(flat | (whole & ours.keys()))
        totals["hit marked"] += len(whole & (flat | ours.keys()))
        totals["gold outer"] += len(outer)
        totals["ours outer"] += len(flat)
        totals["hit outer"] += len(outer & flat)
        totals["gold all"] += len(gold)
        totals["ours all"] += len(ours)
        totals["hit all"] += len(gold.keys() & ours.keys())
        matched = [s for s in gold if s in ours]
        labels = [ours[s] if isinstance(ours[s], str) else s for s in matched]
        scores += _b_cubed([gold[s] for s in matched], labels)
        mentions = find_mentions(articles, sentences, tokens, finder=finder)
        _pronouns(document, gold, ours, mentions, totals)
        if errors:
            for s in outer - flat:
                touching = any(o[0] < s[1] and s[0] < o[1] for o in flat)
                kinds["missed, other bounds" if touching else "missed"] += 1
            for s in flat - outer:
                touching = any(o[0] < s[1] and s[0] < o[1] for o in gold)
                kinds["extra, other bounds" if touching else "extra"] += 1
    figures = {}
    print(f"GUM news, {len(documents)} documents")
    for part in ("outer", "all", "marked"):
        p = totals[f"hit {part}"] / max(totals[f"ours {part}"], 1)
        r = totals[f"hit {part}"] / max(totals[f"gold {part}"], 1)
        f = 2 * p * r / max(p + r, 1e-9)
        figures[part] = 100 * f
        print(f"  named mentions, {part:6s} P {100 * p:5.1f}  R {100 * r:5.1f}  F1 {100 * f:5.1f}"
              f"   (gold {totals[f'gold {part}']}, ours {totals[f'ours {part}']})")  # fmt: skip
    p = sum(s[0] for s in scores) / max(len(scores), 1)
    r = sum(s[1] for s in scores) / max(len(scores), 1)
    print(f"  B³ over {len(scores)} matched names   P {100 * p:5.1f}  R {100 * r:5.1f}  "
          f"F1 {200 * p * r / max(p + r, 1e-9):5.1f}")  # fmt: skip
    figures["merged"] = 200 * p * r / max(p + r, 1e-9)
    n = totals["right"] + totals["wrong"] + totals["open"]
    decided = max(totals["right"] + totals["wrong"], 1)
    print(f"  pronouns of named people {n}: right {totals['right']}, wrong {totals['wrong']}, "
          f"left open {totals['open']}; of the resolved right "
          f"{100 * totals['right'] / decided:.1f}%")  # fmt: skip
    print(f"  pronouns of named bodies and states "
          f"{totals['it right'] + totals['it wrong'] + totals['it open']}: "
          f"right {totals['it right']}, wrong {totals['it wrong']}, left open {totals['it open']}; "
          f"taken for an actor where no named one is meant: he, she {totals['invented']}, "
          f"it, they {totals['it invented']}")  # fmt: skip
    for kind, count in kinds.most_common():
        print(f"    {kind}: {count}")
    return figures


def _phrases(
    text: str, flat: set[tuple[int, int]], types: dict[tuple[int, int], str]
) -> dict[tuple[int, int], tuple[int, int]]:
    """Names grown to GUM's noun phrases (Town, Region; Name of Name; Name's Name) → their head."""
    out: list[tuple[int, int]] = []
    heads: list[tuple[int, int]] = []
    for span in sorted(flat):
        if out:
            between = text[out[-1][1] : span[0]]
            places = types[heads[-1]] == "place" and types[span] in ("place", "government")
            possessive = re.fullmatch(r"['’]s?\s+", between)
            if (
                possessive
                or re.fullmatch(r"\s+of\s+(?:the\s+)?", between)
                or (places and between == ", ")
            ):
                heads[-1] = span if possessive else heads[-1]
                out[-1] = (out[-1][0], span[1])
                continue
        out.append(span)
        heads.append(span)
    return dict(zip(out, heads, strict=True))


def _inside(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a != b and b[0] <= a[0] and a[1] <= b[1]


def _capital(text: str) -> bool:
    return ARTICLE.sub("", text)[:1].isupper() and text.split()[-1][:1].isupper()


def _b_cubed(gold: list[Any], ours: list[Any]) -> list[tuple[float, float]]:
    """(precision, recall) of every mention."""
    by_gold, by_ours = defaultdict(set), defaultdict(set)
    for i, (g, o) in enumerate(zip(gold, ours, strict=True)):
        by_gold[g].add(i)
        by_ours[o].add(i)
    out = []
    for g, o in zip(gold, ours, strict=True):
        both = len(by_gold[g] & by_ours[o])
        out.append((both / len(by_ours[o]), both / len(by_gold[g])))
    return out


def _pronouns(
    document: dict[str, Any], gold: dict[tuple[int, int], str], ours: dict[tuple[int, int], Any],
    mentions: pd.DataFrame, totals: Counter[str],
) -> None:  # fmt: skip
    types: dict[str, Counter[str]] = defaultdict(Counter)
    for e in document["entities"]:
        types[e["entity"]][e["type"]] += 1
    kind = {entity: count.most_common(1)[0][0] for entity, count in types.items()}
    labels: dict[str, set[str]] = defaultdict(set)
    for span, entity in gold.items():
        if isinstance(ours.get(span), str):
            labels[entity].add(ours[span])
    named = set(gold.values())
    actors = set(mentions.loc[mentions["kind"] != "pronoun", "actor"].dropna())
    mentions = mentions[mentions["kind"] == "pronoun"]
    actor = dict(zip(mentions["start"], mentions["actor"], strict=True))
    for e in document["entities"]:
        entity, given = e["entity"], actor.get(e["start"])
        if e["word"] not in PRONOUNS | THINGS:
            continue
        thing = "it " if e["word"] in THINGS else ""
        # A town that is no actor of ours leaves nothing to resolve.
        counted = entity in named and (
            kind[entity] == "organization" or (kind[entity] == "place" and labels[entity] & actors)
            if thing
            else kind[entity] == "person"
        )
        if not counted:
            totals[f"{thing}invented"] += isinstance(given, str)
        elif not isinstance(given, str):
            totals[f"{thing}open"] += 1
        else:
            totals[f"{thing}right" if given in labels[entity] else f"{thing}wrong"] += 1


# -- NewsWCL50 --------------------------------------------------------------------------------


def newswcl(folder: Path, *, errors: bool) -> None:
    """Print, per event, how many often named actors and states stand under one entry."""
    print("NewsWCL50: named five times or more, under one entry of ours")
    totals: Counter[str] = Counter()
    for topic in sorted(folder.glob("topic_*")):
        texts = {
            p.stem: (json.loads(p.read_text(encoding="utf-8")))
            for p in sorted(topic.glob("*.json"))
            if not p.stem.startswith("concept_mentions")
        }
        articles = make(
            "articles",
            [
                {"doc_id": d, "title": t.get("title"), "n_words": 1,
                 "text": "\n\n".join(x for x in (t.get("title"), t["text"]) if x)}
                for d, t in texts.items()
            ],
        )  # fmt: skip
        sentences = segment.sentences(articles)
        tokens = segment.tokens(articles, sentences)
        mentions = find_mentions(articles, sentences, tokens)
        gold = json.loads(next(topic.glob("concept_mentions*")).read_text(encoding="utf-8"))
        found, chains, scores, detail = _event(articles, mentions, gold, states=False)
        rolled, _, _, still = _event(articles, mentions, gold, states=True)
        totals.update(found=found, all=chains, rolled=rolled)
        p = sum(s[0] for s in scores) / max(len(scores), 1)
        r = sum(s[1] for s in scores) / max(len(scores), 1)
        print(f"  {topic.name}  entries {found:2d} of {chains:2d}, states {rolled:2d}   "
              f"B³ over {len(scores)} mentions P {100 * p:5.1f}  R {100 * r:5.1f}  "
              f"F1 {200 * p * r / max(p + r, 1e-9):5.1f}")  # fmt: skip
        if errors:
            print("      not found:", "; ".join(detail) or "none")
            print("      nor as states:", "; ".join(still) or "none")
    n = max(totals["all"], 1)
    print(f"  all events  entries {totals['found']} of {n}: {100 * totals['found'] / n:.1f}%, "
          f"states {totals['rolled']}: {100 * totals['rolled'] / n:.1f}%")  # fmt: skip


def _event(
    articles: pd.DataFrame, mentions: pd.DataFrame, gold: list[dict[str, Any]], *, states: bool
) -> tuple[int, int, list[tuple[float, float]], list[str]]:
    by_doc = {d: list(zip(g["start"], g["end"], g["actor"], g["kind"], g["state"], strict=True))
              for d, g in mentions.groupby("doc_id")}  # fmt: skip
    countries = {m["coref_chain"] for m in gold if states and m["mention_type"] == "COUNTRY"}
    texts = dict(zip(articles["doc_id"], articles["text"], strict=True))
    strings: dict[tuple[str, str], list[str]] = defaultdict(list)
    named: Counter[str] = Counter()
    for m in gold:
        if m["mention_type"] not in ("ACTOR", "COUNTRY"):
            continue
        words = m["tokens_str"].split()
        capitals = sum(w[0].isupper() and w not in _OPENERS for w in words)
        if capitals >= 0.5 * sum(w[0].isalpha() for w in words):
            strings[m["doc_id"], m["tokens_str"]].append(m["coref_chain"])
            named[m["coref_chain"]] += 1
    labels: dict[str, Counter[str]] = defaultdict(Counter)
    missed: Counter[str] = Counter()
    pairs: list[tuple[str, str]] = []
    for (doc, string), chains in sorted(strings.items()):
        pattern = r"\s*".join(re.escape(w) for w in _words(string))
        places = [m.span() for m in re.finditer(rf"(?<!\w){pattern}(?!\w)", texts.get(doc, ""))]
        if len(set(chains)) == 1:
            spots = [(chains[0], s) for s in places[: len(chains)]]
        else:
            spots = list(zip(chains, places, strict=False))
        for chain, (start, end) in spots:
            over = [
                (min(e, end) - max(s, start), -abs(s - start) - abs(e - end),
                 state if chain in countries and isinstance(state, str) else a)
                for s, e, a, kind, state in by_doc.get(doc, [])
                if s < end and start < e and kind in ("name", "title", "metonym")
                and isinstance(a, str)
            ]  # fmt: skip
            if not over:
                missed[chain] += 1
                continue
            label = max(over)[2]
            labels[chain][label] += 1
            pairs.append((chain, label))
    main_label = {c: n.most_common(1)[0][0] for c, n in labels.items()}
    owners = Counter(main_label[c] for c in main_label if named[c] >= 5)
    found = 0
    detail = []
    often = [c for c, n in sorted(named.items()) if n >= 5]
    for chain in often:
        n = labels[chain]
        total = sum(n.values())
        ok = total > 0 and n.most_common(1)[0][1] >= 0.8 * total and total >= missed[chain]
        ok = ok and owners[main_label[chain]] == 1
        found += ok
        if not ok:
            detail.append(f"{chain} ({len(n)} entries, {missed[chain]} of {named[chain]} missed)")
    scores = _b_cubed([p[0] for p in pairs], [p[1] for p in pairs])
    return found, len(often), scores, detail


def _words(string: str) -> list[str]:
    plain = {"-LRB-": "(", "-RRB-": ")", "``": '"', "''": '"', "`": "'"}
    return [plain.get(w, w) for w in string.split()]


if __name__ == "__main__":
    main()
