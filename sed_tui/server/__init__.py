"""The operations over HTTP: a route per operation of the registry, and a few around them."""
