"""`python -m apigw2`: plans and blueprints on the command line."""

from __future__ import annotations

import sys

from apigw2._blueprints.command import main

if __name__ == "__main__":
    sys.exit(main())
