"""What workers need and takes long to load, loaded once for all of them."""

from bot.feishu import sdk
from tests.delivery import work

sdk.lark()
sdk.tokens()
__all__ = ["work"]
