"""Generic news frames by cues: conflict, economic consequences, human interest, morality,
responsibility (Semetko and Valkenburg 2000) and resolution.

The codebook (`data/lexicons/en/frames/`) holds a question, a definition and what does not count for
each frame, and its cues with two weights: what a cue says of the article in which it stands
("children", "plan": many of them make a frame), and what it says of its sentence, where most say
nothing. A sentence carries a frame when the second weights of its cues reach `CARRIES`: one clear
cue, or two weak ones. How often that is right was read (`precision`); a frame that is right in
less than `LEAST_PRECISION` of the cues read is not told. People agree poorly on frames: what coders
reached is printed beside our figures (`AGREEMENT`), and everything below an alpha of .667 is
exploratory.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers import lexicons
from helpers.comparing.cues import Lexed, Patterns, lex, longest
from helpers.comparing.spans import sentence_rows, voice_mask
from helpers.comparing.terms import function_words
from helpers.grammar.token_codes import token_codes
from helpers.lenses.frames import article_model
from helpers.schema import make, needs
from helpers.statistics import (
    EXPLORATORY_ALPHA,
    MIN_ARTICLES,
    Ratio,
    problem,
    ratio_table,
)

FRAMES = ("conflict", "economic", "human_interest", "morality", "responsibility", "resolution")
CARRIES = 2.0  # one clear cue (2) or two weak ones (1 each) in a sentence
LEAST_PRECISION = 0.7  # of the cue rows read, before a frame is told of a sentence
REPEATS = 3  # a cue repeated more often says nothing more about the article
LEAST_TOKENS = 3  # a sentence is in a voice when this many of its tokens are

_STEM = 4
"""Letters of a cue's words by which a sentence that repeats it is told."""
_KIN = lexicons.words("kin_words")
_POLICY = lexicons.words("words_of_policy")
_MONEY = lexicons.words("words_of_loss_and_cost")
_OPENERS = ("DT", "PRP$", "POS", "CD")

_SENTENCE = ["doc_id", "sentence_id", "frame"]

# Krippendorff's alpha of trained coders of the narrative-framing articles (see the docs)
AGREEMENT = {
    "conflict": 0.58,
    "economic": 0.53,
    "morality": 0.50,
    "human_interest": 0.26,
    "resolution": 0.0,
}


def codebook() -> pd.DataFrame:
    """One row per frame: name, question, definition, what does not count, agreement of people.

    `agreement` is Krippendorff's alpha of human coders where it is known; `exploratory` says
    that it is below .667 or unknown. `precision` is the share of `n_read` cue rows, drawn at
    random and read, whose sentence has the frame; `told` says that it reaches `LEAST_PRECISION`.
    """
    table = lexicons.load("frames/codebook").copy()
    agreement = table["frame"].map(AGREEMENT).astype("float64")
    read = lexicons.load("frames/precision").set_index("frame").loc[table["frame"]]
    n_read = read["n_read"].to_numpy(dtype=np.int64)
    precision = read["n_right"].to_numpy(dtype=np.int64) / n_read
    return table.assign(
        agreement=agreement,
        exploratory=~(agreement >= EXPLORATORY_ALPHA).to_numpy(dtype=bool),
        precision=precision,
        n_read=n_read,
        told=precision >= LEAST_PRECISION,
    )


@cache
def told_frames() -> tuple[str, ...]:
    """The frames whose cues were right often enough to be told in findings and figures."""
    book = codebook()
    return tuple(book.loc[book["told"], "frame"])


@cache
def _cues() -> tuple[Patterns, npt.NDArray[np.float64], npt.NDArray[np.int64], tuple[str, ...]]:
    """All cues compiled, with the weight in an article and the frame number of each."""
    tables = [lexicons.load(f"frames/{frame}").assign(frame=frame) for frame in FRAMES]
    table = pd.concat(tables, ignore_index=True)
    group = np.array([FRAMES.index(frame) for frame in table["frame"]], dtype=np.int64)
    weights = table["weight"].to_numpy(dtype=np.float64)
    entries = table["cue"].tolist()
    return Patterns(entries), weights, group, tuple(entries)


