"""Signed messages (CMS, RFC 5652; CAdES-BES, ETSI EN 319 122): read, written, joined."""
