"""What planning is tried in: a town with Slack for those tests that run the program itself."""

from tests.outside.conftest import own_town

__all__ = ["own_town"]
