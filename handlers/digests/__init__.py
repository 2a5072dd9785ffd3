"""What leads read: what needs them, by exception; what waits for them; what is missing; and the signs that somebody reads along."""
