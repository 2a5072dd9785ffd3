"""Strict stand-ins for the platforms, over HTTP on loopback."""
