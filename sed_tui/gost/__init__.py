"""GOST signatures: hashes, keys, certificates, CMS, verification; no database, no terminal."""
