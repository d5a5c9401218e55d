"""`python -m passdown` does what `passdown` does."""

import sys

from passdown.cli.main import main

sys.exit(main())
