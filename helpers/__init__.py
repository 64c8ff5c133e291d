"""Parallax: how several outlets tell the same story, with every number led to its sentence."""

__version__ = "0.1.0"
