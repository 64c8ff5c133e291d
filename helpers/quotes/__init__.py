"""Who said what: quotations and reported speech, their sources, and whose words a span is in."""
