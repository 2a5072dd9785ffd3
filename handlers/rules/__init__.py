"""Pure rules about several things at once: no session, no clock."""