@cache
def _in_sentences() -> npt.NDArray[np.float64]:
    """The weight of each cue in a sentence, in the order of `_cues`."""
    tables = [lexicons.load(f"frames/{frame}") for frame in FRAMES]
    return pd.concat(tables, ignore_index=True)["sentence"].to_numpy(dtype=np.float64)


def cue_hits(lexed: Lexed) -> tuple[npt.NDArray[np.int64], ...]:
    """First token, number of tokens and cue of every match; the longest of a frame wins.

    Entries of weight 0 say what does not count ("world war" is no conflict): they win over the
    cues inside them and are no hits themselves.
    """
    patterns, weights, group, _ = _cues()
    first, length, cue = patterns.match(lexed)
    kept = longest(first, length, group[cue]) & (weights[cue] > 0)
    return first[kept], length[kept], cue[kept]


def frames(
    sentences: pd.DataFrame, tokens: pd.DataFrame, *, carries: float = CARRIES
) -> pd.DataFrame:
    """One row per cue of a frame in a sentence that carries the frame.

    Beyond the declared columns: cue (the codebook's entry) and weight. `voice` is left missing;
    `quotes.add_voice` fills it. Boilerplate is left out. Cues in sentences whose weights stay below
    `carries` are no rows (pass 0 for all of them).
    """
    needs(sentences, "doc_id", "sentence_id", "part", table="sentences")
    lexed = lex(tokens)
    first, length, cue = cue_hits(lexed)
    _, _, group, entries = _cues()
    weights = _in_sentences()
    row = sentence_rows(sentences, tokens)
    inside = (row[first] >= 0) & (weights[cue] > 0)  # a token outside every sentence has -1
    inside &= ~_in_names(sentences, tokens, row, first, length)
    inside &= ~_of_classes(tokens, lexed.sentence, first, cue)
    first, length, cue = first[inside], length[inside], cue[inside]
    n_frames = len(FRAMES)
    cell = lexed.sentence[first] * n_frames + group[cue]
    said = _stems()[cue]
    _, once = np.unique(np.stack([cell, said]), axis=1, return_index=True)
    once.sort()  # a stem that a sentence repeats says no more
    first, length, cue, cell = first[once], length[once], cue[once], cell[once]
    weight = weights[cue] * np.where(_is_idle_sum(tokens, lexed.sentence, first, cue), 0.5, 1.0)
    strength = np.bincount(cell, weights=weight) if len(cell) else np.zeros(0)
    strong = strength[cell] >= carries if len(cell) else np.zeros(0, dtype=bool)
    first, length, cue = first[strong], length[strong], cue[strong]
    order = np.lexsort((group[cue], first))
    first, length, cue = first[order], length[order], cue[order]
    last = first + length - 1
    starts = tokens["start"].to_numpy(np.int64)[first]
    ends = tokens["end"].to_numpy(np.int64)[last]
    table = {
        "doc_id": sentences["doc_id"].to_numpy(dtype=object)[row[first]],
        "start": starts,
        "end": ends,
        "text": _spans(sentences, row[first], starts, ends),
        "sentence_id": tokens["sentence_id"].to_numpy(np.int64)[first],
        "frame": np.array(FRAMES, dtype=object)[group[cue]],
        "cue": np.array(entries, dtype=object)[cue],
        "weight": weights[cue],
    }
    return make("frames", pd.DataFrame(table))


@cache
def _stems() -> npt.NDArray[np.int64]:
    """Of each cue a number for the stems of its words, in the order of `_cues`."""
    words = ([w.rstrip("*") for w in entry.split()] for entry in _cues()[3])
    small = function_words()
    stems = [" ".join(w[:_STEM] for w in cue if w not in small) or cue[0] for cue in words]
    return np.unique(np.array(stems), return_inverse=True)[1].astype(np.int64)


