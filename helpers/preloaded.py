"""What every worker needs, imported by the server that they are forked from."""

from helpers import partitions
from helpers.lenses import load

load()
__all__ = ["partitions"]
