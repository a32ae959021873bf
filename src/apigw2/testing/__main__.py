"""`python -m apigw2.testing`: the local gateway as a standalone server."""

from __future__ import annotations

import argparse
import importlib
import logging
import re
import signal
import sys
from functools import partial, reduce
from pathlib import Path
from typing import TYPE_CHECKING

import apigw2
from apigw2.testing._clock import Clock
from apigw2.testing._gateway import LocalGateway
from apigw2.testing._server import Server
from apigw2.testing._site import how_to_call

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from apigw2.testing._dataplane import Function


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until interrupted.

    Args:
        arguments: Command-line arguments; by default those of the process.

    Returns:
        The exit status.
    """
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.verbose:
        logging.basicConfig(format="%(message)s")  # to standard error
        logging.getLogger("apigw2.testing.access").setLevel(logging.INFO)
    local = LocalGateway(
        region_name=options.region,
        account_id=options.account_id,
        rate_limits=options.rate_limits,
        clock=Clock(step=0, running=True),
    )
    for name, function in options.function:
        local.add_function(name, function)
    try:
        apis = [
            *(_made_of(file, partial(_import_openapi, local)) for file in options.openapi),
            *(
                _made_of(file, partial(_apply_blueprint, local, dict(options.var)))
                for file in options.blueprint
            ),
        ]
        server = Server(local.site(), options.port)
    except (OSError, ValueError) as error:
        parser.error(str(error))
    try:
        _introduce(server, apis)
        server.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        server.close()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m apigw2.testing",
        description="Serve Amazon API Gateway V2 from memory, on loopback only. The first line of "
        "the output is the endpoint URL for clients.",
        epilog="A signed request uses the region of its signature, and an access key id of 12 "
        "digits as the account id.",
    )
    parser.add_argument(
        "--port", type=_port, default=0, help="the TCP port; 0, the default, selects a free one"
    )
    parser.add_argument(
        "--region",
        type=_matching(r"[a-z0-9-]{1,32}", "the name of a region"),
        default="us-east-1",
        help="the region of requests that are not signed (default: %(default)s)",
    )
    parser.add_argument(
        "--account-id",
        type=_matching(r"[0-9]{12}", "an account id of twelve digits"),
        default="123456789012",
        help="the account of requests that are not signed for another one (default: %(default)s)",
    )
    parser.add_argument(
        "--function",
        type=_function,
        action="append",
        default=[],
        metavar="NAME=MODULE:HANDLER",
        help="a Python function to call in the place of the Lambda function NAME; repeatable",
    )
    parser.add_argument(
        "--openapi",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="an OpenAPI 3.0 document, in JSON or YAML, to import and deploy to the stage "
        "$default; repeatable",
    )
    parser.add_argument(
        "--blueprint",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="a blueprint for apigw2.Blueprint.load, in JSON or YAML, to apply and deploy; "
        "repeatable",
    )
    parser.add_argument(
        "--var",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        type=_variable,
        help="value of ${NAME} in the blueprints; repeatable",
    )
    parser.add_argument(
        "--rate-limits", action="store_true", help="throttle control-plane requests as AWS does"
    )
    parser.add_argument(
        "--verbose", action="store_true", help="write a line for each request to standard error"
    )
    return parser


def _port(text: str) -> int:
    if not re.fullmatch("[0-9]{1,5}", text) or int(text) > 65535:  # noqa: PLR2004 - TCP's own limit
        raise argparse.ArgumentTypeError(f"{text!r} is not a port from 0 to 65535")
    return int(text)


def _matching(pattern: str, what: str) -> Callable[[str], str]:
    def check(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise argparse.ArgumentTypeError(f"{text!r} is not {what}")
        return text

    return check


def _function(text: str) -> tuple[str, Function]:
    """Read `pets=package.module:handler`."""
    name, _, place = text.partition("=")
    module_name, _, attribute = place.partition(":")
    if not (name and module_name and attribute):
        raise argparse.ArgumentTypeError(f"{text!r} does not have the form NAME=MODULE:HANDLER")
    try:
        found: object = reduce(getattr, attribute.split("."), importlib.import_module(module_name))
    except (ImportError, AttributeError) as error:
        raise argparse.ArgumentTypeError(f"{text!r}: {error}") from error
    if not callable(found):
        raise argparse.ArgumentTypeError(f"{text!r}: {place} is not callable")
    return name, found


def _variable(text: str) -> tuple[str, str]:
    name, separator, value = text.partition("=")
    if not separator or not name:
        raise argparse.ArgumentTypeError(f"expected NAME=VALUE, not {text!r}")
    return name, value


def _made_of(file: Path, make: Callable[[Path], apigw2.Api]) -> apigw2.Api:
    """Create an API from a file.

    Raises:
        ValueError: The file cannot be read or is not valid; the message is one line.
    """
    try:
        return make(file)
    except (apigw2.Apigw2Error, ImportError, OSError, RecursionError, ValueError) as error:
        problem = " ".join(str(error).split()).removeprefix(f"{file}: ")
        raise ValueError(f"{file}: {problem}") from error


def _import_openapi(local: LocalGateway, file: Path) -> apigw2.Api:
    api = local.gateway().import_api(file.read_text(encoding="utf-8"))
    api.create_stage("$default", auto_deploy=True).wait_until_deployed(sleep=local.clock.advance)
    return api


def _apply_blueprint(local: LocalGateway, variables: Mapping[str, str], file: Path) -> apigw2.Api:
    return local.gateway().plan(apigw2.Blueprint.load(file, variables=variables)).apply()


def _introduce(server: Server, apis: Sequence[apigw2.Api]) -> None:
    host = server.url.removeprefix("http://")
    lines = [
        server.url,
        f"Clients: AWS_ENDPOINT_URL_APIGATEWAYV2={server.url}, with any credentials.",
        f"{how_to_call(host)}.",
        f"APIs and requests in the browser: {server.url}/_apigw2/",
        *(line for api in apis for line in _addresses(api, host)),
    ]
    # The calling program reads the first line, so flush it.
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


def _addresses(api: apigw2.Api, host: str) -> list[str]:
    """Return a line with the URLs of each stage."""
    scheme = "ws" if api.protocol_type == "WEBSOCKET" else "http"
    port = host.rpartition(":")[2]
    paths = ["" if s.stage_name == "$default" else f"{s.stage_name}/" for s in api.get_stages()]
    return [
        f"{api.name}: {scheme}://{api.api_id}.execute-api.localhost:{port}/{path} or "
        f"{scheme}://{host}/_aws/execute-api/{api.api_id}/{path}"
        for path in paths
    ] or [f"{api.name}: cannot be called, because it has no stage"]


if __name__ == "__main__":
    # Containers are stopped with SIGTERM, which the first process of one ignores by default.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    raise SystemExit(main())