def _holds(
    tokens: pd.DataFrame, sentence: npt.NDArray[np.int64], words: frozenset[str]
) -> npt.NDArray[np.bool_]:
    """Of each token whether its sentence holds one of the words."""
    found = tokens["text"].str.lower().isin(words).to_numpy(dtype=bool)
    return np.isin(sentence, sentence[found])


def _of_classes(
    tokens: pd.DataFrame,
    sentence: npt.NDArray[np.int64],
    first: npt.NDArray[np.int64],
    cue: npt.NDArray[np.int64],
) -> npt.NDArray[np.bool_]:
    """Whether each hit is a class of people in a policy: "a bill that helps *fathers*".

    "His parents", "the mothers of two sailors" are people.
    """
    if not len(first):
        return np.zeros(0, dtype=bool)
    kin = np.isin(np.array(_cues()[3], dtype=object)[cue], list(_KIN))
    opened = tokens["tag"].isin(_OPENERS).to_numpy(dtype=bool)
    beside = (first > 0) & opened[first - 1] & (sentence[first - 1] == sentence[first])
    return np.asarray(kin & ~beside & _holds(tokens, sentence, _POLICY)[first], dtype=bool)


def _is_idle_sum(
    tokens: pd.DataFrame,
    sentence: npt.NDArray[np.int64],
    first: npt.NDArray[np.int64],
    cue: npt.NDArray[np.int64],
) -> npt.NDArray[np.bool_]:
    """Whether each hit is a sum of money that nobody is told to lose, pay, cost or earn."""
    if not len(first):
        return np.zeros(0, dtype=bool)
    sums = np.array([entry[0] in "$€£" for entry in _cues()[3]], dtype=bool)[cue]
    return np.asarray(sums & ~_holds(tokens, sentence, _MONEY)[first], dtype=bool)


def _in_names(
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    row: npt.NDArray[np.int64],
    first: npt.NDArray[np.int64],
    length: npt.NDArray[np.int64],
) -> npt.NDArray[np.bool_]:
    """Whether each hit is part of a longer name: a league "for Racial Justice" moralises nothing.

    In headlines, where other words are capital too, nothing is taken for a name.
    """
    if not len(first):
        return np.zeros(0, dtype=bool)
    body = np.append((sentences["part"] == "body").to_numpy(dtype=bool), False)[row]
    proper = np.append(tokens["text"].str[:1].str.isupper().to_numpy(dtype=bool) & body, False)
    row = np.append(row, -1)
    after = first + length
    all_of = proper[first] & proper[after - 1] & (row[first - 1] == row[first])
    beside = proper[first - 1] | (proper[after] & (row[after] == row[first]))
    return np.asarray(all_of & beside, dtype=bool)


def _spans(
    sentences: pd.DataFrame,
    row: npt.NDArray[np.int64],
    starts: npt.NDArray[np.int64],
    ends: npt.NDArray[np.int64],
) -> list[str]:
    """The text of each hit, cut from its sentence."""
    texts, begins = sentences["text"].tolist(), sentences["start"].tolist()
    places = zip(row.tolist(), starts.tolist(), ends.tolist(), strict=True)
    return [texts[r][a - begins[r] : b - begins[r]] for r, a, b in places]


# ----------------------------------------------------------------------------------- articles


