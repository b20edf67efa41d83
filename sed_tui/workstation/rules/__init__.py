"""Pure rules: what the facts of a machine mean by an edition of the requirements."""
