"""Where hashes and signatures are computed: native, pure Python, by name; one protocol."""