def article_frames(
    sentences: pd.DataFrame, tokens: pd.DataFrame, *, model: bool = True
) -> pd.DataFrame:
    """One row per article × frame: score, present, margin, method.

    score = summed weights of the cues per 1,000 tokens, each cue counted up to `REPEATS` times.
    present says whether the article as a whole has the frame: by the shipped model for the frames
    where that beats the cues (method "model", margin above 0), else where the score reaches the
    codebook's `present_from` (method "cues"); `model=False` asks the cues alone. All voices
    count: coders judge what an article shows, whoever says it. Articles without a counted token
    have no row.
    """
    scores = cue_scores(sentences, tokens)
    bars = lexicons.load("frames/codebook").set_index("frame")["present_from"].astype("float64")
    trained = article_model.load() if model else None
    kept = trained.frames if trained is not None else ()
    margins = scores.loc[:, list(FRAMES)] - bars.loc[list(FRAMES)].to_numpy()[None, :]
    present = margins >= 0
    if trained is not None and len(scores):
        margins[list(kept)] = trained.margins(tokens, scores)
        present[list(kept)] = margins[list(kept)] >= 0
    n = len(FRAMES)
    return pd.DataFrame(
        {
            "doc_id": np.repeat(scores.index.to_numpy(dtype=object), n),
            "frame": np.tile(np.array(FRAMES, dtype=object), len(scores)),
            "score": scores.to_numpy().ravel(),
            "present": present.to_numpy().ravel(),
            "margin": margins.to_numpy().ravel(),
            "method": ["model" if frame in kept else "cues" for frame in FRAMES] * len(scores),
        }
    ).astype({"doc_id": "str", "frame": "str", "present": "bool", "method": "str"})


def cue_scores(sentences: pd.DataFrame, tokens: pd.DataFrame) -> pd.DataFrame:
    """One row per article (index: doc_id), one column per frame: cue weights per 1,000 tokens."""
    lexed = lex(tokens)
    first, _, cue = cue_hits(lexed)
    _, weights, group, _ = _cues()
    counted = sentence_rows(sentences, tokens) >= 0
    doc, ids = pd.factorize(tokens["doc_id"])
    size = np.bincount(doc[counted], minlength=len(ids))
    inside = counted[first]
    first, cue = first[inside], cue[inside]
    pairs, times = np.unique(doc[first] * len(weights) + cue, return_counts=True)
    which, entry = pairs // len(weights), pairs % len(weights)
    strength = np.minimum(times, REPEATS) * weights[entry]
    n = len(FRAMES)
    sums = np.bincount(which * n + group[entry], weights=strength, minlength=len(ids) * n)
    filled = size > 0
    values = sums.reshape(len(ids), n)[filled] / size[filled, None] * 1000
    index = pd.Index(np.asarray(ids, dtype=object)[filled], name="doc_id", dtype="str")
    return pd.DataFrame(values, index=index, columns=list(FRAMES))


# ------------------------------------------------------------------------------------ outlets


def frame_sentences(
    hits: pd.DataFrame,
    tokens: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    quotes: pd.DataFrame | None = None,
    voice: str = "author",
) -> pd.DataFrame:
    """One row per article × frame: carrying (sentences with the frame), sentences (all).

    Both are counted in the voice asked for: a sentence is in a voice when at least three of its
    tokens are; it carries a frame there when the cues in that voice reach the weight.
    """
    needs(articles, "doc_id", "outlet", table="articles")
    told = _told_sentences(tokens, voice_mask(tokens, quotes, voice=voice))
    total = told.groupby("doc_id").size()
    strong = _carrying(hits, told, quotes, voice)
    carrying = strong.groupby(["doc_id", "frame"]).size()
    ids = articles["doc_id"].tolist()
    grid = pd.MultiIndex.from_product([ids, FRAMES], names=["doc_id", "frame"])
    table = carrying.reindex(grid, fill_value=0).rename("carrying").reset_index()
    table["sentences"] = total.reindex(table["doc_id"], fill_value=0).to_numpy()
    outlets = dict(zip(articles["doc_id"], articles["outlet"], strict=True))
    table.insert(0, "outlet", table["doc_id"].map(outlets))
    return table.astype({"doc_id": "str", "frame": "str"})


