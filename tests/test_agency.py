"""Agency: clauses from chunks, deeds said with nouns, who blames whom."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import lexicons, schema, segment
from helpers.grammar.clauses import sentence_clauses
from helpers.grammar.clauses.chunks import chunk
from helpers.grammar.letters import letters_of
from helpers.lenses import agency
from helpers.tagging import tag

ACTORS = {
    "Alba": "Alba",
    "Alban": "Alba",
    "Borland": "Borland",
    "Carver": "Ann Carver",
    "Ann Carver": "Ann Carver",
    "Dorn": "Otto Dorn",
    "Mr. Dorn": "Otto Dorn",
}


def arguments(text: str) -> set[str]:
    """The clauses of a sentence as "predicate role head", with "not " before a negated one."""
    words = [text[a:b] for a, b in segment.tokenize(text)]
    found = set()
    for p in sentence_clauses(words, tag([words])[0]):
        mark = "not " * p.negated
        roles = (("agent", p.agents), ("patient", p.patients), ("recipient", p.recipients))
        for role, spans in roles:
            found |= {f"{mark}{p.lemma} {role} {words[b - 1]}" for _, b in spans}
    return found


def story(text: str) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The article, sentences, tokens and mentions (of the names above) of one invented article."""
    articles = schema.make("articles", [{"doc_id": "a", "text": text, "n_words": 9}])
    sentences = segment.sentences(articles)
    rows = []
    for match in re.finditer("|".join(sorted(ACTORS, key=len, reverse=True)), text):
        inside = sentences[(sentences.start <= match.start()) & (sentences.end >= match.end())]
        rows.append(
            {
                "doc_id": "a",
                "start": match.start(),
                "end": match.end(),
                "text": match.group(),
                "sentence_id": int(inside["sentence_id"].iloc[0]),
                "actor": ACTORS[match.group()],
                "actor_type": "person" if " " in ACTORS[match.group()] else "place",
                "kind": "name",
                "confidence": 1.0,
            }
        )
    return articles, sentences, segment.tokens(articles, sentences), schema.make("mentions", rows)


def rows(text: str) -> set[tuple[str, str, str]]:
    table = agency.agency(*story(text))
    return set(zip(table["actor"], table["role"], table["predicate"], strict=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Carver met Dorn.", {"meet agent Carver", "meet patient Dorn"}),
        ("Dorn was met by Carver.", {"meet agent Carver", "meet patient Dorn"}),
        ("Dorn was never invited.", {"not invite patient Dorn"}),
        ("Dorn got arrested in Rome on Monday.", {"arrest patient Dorn"}),
        ("Dorn was arrested in Rome by Borland.", {"arrest patient Dorn", "arrest agent Borland"}),
        (
            "Carver met Dorn and threatened Borland.",
            {"meet agent Carver", "meet patient Dorn", "threaten agent Carver",
             "threaten patient Borland"},
        ),
        (
            "Carver and Dorn criticized Alba, Borland and Rome.",
            {"criticize agent Carver", "criticize agent Dorn", "criticize patient Alba",
             "criticize patient Borland", "criticize patient Rome"},
        ),
        (
            "Carver, the president of Alba, on Monday accused Dorn.",
            {"accuse agent Carver", "accuse patient Dorn"},
        ),
        (
            "Another fund backed by Rome called Arvex has run into trouble.",
            {"run agent fund", "back agent Rome", "back patient fund", "call patient fund"},
        ),
        (
            "Carver, who met Dorn in Rome, praised Alba.",
            {"meet agent Carver", "meet patient Dorn", "praise agent Carver",
             "praise patient Alba"},
        ),
        (
            "Officials who met Carver praised Dorn.",
            {"meet agent Officials", "meet patient Carver", "praise agent Officials",
             "praise patient Dorn"},
        ),
        ("The deal that Carver signed angered Dorn.",
         {"sign agent Carver", "sign patient deal", "anger agent deal", "anger patient Dorn"}),
        ("“We will not go,” said Carver.", {"not go agent We", "say agent Carver"}),
        ("Carver did not hit Borland.", {"not hit agent Carver", "not hit patient Borland"}),
        ("Did they attack Borland?", {"attack agent they", "attack patient Borland"}),
        (
            "Carver said Dorn had left the talks.",
            {"say agent Carver", "leave agent Dorn", "leave patient talks"},
        ),
        (
            "Carver wants to invade Borland.",
            {"want agent Carver", "invade agent Carver", "invade patient Borland"},
        ),
        (
            "Carver urged Dorn to sign the treaty.",
            {"urge agent Carver", "urge patient Dorn", "sign agent Dorn", "sign patient treaty"},
        ),
        (
            "Carver told Dorn that Alba would leave.",
            {"tell agent Carver", "tell recipient Dorn", "leave agent Alba"},
        ),
        (
            "Carver flew to Rome, and Dorn left the city.",
            {"fly agent Carver", "leave agent Dorn", "leave patient city"},
        ),
        (
            "The leaders of Alba and Borland met Carver.",
            {"meet agent leaders", "meet patient Carver"},
        ),
        (
            "Carver was tried and hanged.",
            {"try patient Carver", "hang patient Carver"},
        ),
        (
            "Speaking in Rome, Carver condemned the raid.",
            {"speak agent Carver", "condemn agent Carver", "condemn patient raid"},
        ),
        (
            "The man killed by Borland was a teacher.",
            {"kill patient man", "kill agent Borland"},
        ),
        ("Carver blamed Dorn for attacking Alba.",
         {"blame agent Carver", "blame patient Dorn", "attack agent Dorn", "attack patient Alba"}),
        (
            "The minister of state's plan blocked Dorn.",
            {"block agent plan", "block patient Dorn"},
        ),
        ("Otto K. Dorn defended Alba.", {"defend agent Dorn", "defend patient Alba"}),
        (
            "The funds she raised are spent.",
            {"raise agent she", "raise patient funds", "spend patient funds"},
        ),
    ],
)  # fmt: skip
def test_arguments(text: str, expected: set[str]) -> None:
    assert arguments(text) == expected


