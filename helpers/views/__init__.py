"""How the notebooks show their tables: captions, headings, units, titles; nothing is computed.

A module a notebook, each used there as ``show``: what a room's function returns is piped into the
view named after it, so that a cell says where its table comes from.

    from helpers.views import quotes as show
    quotes.kinds(speech, story.originals).pipe(show.kinds)

==============  ==================================================================================
`corpus`        outlets, days, genres, parts, repeats
`actors`        who is mentioned where, when and under which names
`sentiment`     how actors are spoken of
`quotes`        who is quoted, how and by whom
`framing`       terms, frames, names, agency, facts, headlines
`briefing`      findings and what they rest on
==============  ==================================================================================

A table or some evidence is a record (`base.Table`, `base.Passages`) that is called with its frame;
a figure is a function from a frame to a `helpers.charts.Figure`. Each module also holds what all
notebooks show alike, `reading` and `saved`, so that a cell needs one name for whatever it shows.
"""
