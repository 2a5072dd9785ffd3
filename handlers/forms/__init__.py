"""Forms: what stands in them, and what becomes of what was filled in. A form says what could be typed, field by field."""
