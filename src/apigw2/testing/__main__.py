"""`python -m apigw2.testing`: the local gateway as a server of its own."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from apigw2.testing._clock import Clock
from apigw2.testing._gateway import LocalGateway
from apigw2.testing._server import Server
from apigw2.testing._site import Site

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until interrupted.

    Args:
        arguments: The command line's arguments; those of the process if left out.

    Returns:
        The exit status.
    """
    parser = argparse.ArgumentParser(
        prog="python -m apigw2.testing",
        description="Serve Amazon API Gateway V2 from memory, on loopback only.",
    )
    parser.add_argument(
        "--port", type=int, default=0, help="the TCP port; 0, the default, takes a free one"
    )
    parser.add_argument("--region", default="us-east-1", help="the region in ARNs and host names")
    parser.add_argument("--account-id", default="123456789012", help="the account in ARNs")
    parser.add_argument(
        "--rate-limits", action="store_true", help="throttle requests as those of an account are"
    )
    options = parser.parse_args(arguments)
    gateway = LocalGateway(
        region_name=options.region,
        account_id=options.account_id,
        rate_limits=options.rate_limits,
        clock=Clock(step=0, running=True),
    )
    server = Server(Site(gateway), options.port)
    # The first line is for whoever started this to read, so it must not wait in a buffer.
    sys.stdout.write(f"http://127.0.0.1:{server.port}\n")
    sys.stdout.flush()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        server.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
