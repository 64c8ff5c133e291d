"""What every worker needs, loaded once by the server that they are forked from.

A process that reads its first article loads word lists, models and patterns for more than a second,
and is done after one partition: so the server reads one article itself, and they share what it has.
"""

import gc

from helpers import partitions
from helpers.lenses import load
from helpers.models import chosen
from helpers.story import Story

_TEXT = """Minister resigns

OSLO (Reuters) - Foreign Minister Ann Orr of Norway resigned on Monday after two aides of hers were
arrested. "It was a shameful attack," Paul Hale, the party's leader, told reporters on 3 May 2021.

Ms. Orr, who had praised him, said that the government would not comment. She left at once."""


def _read() -> None:
    told = Story.from_texts(_TEXT)
    told.made |= {"models": chosen({}), "_found_events": None}  # the encoder comes where it is used
    for made in told.lens_tables.values():
        if made.of == "documents":
            told.table(made.name)


load()
_read()
gc.freeze()  # a collection would else write to what all share, and so copy it
__all__ = ["partitions"]
