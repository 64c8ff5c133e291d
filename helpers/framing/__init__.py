"""Framing: how each outlet tells the story, one lens a module, tables in and tables out.

`keyness` (what it stresses), `frames` (which generic frames it uses), `naming` (what it calls
actors and things), `agency` (whom it shows acting), `coverage` (which reported facts it has),
`headlines` (headline against body) and `summary` (outlet × lens at a glance) are modules:
`from helpers.framing import keyness` and then `keyness.keyness(tokens, articles, ...)`.

Every function that can meet bad input takes `problems`, a list to which it appends plain rows
(file, problem, action) instead of raising; without one the answer is the same and the remarks
are lost. Articles are compared within events (`events`), in the author's voice unless asked
otherwise (`terms.voice_mask`).
"""