def carrying_cues(
    hits: pd.DataFrame,
    tokens: pd.DataFrame,
    *,
    quotes: pd.DataFrame | None = None,
    voice: str = "author",
) -> pd.DataFrame:
    """One row per sentence that `frame_sentences` counts and frame: its first cue in the voice."""
    told = _told_sentences(tokens, voice_mask(tokens, quotes, voice=voice))
    strong = _carrying(hits, told, quotes, voice)[_SENTENCE]
    mine = hits[voice_mask(hits, quotes, voice=voice)]
    return mine.merge(strong, on=_SENTENCE).drop_duplicates(_SENTENCE, ignore_index=True)


def told_sentences(
    tokens: pd.DataFrame,
    sentences: pd.DataFrame,
    *,
    quotes: pd.DataFrame | None = None,
    voice: str = "author",
) -> pd.DataFrame:
    """One row per sentence that `frame_sentences` counts at all in the voice, with its place."""
    told = _told_sentences(tokens, voice_mask(tokens, quotes, voice=voice))
    keys = ["doc_id", "sentence_id"]
    return told.merge(sentences[[*keys, "start", "end"]], on=keys)


def _carrying(
    hits: pd.DataFrame, told: pd.DataFrame, quotes: pd.DataFrame | None, voice: str
) -> pd.DataFrame:
    """The sentences of ``told`` in which the cues in a voice weigh enough, with their frame."""
    mine = hits[voice_mask(hits, quotes, voice=voice)] if voice != "all" else hits
    weight = mine["weight"] if "weight" in mine else pd.Series(CARRIES, index=mine.index)
    strength = mine.assign(weight=weight).groupby(_SENTENCE, sort=False)["weight"].sum()
    strong = strength[strength >= CARRIES].reset_index()
    return strong.merge(told, on=["doc_id", "sentence_id"])


def _told_sentences(tokens: pd.DataFrame, flags: npt.NDArray[np.bool_]) -> pd.DataFrame:
    """doc_id and sentence_id of the sentences of which enough tokens are flagged."""
    forms = token_codes(tokens)
    number = tokens["sentence_id"].to_numpy(np.int64)
    width = int(number.max(initial=0)) + 1
    sizes = np.bincount((forms.doc * width + number)[flags], minlength=1)
    told = np.flatnonzero(sizes >= LEAST_TOKENS)
    docs = np.array([*forms.doc_ids, ""], dtype=object)[told // width]
    return pd.DataFrame({"doc_id": docs, "sentence_id": told % width}).astype({"doc_id": "str"})


def frame_shares(
    hits: pd.DataFrame,
    tokens: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    quotes: pd.DataFrame | None = None,
    voice: str = "author",
    problems: list[dict[str, str]] | None = None,
) -> pd.DataFrame:
    """One row per outlet × frame: share of sentences that carry it, with its interval.

    Columns: outlet, frame, value, low, high (interval over articles), n (sentences that
    carry the frame), total (sentences), articles, descriptive (fewer than 4 articles: no
    interval), agreement (of human coders), exploratory, told (whether its cues are right often
    enough; the lens shows those alone).
    """
    units = frame_sentences(hits, tokens, articles, quotes=quotes, voice=voice)
    notes = problems if problems is not None else []
    if not units["sentences"].sum():
        notes.append(
            problem(
                "articles",
                f"no sentence of the articles is in the voice asked for ({voice})",
                "frames stay empty; ask for voice='all' to count every sentence",
            )
        )
        units = units.iloc[:0]
    table = ratio_table(units, Ratio("carrying", "sentences"), by=["outlet", "frame"])
    few = sorted(table.loc[table["descriptive"], "outlet"].unique()) if len(table) else []
    if few:
        notes.append(
            problem(
                "articles",
                f"fewer than {MIN_ARTICLES} articles: {', '.join(few)}",
                "their frames are descriptive only, without intervals",
            )
        )
    book = codebook()[["frame", "agreement", "exploratory", "told"]]
    return table.merge(book, on="frame", how="left")