@pytest.mark.parametrize(
    "text", ["Dorn joined a Borland-led mission.", "Alba left U.S.-led talks."]
)
def test_the_verb_of_a_compound_is_no_deed_without_a_doer(text: str) -> None:
    assert not {one for one in arguments(text) if one.startswith("lead")}


@pytest.mark.xfail(strict=True, reason="a rare past tense before a name is tagged an adjective")
def test_rare_verb_before_a_name() -> None:
    assert arguments("The minister of state's plan angered Dorn.") == {
        "anger agent plan", "anger patient Dorn"
    }  # fmt: skip


@pytest.mark.xfail(strict=True, reason="no parse: 'and' inside one name reads as two")
def test_name_with_and() -> None:
    assert "study agent Service" in arguments("The Fish and Wildlife Service studied Carver.")
    assert "study agent Fish" not in arguments("The Fish and Wildlife Service studied Carver.")


@pytest.mark.xfail(strict=True, reason="a clause without relative pronoun inside a subject")
def test_contact_clause_in_a_subject() -> None:
    assert "fall agent tower" in arguments("The tower the rebels shelled fell.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Alban officials met with Carver.",
            {("Alba", "agent", "meet"), ("Ann Carver", "patient", "meet")},
        ),
        ("The killing of Carver went unsolved.", {("Ann Carver", "patient", "kill")}),
        (
            "Alba's attack on Borland failed.",
            {("Alba", "agent", "attack"), ("Borland", "patient", "attack")},
        ),
        ("Carver's arrest came late.", {("Ann Carver", "patient", "arrest")}),
        (
            "Alba launched a raid on Borland.",
            {
                ("Alba", "agent", "launch"),
                ("Alba", "agent", "raid"),
                ("Borland", "patient", "raid"),
            },
        ),
        (
            "Alba imposed new sanctions on Borland.",
            {("Alba", "agent", "impose"), ("Borland", "patient", "impose")},
        ),
        ("The hotel in Borland closed.", set()),
    ],
)
def test_rows(text: str, expected: set[tuple[str, str, str]]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Carver attacked Dorn.", "active"),
        ("Dorn was attacked by Carver.", "passive"),
        ("Dorn was attacked.", "agentless passive"),
        ("Alba's killing of Dorn went on.", "nominalisation"),
        ("The rebels' killing of Dorn went on.", "agentless nominalisation"),
        ("The rebels' attack on Dorn failed.", "nominalisation"),
        ("The attack on Dorn failed.", "agentless nominalisation"),
    ],
)
def test_construction(text: str, expected: str) -> None:
    table = agency.agency(*story(text))
    assert set(table["construction"]) == {expected}


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("Carver failed to attack Borland.", True),
        ("Carver did not fail to attack Borland.", False),
        ("Carver refused to attack Borland.", True),
        ("Carver stopped attacking Borland.", True),
        ("Carver tried to attack Borland.", False),
        ("Carver denied attacking Borland.", True),
        ("Carver did not deny attacking Borland.", False),
        ("Carver halted an attack on Borland.", True),
        ("No army of Alba attacked Borland.", True),
        ("Neither Alba nor Carver attacked Borland.", True),
        ("Not one of the ships of Alba attacked Borland.", True),
        ("Carver had no plan to attack Borland.", True),
    ],
)
def test_a_deed_left_undone_is_denied(text: str, negated: bool) -> None:
    table = agency.agency(*story(text))
    assert set(table.loc[table["predicate"] == "attack", "negated"]) == {negated}


