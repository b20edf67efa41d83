"""Links opened: in an interface that runs, in a new one; and the scheme made known to a desktop."""
