"""How each operation is done: a module per noun, a function per request."""