def test_who_a_deed_is_named_after_did_not_do_it() -> None:
    text = "The Dorn strike and the Carver meeting shook Rome after the Alban strike."
    articles, sentences, tokens, mentions = story(text)
    kinds = ["government" if actor == "Alba" else "person" for actor in mentions["actor"]]
    table = agency.agency(articles, sentences, tokens, mentions.assign(actor_type=kinds))
    assert set(zip(table["actor"], table["role"], table["predicate"], strict=True)) == {
        ("Otto Dorn", "patient", "strike"), ("Alba", "agent", "strike"),
    }  # fmt: skip


def test_a_person_s_name_behind_an_article_is_part_of_another() -> None:
    text = "The Carver, Dorn and Hale Foundation thrived. Mr. Dorn thrived."
    articles, sentences, tokens, mentions = story(text)
    table = agency.agency(articles, sentences, tokens, mentions.assign(actor_type="person"))
    assert "Ann Carver" not in set(table["actor"])


def test_groups_and_negation_are_kept() -> None:
    table = agency.agency(*story("Alba did not threaten Borland. Alba praised Borland."))
    kept = table[["predicate", "group", "polarity", "negated"]].drop_duplicates().values.tolist()
    assert kept == [
        ["threaten", "threaten", "escalating", True],
        ["praise", "praise", "de-escalating", False],
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Alba bombed Borland.", {("bomb", "material")}),
        ("Carver said Dorn had left.", {("say", "verbal"), ("leave", "material")}),
        ("Carver endorsed Dorn.", {("endorse", "verbal")}),
        ("Dorn was asked to wait.", {("ask", "verbal"), ("wait", "relational")}),
        ("Dorn was expected in Rome.", {("expect", "mental")}),
        ("The survey shows Dorn ahead.", {("show", "verbal")}),
        ("Dorn died on Monday.", {("die", "relational")}),
        ("Carver took questions and took steps.", {("take", "verbal"), ("take", "material")}),
        ("Carver issued a statement.", {("issue", "verbal")}),
        ("Carver made the decision.", {("make", "mental")}),
        ("Carver appeared ready.", {("appear", "relational")}),
        ("Carver appeared on Monday.", {("appear", "material")}),
        ("Carver went on to call Dorn.", {("call", "verbal")}),
        ("Carver continued: “Not yet.”", {("continue", "verbal")}),
        ("Carver brought down Dorn.", {("bring down", "material")}),
        ("Carver called on Dorn to go.", {("call on", "verbal")}),
        ("Carver did not win them over.", {("win over", "material")}),
        ("Carver walked over to Dorn.", {("walk", "material")}),
        ("Mr. Dorn put the plan off.", {("put off", "material")}),
        ("Mr. Dorn could assume the chairmanship.", {("assume", "material")}),
        ("Mr. Dorn could assume the worst.", {("assume", "mental")}),
        ("Alba is getting little attention.", {("get", "relational")}),
        ("Mr. Dorn has got a lead.", {("get", "relational")}),
        ("Carver tried to convince them.", {("convince", "verbal")}),
        ("Carver stopped attacking them.", {("attack", "material")}),
        (
            "Carver left, intimating that it rained.",
            {("leave", "material"), ("intimate", "verbal")},
        ),
        ("Alba was overly focused on tariffs.", set()),
        ("Alba is well placed.", set()),
        ("The comments that Mr. Dorn made angered Rome.", {("make", "verbal")}),
        ("They listed insulting threats Carver had made.", {("make", "verbal")}),
        ("Carver struck a solemn tone.", {("strike", "verbal")}),
        ("Carver began by saying that it rained.", {("say", "verbal")}),
        (
            "Polls have Carver leading in the north.",
            {("have", "relational"), ("lead", "relational")},
        ),
        ("Carver leads Dorn 48 to 43 in the north.", {("lead", "relational")}),
        ("Carver leads Alba.", {("lead", "material")}),
        ("Rome left, as did Alba.", {("do", "relational")}),
        ("“Not yet,” Carver continued.", {("continue", "verbal")}),
        ("Carver continued on Monday, saying no.", {("continue", "verbal"), ("say", "verbal")}),
        ("Carver got a pardon.", {("get", "relational")}),
        ("It rained on Carver, managing director of a bank.", set()),
        ("Given the rain in Alba, all was lost.", set()),
        ("Alba imposed crippling fees.", {("impose", "material")}),
        ("Carver quilted.", {("quilt", None)}),
        ("Rome noted that suing Alba costs money.", {("sue", "material")}),
    ],
)
def test_the_kind_of_deed(text: str, expected: set[tuple[str, str]]) -> None:
    table = agency.agency(*story(text))
    kinds = table["process"].astype(object).where(table["process"].notna(), None)
    assert set(zip(table["predicate"], kinds, strict=True)) == expected


