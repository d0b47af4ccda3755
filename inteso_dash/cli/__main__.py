"""Run the command line as a module."""

import sys

from inteso_dash.cli import main

sys.exit(main())
