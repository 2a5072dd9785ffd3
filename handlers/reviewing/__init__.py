"""The ten-day review: which period is meant, what happened in it, how it is shown, filled in and closed."""