@pytest.mark.parametrize(
    ("text", "verb", "hypothetical"),
    [
        ("The risk of Alba attacking Borland grew.", "attack", True),
        ("Alba attacked Borland.", "attack", False),
        ("Alba could attack Borland.", "attack", True),
        ("Alba will attack Borland.", "attack", True),
        ("If Alba attacks Borland, the river floods.", "attack", True),
        ("Nobody knows whether Alba attacked Borland.", "attack", True),
        ("Did they attack Borland?", "attack", True),
        ("Carver said of Borland: “Will they fight or not?”", "say", False),
        ("Carver wants to attack Borland.", "attack", True),
        ("Carver called on Alba to attack Borland.", "attack", True),
        ("Carver managed to attack Borland.", "attack", False),
        ("Alba was the first to attack Borland.", "attack", False),
        ("Carver considered attacking Borland.", "attack", True),
        ("Carver was accused of attacking Borland.", "attack", True),
        ("After attacking Borland, Alba rested.", "attack", False),
        ("Carver thanked Dorn for attacking Borland.", "attack", False),
        ("Carver called for attacking Borland.", "attack", True),
        ("Carver heard calls for attacking Borland.", "attack", True),
        ("Carver helped Dorn leave.", "leave", False),
        ("Carver may help Dorn leave.", "leave", True),
        ("Alba's attack on Borland failed.", "attack", False),
        ("Alba threatened an attack on Borland.", "attack", True),
        ("Carver spoke of the risk of an attack on Borland.", "attack", True),
        ("Any attack on Borland failed.", "attack", True),
        ("Any army that attacks Borland must fear the rain.", "attack", True),
        ("Rome wants to make sure that Alba attacks Borland.", "attack", True),
        ("Rome ensured that Alba attacked Borland.", "attack", False),
        ("Rome hopes that Alba attacks Borland.", "attack", True),
        ("Carver paused before attacking Borland.", "attack", False),
        ("Carver will pause before attacking Borland.", "attack", True),
        ("Carver asked for proof before attacking Borland.", "attack", False),
        ("Carver should tell Dorn so and attack Borland.", "attack", True),
        ("If Carver succeeded in attacking Borland, it rained.", "attack", True),
        ("Carver failed to attack Borland.", "attack", False),
        ("Carver was going to attack Borland.", "attack", True),
        ("Rome sued Alba for allegedly attacking Borland.", "attack", True),
        ("A war would result from an attack on Borland.", "attack", True),
        ("A war resulted from an attack on Borland.", "attack", False),
        ("Alba would have to go, leaving Borland.", "leave", True),
        ("Alba went home, leaving Borland.", "leave", False),
        ("Rome waits until Alba attacks Borland.", "attack", True),
        ("Rome waited until Alba attacked Borland.", "attack", False),
        ("Carver said: “Help Borland and Alba.”", "help", True),
        ("Rome has a choice: free Dorn or destroy Borland.", "destroy", True),
        ("Carver tried to stop it, attacking Borland.", "attack", False),
    ],
)
def test_what_is_not_told_as_done(text: str, verb: str, hypothetical: bool) -> None:
    table = agency.agency(*story(text))
    assert set(table.loc[table["predicate"] == verb, "hypothetical"]) == {hypothetical}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Alban leader, Carver, left.", {("Ann Carver", "agent", "leave")}),
        ("It rained until Carver makes amends.", {("Ann Carver", "agent", "make")}),
        ("Dorn visited Borland.", {("Otto Dorn", "agent", "visit")}),
        ("Dorn answered by closing the harbour.",
         {("Otto Dorn", "agent", "answer"), ("Otto Dorn", "agent", "close")}),
        ("The Borland election drew Dorn.", {("Otto Dorn", "patient", "draw")}),
        ("A remark on arresting Dorn came late.", {("Otto Dorn", "patient", "arrest")}),
        ("Carver made a remark on arresting Dorn.",
         {("Ann Carver", "agent", "make"), ("Otto Dorn", "patient", "arrest")}),
        ("Officials lectured Alba about giving money.",
         {("Alba", "patient", "lecture"), ("Alba", "agent", "give")}),
        ("The group, which endorsed Dorn - said Carver won.",
         {("Otto Dorn", "patient", "endorse"), ("Ann Carver", "agent", "win")}),
        ("The raid off of Alba that caused damage ended.", set()),
        ("Rome protested following Carver's speech.", set()),
        ("Calling in on a show that Mr. Dorn likes, Ann Carver said so.",
         {("Otto Dorn", "agent", "like"), ("Ann Carver", "agent", "call"),
          ("Ann Carver", "agent", "say")}),
        ("Carver, said Dorn, who knows her, never forgives.",
         {("Otto Dorn", "agent", "say"), ("Otto Dorn", "agent", "know"),
          ("Ann Carver", "agent", "forgive")}),
        ("Carver, said Dorn, left Rome.",
         {("Otto Dorn", "agent", "say"), ("Ann Carver", "agent", "leave")}),
        ("Carver wrote “We bombed Alba, which I think was wrong,” adding, “Too bad.”",
         {("Ann Carver", "agent", "write"), ("Alba", "patient", "bomb"),
          ("Alba", "patient", "think"), ("Ann Carver", "agent", "add")}),
        ("Asked whether the trip, which friends described as grim, contributed to it, Dorn left.",
         {("Otto Dorn", "agent", "leave")}),
        ("The raid, these Alban officials made clear, that Borland fell.",
         {("Alba", "agent", "make"), ("Borland", "agent", "fall")}),
        ("The buggy brought down an Alban drone.", set()),
        ("Alban drones hit Borland.",
         {("Alba", "agent", "hit"), ("Borland", "patient", "hit")}),
        ("Guests wasted no time on Friday evening demanding help, and Dorn left.",
         {("Otto Dorn", "agent", "leave")}),
    ],
)  # fmt: skip
def test_who_does_it(text: str, expected: set[tuple[str, str, str]]) -> None:
    assert rows(text) == expected


