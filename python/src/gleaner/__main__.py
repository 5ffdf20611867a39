"""`python -m gleaner` is the command `gleaner`."""

import sys

from gleaner._command import main

sys.exit(main())
