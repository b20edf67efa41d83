"""Documents on their way into a letter: gathered, composed, handed to a mail program."""