def test_who_acts_counts_deeds_told_as_done() -> None:
    text = "Alba said so. Alba bombed Borland. Alba did not raid Rome. Alba may invade Borland."
    text += " It rained on Alba, raiding Rome."  # who does what a participle says is often wrong
    kept = agency.takeaways.acts(agency.agency(*story(text)))
    assert list(kept["predicate"]) == ["bomb", "bomb"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # saying and stances in the clothes of deeds
        ("Carver gave little sign whom she liked.", set()),
        ("Carver fired back within the hour.", set()),
        ("The clerks, Carver went on, “are well paid.”", set()),
        ("Carver made it plain that the bridge was lost.", set()),
        ("Carver rejected the claim that the bridge was safe.", set()),
        ("Carver rejected the treaty.", {"reject agent Ann Carver"}),
        ("Carver placed the blame on the clerks.", set()),
        ("Carver attacked Dorn over the bridge.", set()),
        ("Carver voiced support for the bridge.", set()),
        ("Alba attacked Borland.", {"attack agent Alba", "attack patient Borland"}),
        # states, offices, habits
        ("Dorn appeared tired.", set()),
        ("Dorn served as a clerk in Rome.", set()),
        ("Carver runs a bank.", set()),
        ("Carver closes the port on Sundays.", set()),
        ("Carver closed the port on Sunday.", {"close agent Ann Carver"}),
        ("Alba Closes Port as Storm Nears", {"close agent Alba"}),
        ("Alban forces shot down the unmanned plane.", {"shoot down agent Alba"}),
        ("The Carver Bank shares dropped 2 percent.", set()),
        # not done
        ("Carver turned down a chance to meet Dorn.", {"turn down agent Ann Carver"}),
        ("Dorn repeated his refusal to resign.", set()),
        ("The suspicion that Alba invaded Borland grew.", set()),
        ("Carver told clerks on Monday that Dorn resigned.", set()),
        ("Should Alba ever invade Borland, the river floods.", set()),
        ("Pay only if invaded by Alba.", set()),
        ("Carver has not won or managed to defeat Dorn.", set()),
        ("The day will end in clerks arresting Dorn.", set()),
        ("Rome spoke of an expected Alban invasion.", set()),
        ("Carver put arresting Dorn at the heart of the plan.", set()),
        ("Carver managed to arrest Dorn.",
         {"arrest agent Ann Carver", "arrest patient Otto Dorn"}),
        # a thing is the doer
        ("The rules empower Carver to name a clerk.", set()),
        ("The advice forced Dorn to resign.", {"resign agent Otto Dorn"}),
        ("The clerks forced Dorn to resign.",
         {"force patient Otto Dorn", "resign agent Otto Dorn"}),
        ("The raid that killed Dorn ended.", {"kill patient Otto Dorn"}),
        # whose deed a noun is
        ("Alba's release of the files came late.", {"release agent Alba"}),
        ("The Alba release came late.", set()),
        ("Alba's arrest of clerks began.", {"arrest agent Alba"}),
        ("The Alba troop withdrawal began.", set()),
        ("Carver spoke after the killing of Dorn, Borland and Alba were calm.",
         {"kill patient Otto Dorn"}),
        ("The election of a mayor of Alba drew crowds.", set()),
        # whose deed a clause is
        ("A former Alban official closed the bank.", set()),
        ("An Alban official closed the bank.", {"close agent Alba"}),
        ("Dorn was fined and sentenced to a year.",
         {"fine patient Otto Dorn"}),
        ("Carver met Dorn and closed the bank.",
         {"meet agent Ann Carver", "meet patient Otto Dorn", "close agent Ann Carver"}),
        ("The novel “Arresting Dorn” was short.", set()),
        ("Carver joined Borland as a clerk.", {"join agent Ann Carver"}),
        ("A clerk of Borland, who visited Rome, was glad.", set()),
        ("Dorn, who visited Rome, was glad.", {"visit agent Otto Dorn"}),
        ("Dorn opened up to the clerks.", set()),
        ("Carver held a rally in Rome.", {"hold agent Ann Carver"}),
        ("Carver held a narrow lead.", set()),
        ("The clerks took the Alba/Rome train.", set()),
        ("Carver announced a withdrawal of Alban ships.", set()),
        ("The killing of Carver and Dorn shook Rome.",
         {"kill patient Ann Carver", "kill patient Otto Dorn"}),
        ("After the killing of Carver and her aide Dorn left.",
         {"kill patient Ann Carver", "leave agent Otto Dorn"}),
        ("Carver struck a calm tone.", set()),
        ("Alba lies to the north.", set()),
        ("Alba attacked Borland?", set()),
        ("Carver got angry. Dorn has got a lead.", set()),
        ("The managing director Dorn was glad.", set()),
        ("Carver met the deadline.", set()),
        ("Carver welcomed the shift.", set()),
        ("Carver has made closing banks her habit.", set()),
        ("Rome came to Alba's aid.", set()),
        ("It was a threshold met by Carver.", set()),
        ("The storm struck Alba in May.", set()),
        ("These include Rome v. Borland, which closed the bank.", set()),
        ("Alba's 2018 midterm elections came.", set()),
        ("Carver and a clerk, who has visited Rome, were glad.", set()),
        ("Carver and Dorn, who have visited Rome, were glad.",
         {"visit agent Ann Carver", "visit agent Otto Dorn"}),
        ("Carver left open many questions about it.", set()),
        ("Alban leader Ann Carver, left, greets Otto Dorn in May 1979 in Rome.", set()),
        ("Carver picked through the rubble.", set()),
        ("Dorn was picked by Carver.", {"pick agent Ann Carver", "pick patient Otto Dorn"}),
        ("Clerks meddled in the election in favour of Carver.", set()),
        ("The clerks read Carver's Harbour Capture in May.", set()),
        ("Carver announced plans to end the only policy to visit Rome.", set()),
        ("Clerks accused Carver of mocking the law and using the banks for gain.", set()),
        ("Clerks thanked Carver for closing the banks and using the ships.",
         {"close agent Ann Carver", "use agent Ann Carver"}),
    ],
)  # fmt: skip
def test_what_enters_the_counts(text: str, expected: set[str]) -> None:
    kept = agency.takeaways.acts(agency.agency(*story(text)))
    told = zip(kept["predicate"], kept["role"], kept["actor"], strict=True)
    assert {" ".join(row) for row in told} == expected


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("Dorn was fired in May.", "oust"),
        ("Alba fired Dorn.", "oust"),
        ("Alba fired ships.", "attack"),
        ("Alba fired on Dorn.", "attack"),
    ],
)
def test_who_is_fired_is_dismissed(text: str, group: str) -> None:
    table = agency.agency(*story(text))
    assert set(table["group"]) == {group}


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("Alba bombed a harbour.", "attack"),
        ("Alba has shot down the rumors.", None),
        ("Alba has shot down a drone.", "attack"),
        ("Dorn joined a quarrel over boats.", None),
        ("Dorn signed an order that undoes a ban.", None),
        ("Alba dismantled the fishing rules.", None),
        ("Carver obtained a list of boats.", None),
        ("Carver captured the mood.", None),
        ("Alba captured two men.", "detain"),
        ("Borland released old charts.", None),
        ("It stands in a letter that Borland released.", None),
        ("Alba’s firing of the manager came late.", None),
        ("A chart was released by Borland.", None),
        ("Borland released Dorn.", "release"),
        ("Carver met Dorn.", "negotiate"),
        ("Carver met sailors in the rain.", None),
        ("Carver walked back her remarks.", "say"),
    ],
)
def test_a_deed_whose_sense_is_open_has_no_group(text: str, group: str | None) -> None:
    table = agency.agency(*story(text))
    assert set(table["group"].astype(object).where(table["group"].notna(), None)) == {group}


