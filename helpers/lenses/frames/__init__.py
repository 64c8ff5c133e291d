"""Frames: which generic frames the sentences of an outlet carry."""

from helpers.lenses.frames import show
from helpers.lenses.frames.method import (
    CARRIES,
    FRAMES,
    article_frames,
    carrying_cues,
    codebook,
    cue_hits,
    cue_scores,
    frame_sentences,
    frame_shares,
    frames,
    told_frames,
    told_sentences,
)
from helpers.lenses.frames.overview import FRAME_NAMES

__all__ = [
    "CARRIES",
    "FRAMES",
    "FRAME_NAMES",
    "article_frames",
    "carrying_cues",
    "codebook",
    "cue_hits",
    "cue_scores",
    "frame_sentences",
    "frame_shares",
    "frames",
    "show",
    "told_frames",
    "told_sentences",
]
