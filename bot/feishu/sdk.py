"""Loads Feishu's SDK: two seconds and 170 MB, so only when it is needed, and by one thread at a time.

Its modules import each other in circles: two threads that load it at once find it half done.
"""

import logging
import threading
from typing import Any

_loading = threading.Lock()


def lark() -> Any:
    """The SDK, silenced: it prints to standard output, which is not its own, and bodies when it debugs."""
    with _loading:
        import lark_oapi  # type: ignore[import-untyped]  # noqa: PLC0415  # see above; it carries no types

        _silence()
        return lark_oapi


def tokens() -> Any:
    """The keeper of tokens: one cache for all its clients."""
    lark()
    from lark_oapi.core.token import TokenManager  # type: ignore[import-untyped]  # noqa: PLC0415

    return TokenManager


def frame() -> Any:
    """An empty frame of the long connection."""
    lark()
    from lark_oapi.ws.pb.pbbp2_pb2 import Frame  # type: ignore[import-untyped]  # noqa: PLC0415

    return Frame()


def _silence() -> None:
    logger = logging.getLogger("Lark")
    logger.handlers.clear()
    logger.propagate = False
    logger.addHandler(logging.NullHandler())
    logger.setLevel(logging.CRITICAL + 1)