def test_a_passive_whose_participle_looks_like_its_base_form() -> None:
    table = agency.agency(*story("Clerks heard that Dorn was also hurt."))
    assert table.loc[table["predicate"] == "hurt", "role"].tolist() == ["patient"]


def test_lifting_sanctions_is_a_negated_sanction() -> None:
    table = agency.agency(*story("Alba eased the embargo on Borland."))
    row = table[(table["predicate"] == "embargo") & (table["role"] == "patient")].iloc[0]
    assert row["negated"]
    assert row["actor"] == "Borland"


def test_spans_enclose_verb_and_argument() -> None:
    text = "Yesterday Alba attacked Borland near the river."
    table = agency.agency(*story(text))
    assert {text[a:b] for a, b in zip(table["start"], table["end"], strict=True)} == {
        "Alba attacked Borland"
    }
    assert {text[a:b] for a, b in zip(table["verb_start"], table["verb_end"], strict=True)} == {
        "attacked"
    }
    schema.check_table("agency", table)


def test_no_mentions_no_rows() -> None:
    tables = story("Nobody came.")
    table = agency.agency(*tables)
    schema.check_table("agency", table)
    assert table.empty
    assert agency.blame(*tables).empty


@pytest.mark.parametrize(
    ("text", "expected", "about"),
    [
        ("Carver blamed Borland for the raid.", ("Ann Carver", "Borland"), "the raid"),
        ("Borland was accused of lying by Carver.", ("Ann Carver", "Borland"), "lying"),
        ("Alba holds Borland responsible for the fire.", ("Alba", "Borland"), "the fire"),
        ("Alba holds Borland fully responsible for the fire.", ("Alba", "Borland"), "the fire"),
        ("Carver put the blame on Borland.", ("Ann Carver", "Borland"), None),
        ("Carver blamed the fire on Borland.", ("Ann Carver", "Borland"), None),
        ("Borland has been accused of theft.", (None, "Borland"), "theft"),
    ],
)
def test_blame(text: str, expected: tuple[str | None, str], about: str | None) -> None:
    table = agency.blame(*story(text))
    assert len(table) == 1
    row = table.iloc[0]
    names = tuple(None if pd.isna(row[c]) else row[c] for c in ("blamer", "blamed"))
    assert names == expected
    found = None if pd.isna(row["about_start"]) else text[row["about_start"] : row["about_end"]]
    assert found == about


