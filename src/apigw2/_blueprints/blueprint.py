"""A whole API as a value."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any, get_args

import attrs

import apigw2
from apigw2._arguments import check_type
from apigw2._blueprints import normalize
from apigw2._blueprints.checks import check_unique, check_value
from apigw2._blueprints.specs import (
    AuthorizerSpec,
    IntegrationSpec,
    ModelSpec,
    RouteSpec,
    Spec,
    StageSpec,
    as_specs,
    key_of,
)
from apigw2._calls.arguments import checked
from apigw2._objects.values import ABSENT_MAP, ABSENT_TUPLE

__all__ = ["Blueprint"]

_PATH = (str, os.PathLike)


# One converter for each field, because attrs infers the type of a parameter from its converter.


def _as_routes(values: Sequence[RouteSpec]) -> tuple[RouteSpec, ...]:
    return as_specs(values)


def _as_authorizers(values: Sequence[AuthorizerSpec]) -> tuple[AuthorizerSpec, ...]:
    return as_specs(values)


def _as_integrations(values: Sequence[IntegrationSpec]) -> tuple[IntegrationSpec, ...]:
    return as_specs(values)


def _as_models(values: Sequence[ModelSpec]) -> tuple[ModelSpec, ...]:
    return as_specs(values)


def _as_stages(values: Sequence[StageSpec]) -> tuple[StageSpec, ...]:
    return as_specs(values)


@attrs.frozen(eq=False, repr=False)
class Blueprint(Spec):
    """A whole API as a value: its desired state, or the state that was read.

    Two blueprints are equal if they describe the same API. The order of routes, the case of header
    names, explicit values that are the service's defaults, and the two forms of a Lambda function's
    ARN make no difference.

    Attributes:
        name: The API's name.
        protocol_type: `HTTP` or `WEBSOCKET`.
        api_key_selection_expression: Source of API keys. WebSocket APIs only.
        cors_configuration: CORS configuration. HTTP APIs only.
        description: A text of up to 1,024 characters.
        disable_execute_api_endpoint: Whether the API is available only on custom domain names.
        disable_schema_validation: Whether models are not checked. The service accepts the field
            and does not store it. WebSocket APIs only.
        ip_address_type: `ipv4` (the service's default) or `dualstack`.
        route_selection_expression: Expression that selects the route of a message. Required for
            WebSocket APIs.
        tags: Tags, up to 50. Tags of AWS (`aws:...`) are ignored.
        version: A version identifier, 1 to 64 characters.
        routes: Routes, with the integrations and authorizers that they use.
        authorizers: Authorizers that no route uses; those of routes may be repeated here.
        integrations: Integrations that no route uses; those of routes may be repeated here.
        models: Models. WebSocket APIs only.
        stages: Stages.
        extra: Fields that this version of the library does not know. They are never planned.

    Raises:
        TypeError: A field has the wrong type.
        ValueError: The protocol is unknown, two routes have the same key, two models or stages the
            same name, or two authorizers with the same name differ.

    Example:
        >>> pets = apigw2.integrations.url("https://pets.example.com")
        >>> petstore = apigw2.Blueprint(
        ...     "petstore",
        ...     protocol_type="HTTP",
        ...     routes=[apigw2.RouteSpec("GET /pets", target=pets)],
        ...     stages=[apigw2.StageSpec("prod")],
        ... )
    """

    name: str
    protocol_type: apigw2.ProtocolType = attrs.field(kw_only=True)
    api_key_selection_expression: str | None = attrs.field(default=None, kw_only=True)
    cors_configuration: apigw2.Cors | None = attrs.field(default=None, kw_only=True)
    description: str | None = attrs.field(default=None, kw_only=True)
    disable_execute_api_endpoint: bool | None = attrs.field(default=None, kw_only=True)
    disable_schema_validation: bool | None = attrs.field(default=None, kw_only=True)
    ip_address_type: apigw2.IpAddressType | None = attrs.field(default=None, kw_only=True)
    route_selection_expression: str | None = attrs.field(default=None, kw_only=True)
    tags: Mapping[str, str] = attrs.field(default=ABSENT_MAP, kw_only=True)
    version: str | None = attrs.field(default=None, kw_only=True)
    routes: tuple[RouteSpec, ...] = attrs.field(
        default=ABSENT_TUPLE, kw_only=True, converter=_as_routes
    )
    authorizers: tuple[AuthorizerSpec, ...] = attrs.field(
        default=ABSENT_TUPLE, kw_only=True, converter=_as_authorizers
    )
    integrations: tuple[IntegrationSpec, ...] = attrs.field(
        default=ABSENT_TUPLE, kw_only=True, converter=_as_integrations
    )
    models: tuple[ModelSpec, ...] = attrs.field(
        default=ABSENT_TUPLE, kw_only=True, converter=_as_models
    )
    stages: tuple[StageSpec, ...] = attrs.field(
        default=ABSENT_TUPLE, kw_only=True, converter=_as_stages
    )

    def __attrs_post_init__(self) -> None:
        """Check the fields, and reject two objects with the same key."""
        super().__attrs_post_init__()
        where = f"Blueprint {self.name!r}"
        if self.protocol_type not in (protocols := get_args(apigw2.ProtocolType)):
            # Unlike other enumerations: defaults and the form of values depend on the protocol.
            names = ", ".join(sorted(protocols))
            msg = f"{where}: protocol_type: {self.protocol_type!r} is not one of {names}"
            raise ValueError(msg)
        check_unique(f"{where}: two routes", map(key_of, self.routes))
        check_unique(f"{where}: two models", map(key_of, self.models))
        check_unique(f"{where}: two stages", map(key_of, self.stages))
        forms: dict[str, object] = {}
        for spec in self._named_authorizers():
            form = normalize.normal(spec, self.protocol_type)
            if forms.setdefault(spec.name, form) != form:
                msg = f"{where}: two different authorizers have the name {spec.name!r}"
                raise ValueError(msg)

    def _named_authorizers(self) -> tuple[AuthorizerSpec, ...]:
        used = (route.authorizer for route in self.routes)
        return (*(spec for spec in used if spec is not None), *self.authorizers)

    def all_authorizers(self) -> tuple[AuthorizerSpec, ...]:
        """The authorizers of routes and the others, each once."""
        return tuple({spec.name: spec for spec in self._named_authorizers()}.values())

    def all_integrations(self) -> tuple[IntegrationSpec, ...]:
        """The integrations of routes and the others, each once."""
        used = (route.target for route in self.routes)
        specs = (*(spec for spec in used if spec is not None), *self.integrations)
        return tuple({normalize.normal(spec, self.protocol_type): spec for spec in specs}.values())

    def __eq__(self, other: object) -> bool:
        """Whether both describe the same API."""
        if not isinstance(other, Blueprint):
            return NotImplemented
        return normalize.normal_blueprint(self) == normalize.normal_blueprint(other)

    def __hash__(self) -> int:
        return hash(normalize.normal_blueprint(self))

    def _repr_html_(self) -> str:
        from apigw2._blueprints.render import blueprint_html  # noqa: PLC0415  # rarely needed

        return blueprint_html(self)

    # --- files

    @classmethod
    def load(
        cls,
        path: str | os.PathLike[str],
        *,
        variables: Mapping[str, str] | None = None,
    ) -> Blueprint:
        """Read a blueprint from a file.

        Args:
            path: The file. `.yaml` and `.yml` files are YAML, all others JSON.
            variables: Values of `${name}` in the file's keys and texts. A number or a flag may be
                a variable, too. Expressions of the service, such as `${request.path}` and
                `${stageVariables.color}`, contain a dot and are not variables. `$${name}` stands
                for the text `${name}`.

        Raises:
            OSError: The file cannot be read.
            TypeError: An argument has the wrong type.
            ValueError: The file is not a blueprint, or a variable has no value. The message
                contains the file and the place in it.
            ModuleNotFoundError: YAML needs PyYAML: `pip install 'apigw2[yaml]'`.

        Example:
            >>> apigw2.Blueprint.load("petstore.yaml", variables={"account": "123456789012"})
        """
        from apigw2._blueprints.files import load  # noqa: PLC0415  # many programs never need it

        check_type("path", path, _PATH, "a path")
        if variables is not None:
            check_value("variables", variables, Mapping[str, str])
        return load(path, variables or {})

    def dump(self, path: str | os.PathLike[str]) -> None:
        """Write the blueprint to a file with all values, including those that may be secret.

        Args:
            path: The file. `.yaml` and `.yml` files are YAML, all others JSON.

        Raises:
            OSError: The file cannot be written.
            TypeError: The argument is not a path.
            ValueError: The path contains characters that no path can contain.
            ModuleNotFoundError: YAML needs PyYAML: `pip install 'apigw2[yaml]'`.

        Example:
            >>> api.blueprint().dump("petstore.yaml")
        """
        from apigw2._blueprints.files import dump  # noqa: PLC0415  # many programs never need it

        check_type("path", path, _PATH, "a path")
        dump(self, path)

    @checked
    def to_dict(self, *, reveal: bool = False) -> dict[str, object]:
        """The content of the file that `dump` writes.

        Args:
            reveal: Whether to include values that may be secret. By default they are masked.

        Raises:
            TypeError: The argument is not a boolean.
        """
        from apigw2._blueprints.files import to_document  # noqa: PLC0415  # as above

        return to_document(self, reveal=reveal)

    @classmethod
    def json_schema(cls) -> dict[str, Any]:
        """The JSON schema of the files, for editors and validators.

        Example:
            >>> Path("blueprint.schema.json").write_text(
            ...     json.dumps(apigw2.Blueprint.json_schema()))
        """
        from apigw2._blueprints.schema import schema  # noqa: PLC0415  # as above

        return schema()
