"""The program with a form small enough to see through (tests/tiny_form.py) in the place of `mine`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import app
from tests import tiny_form

tiny_form.install()
sys.exit(app.main())
