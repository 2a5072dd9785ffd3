"""Remembers: tables, the transactions on them, and the queries by name. Knows no platform and decides nothing."""
