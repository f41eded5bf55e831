"""``python -m perfeval_xl`` is ``perfeval-xl``."""

import sys

from perfeval_xl.cli import main

sys.exit(main())
