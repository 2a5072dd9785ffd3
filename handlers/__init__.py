"""Decides: one file per thing that people do, a command in and a Reply out. Knows no platform."""
