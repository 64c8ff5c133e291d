"""What comparisons of outlets share: events, windows of time, terms by voice, permutation."""
