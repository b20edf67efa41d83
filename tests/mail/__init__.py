"""A real mail server for tests, with every fault that one can have.

`authority.pem` and `server.pem` (key and certificate of `localhost`) are for tests alone.
"""
