"""The lenses: one folder each, with all that is particular to it."""
