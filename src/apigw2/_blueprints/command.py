"""The command `python -m apigw2`: `plan`, `apply`, `export`, `diff` and `schema`."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import BotoCoreError, ClientError

import apigw2
from apigw2._blueprints import files

if TYPE_CHECKING:
    from collections.abc import Sequence

    from apigw2._blueprints.plan import Plan

OK: Final = 0
FAILED: Final = 1
INTERRUPTED: Final = 130  # as a shell reports it
CHANGES: Final = 2
"""Exit status of `plan` and `diff` if something has to change."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Args:
        arguments: Arguments of `python -m apigw2`; by default those of the process.

    Returns:
        The exit status: 0 for success, 1 after an error, 2 if `plan` or `diff` found changes, 130
        after an interrupt.
    """
    options = _parser().parse_args(arguments)
    _print_any_character()
    try:
        status: int = options.run(options)
    except (
        apigw2.Apigw2Error,
        BotoCoreError,
        ClientError,
        ModuleNotFoundError,
        OSError,
        ValueError,
    ) as error:
        plan = getattr(error, "plan", None)
        if plan is not None:
            print(plan, file=sys.stderr)  # noqa: T201  # a command's output
        print(f"error: {error}", file=sys.stderr)  # noqa: T201  # a command's output
        return FAILED
    except KeyboardInterrupt:
        print("interrupted; plan again to continue", file=sys.stderr)  # noqa: T201  # as above
        return INTERRUPTED
    return status


def _print_any_character() -> None:
    """Write UTF-8 to files and pipes, as files are read, and escape what a terminal cannot show."""
    out: Any = sys.stdout
    if not hasattr(out, "reconfigure"):  # such as IPython's
        return
    if out.isatty():
        out.reconfigure(errors="backslashreplace")
    else:
        out.reconfigure(encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m apigw2",
        description="Manage HTTP and WebSocket APIs with blueprint files.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    plan = commands.add_parser(
        "plan",
        help="show the changes that a file requires; the exit status is 2 if there are any",
        description="Show the changes that a file requires. The exit status is 2 if there are any.",
    )
    _add_plan_options(plan)
    plan.set_defaults(run=_plan)

    apply = commands.add_parser(
        "apply", help="change an API to match a file", description="Change an API to match a file."
    )
    _add_plan_options(apply)
    apply.set_defaults(run=_apply)

    export = commands.add_parser(
        "export", help="print an API as a blueprint", description="Print an API as a blueprint."
    )
    export.add_argument("api", metavar="API", help="the API's id, or its name")
    export.add_argument(
        "--output", metavar="FILE", help="write to this file (.yaml, .yml or .json)"
    )
    export.add_argument("--json", action="store_true", help="print JSON instead of YAML")
    _add_connection_options(export)
    export.set_defaults(run=_export)

    diff = commands.add_parser(
        "diff",
        help="compare two files; exit status 2 if they differ",
        description="Compare two files. No request is made. The exit status is 2 if they differ.",
    )
    diff.add_argument("a", metavar="A", help="the current state")
    diff.add_argument("b", metavar="B", help="the desired state")
    _add_file_options(diff)
    diff.set_defaults(run=_diff)

    schema = commands.add_parser(
        "schema",
        help="print the JSON schema of blueprint files",
        description="Print the JSON schema of blueprint files, for editors and validators.",
    )
    schema.set_defaults(run=_schema)
    return parser


def _add_file_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--var",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        type=_variable,
        help="the value of ${NAME} in the files; repeatable",
    )
    parser.add_argument("--json", action="store_true", help="print the plan as JSON")
    parser.add_argument(
        "--reveal", action="store_true", help="include values that may be secret in the JSON"
    )


def _add_connection_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--region", metavar="REGION", help="the region (default: that of the profile)"
    )
    parser.add_argument("--profile", metavar="NAME", help="the profile in the AWS configuration")
    parser.add_argument(
        "--endpoint-url", metavar="URL", help="the endpoint, such as the URL of a local gateway"
    )


def _add_plan_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="the blueprint: .yaml, .yml or .json")
    parser.add_argument(
        "--api", metavar="ID", help="the API (default: the one with the file's name)"
    )
    parser.add_argument(
        "--prune", action="store_true", help="delete what the file does not contain"
    )
    parser.add_argument(
        "--max-deletes",
        metavar="N",
        type=int,
        help="the maximum number of objects that pruning may delete",
    )
    parser.add_argument(
        "--rewrite",
        action="append",
        metavar="OLD=NEW",
        type=_variable,
        help="replace an ARN or an id; repeatable; if given, every ARN needs one",
    )
    _add_file_options(parser)
    _add_connection_options(parser)


def _variable(text: str) -> tuple[str, str]:
    name, separator, value = text.partition("=")
    if not separator or not name:
        msg = f"expected NAME=VALUE, not {text!r}"
        raise argparse.ArgumentTypeError(msg)
    return name, value


def _gateway(options: argparse.Namespace) -> apigw2.ApiGatewayV2:
    import boto3  # noqa: PLC0415  # `diff` and `--help` need none

    session = boto3.Session(profile_name=options.profile, region_name=options.region)
    return apigw2.ApiGatewayV2(session=session, endpoint_url=options.endpoint_url)


def _planned(options: argparse.Namespace) -> Plan:
    gateway = _gateway(options)
    return gateway.plan(
        apigw2.Blueprint.load(options.file, variables=dict(options.var)),
        api=None if options.api is None else gateway.api(options.api),
        prune=options.prune,
        max_deletes=options.max_deletes,
        rewrite=None if options.rewrite is None else dict(options.rewrite),
    )


def _show(plan: Plan, options: argparse.Namespace) -> None:
    if options.json:
        _print_json(plan.to_dict(reveal=options.reveal))
    else:
        print(plan)  # noqa: T201  # a command's output


def _print_json(value: object) -> None:
    print(json.dumps(value, indent=2, ensure_ascii=False))  # noqa: T201  # a command's output


def _plan(options: argparse.Namespace) -> int:
    plan = _planned(options)
    _show(plan, options)
    return CHANGES if plan else OK


def _apply(options: argparse.Namespace) -> int:
    plan = _planned(options)
    _show(plan, options)
    api = plan.apply()
    if not options.json:
        print(f"done: {api.api_id} {api.api_endpoint or ''}".rstrip())  # noqa: T201  # as above
    return OK


def _export(options: argparse.Namespace) -> int:
    blueprint = _find(_gateway(options), options.api).blueprint()
    if options.output:
        blueprint.dump(options.output)
    else:
        print(files.text_of(blueprint, yaml=not options.json), end="")  # noqa: T201  # as above
    return OK


def _find(gateway: apigw2.ApiGatewayV2, name: str) -> apigw2.Api:
    """Return the API with an id or a name."""
    apis = gateway.get_apis().all()
    found = [api for api in apis if api.api_id == name] or [api for api in apis if api.name == name]
    if len(found) != 1:
        ids = ", ".join(api.api_id for api in found)
        what = f"{len(found)} APIs have the name {name!r}: {ids}" if found else f"no API {name!r}"
        raise apigw2.PlanError(what)
    return found[0]


def _diff(options: argparse.Namespace) -> int:
    variables = dict(options.var)
    a, b = (apigw2.Blueprint.load(path, variables=variables) for path in (options.a, options.b))
    plan = apigw2.diff(a, b)
    _show(plan, options)
    return CHANGES if plan else OK


def _schema(_: Any) -> int:  # it has no options
    _print_json(apigw2.Blueprint.json_schema())
    return OK
