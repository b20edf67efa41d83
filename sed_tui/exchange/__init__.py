"""Message formats of the connector: files to a message and back, without a database."""
