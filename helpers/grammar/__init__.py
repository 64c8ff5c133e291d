"""How a tagged article is read: tokens, quotation marks, noun groups, verb groups, clauses."""
