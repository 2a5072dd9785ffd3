"""app.py, whose connections notice within a second what else takes half a minute."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from bot.wire import Patience

Patience.__init__.__defaults__ = (2.0, 0.1, 0.4, 0.05, 0.2, 30.0, 5.0)  # type: ignore[misc]

from app import main  # noqa: E402  (what takes a Patience by default takes this one)

sys.exit(main())
