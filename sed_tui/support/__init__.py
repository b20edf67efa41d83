"""Tickets of support: made here, sent by the portal or by mail, kept to be read offline."""
