"""Findings: the record of one claim, and how differences between outlets become claims."""
