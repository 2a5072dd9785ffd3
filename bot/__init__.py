"""Hears and speaks: words and platforms, and no OKR rule and no table."""