@pytest.mark.parametrize(
    "text",
    [
        "Rome requested proof before pointing blame on Borland.",
        "Carver did not blame Borland.",
        "Carver may blame Borland.",
        "Does Carver blame Borland?",
        "Carver refused to accuse Borland.",
    ],
)
def test_what_is_no_blaming(text: str) -> None:
    assert agency.blame(*story(text)).empty


TAGS = ["DT", "NN", "NNP", "NNS", "VBD", "VBN", "VB", "VBG", "MD", "TO", "IN", "CC", ",", "WP",
        "WDT", "PRP", "POS", "RB", ".", "JJ", "CD", "``", "''", ":", "-LRB-", "-RRB-", "EX",
        "RP", "WRB", "VBZ", "PRP$"]  # fmt: skip
WORDS = ["by", "of", "that", "was", "had", "did", "got", "told", "said", "named", "Ann", "it"]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(TAGS)), max_size=25))
def test_any_sequence_of_tags_gives_spans_inside_the_sentence(pairs: list[tuple[str, str]]) -> None:
    words, tags = [w for w, _ in pairs], [t for _, t in pairs]
    cut = chunk(words, letters_of(words, tags))
    assert len(cut.kinds) == len(cut.starts) == len(cut.ends)
    assert [*cut.starts, len(words)] == [0, *cut.ends]
    for p in sentence_clauses(words, tags):
        for a, b in [*p.agents, *p.patients, *p.recipients]:
            assert 0 <= a < b <= len(words)


