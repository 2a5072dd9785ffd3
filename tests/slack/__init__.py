"""Slack, heard and spoken to."""
