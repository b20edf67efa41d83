"""Tables as people make them, read into columns of known names; no database in sight."""
