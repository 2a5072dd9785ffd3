"""Which conversations are direct: Feishu says it with a message, and not with a press."""

MANY = 10_000


class DirectChats:
    """The direct conversations heard of since the start; shared by the front, which hears, and the sender, which marks its cards."""

    def __init__(self) -> None:
        self._known: set[str] = set()

    def note(self, chat: str) -> None:
        """Somebody spoke to us there directly."""
        if chat and len(self._known) < MANY:
            self._known.add(chat)

    def __contains__(self, chat: str) -> bool:
        return chat in self._known
