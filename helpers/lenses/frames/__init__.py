"""Frames: which generic frames the sentences of an outlet carry."""

from helpers.lenses.frames.method import (
    article_frames,
    codebook,
    cue_hits,
    cue_scores,
    frame_differences,
    frame_sentences,
    frame_shares,
    frames,
)

__all__ = [
    "article_frames",
    "codebook",
    "cue_hits",
    "cue_scores",
    "frame_differences",
    "frame_sentences",
    "frame_shares",
    "frames",
]
