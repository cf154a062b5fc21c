"""`python -m thuocdo`"""

import sys

from ._command import main

sys.exit(main())
