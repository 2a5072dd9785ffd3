"""A progress as a row of block characters; it knows no words, so a number always stands beside it."""

FULL, EMPTY = "▓", "░"


def bar(progress: float, cells: int = 10) -> str:
    """▓▓▓▓░░░░░░ for 0.45. Never full before 1.0 is reached, nor empty once begun."""
    filled = min(max(int(progress * cells + 1e-9), 0), cells)
    if progress > 0:
        filled = max(filled, 1)
    return FULL * filled + EMPTY * (cells - filled)
