"""How the rows of an import become cards, correspondents and people, a batch at a time."""