def test_word_lists_are_sound() -> None:
    verbs = lexicons.load("verb_groups")
    assert verbs["lemma"].is_unique
    assert set(verbs["process"]) == {"material", "verbal", "mental", "relational"}
    assert set(verbs["polarity"]) == {"escalating", "de-escalating", "neutral"}
    assert verbs.groupby("group")["polarity"].nunique().max() == 1
    assert len(verbs) >= 300
    nouns = lexicons.load("nominalisations")
    assert nouns["noun"].is_unique
    assert set(nouns["possessor"]) == {"agent", "patient", "unclear"}
    frames = lexicons.load("verb_frames")
    assert not frames.duplicated(["frame", "lemma"]).any()


@pytest.mark.shared
def test_figures_hold_on_the_treebanks(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(Path(__file__).parent.parent)
    from benchmarks import agency as benchmark

    for what, precision, recall in benchmark.summary(shared / "gold"):
        assert precision >= 85, what
        assert recall >= 70, what


def test_speed() -> None:
    text = "\n\n".join(
        ["Carver, the president of Alba, told Mr. Dorn on Monday that Borland had attacked Alba."]
        * 75
    )
    one = story(text)
    took = []
    for _ in range(4):
        started = time.process_time()
        agency.agency(*one)
        took.append(time.process_time() - started)
    # 1,200 words in 3 ms, plus the building of one small table; a busy machine takes its time.
    assert min(took) < 0.06
