"""Feishu, heard and spoken to."""
