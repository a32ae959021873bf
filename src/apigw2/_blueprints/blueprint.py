"""A whole API as a value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import attrs

import apigw2
from apigw2._blueprints import normalize
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
from apigw2._objects.values import ABSENT_MAP, ABSENT_TUPLE

__all__ = ["Blueprint"]

T = TypeVar("T", bound=Spec)


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
    """A whole API as a value: what it should be, or what it is.

    Two blueprints are equal if they mean the same: the order of routes, the case of header names,
    values that are the service's defaults anyway, and the two forms of a Lambda function's ARN make
    no difference.

    Attributes:
        name: The API's name.
        protocol_type: `HTTP` or `WEBSOCKET`.
        api_key_selection_expression: Where API keys come from. WebSocket APIs only.
        cors_configuration: What browsers are told. HTTP APIs only.
        description: A text of up to 1,024 characters.
        disable_execute_api_endpoint: Whether it answers on custom domain names only.
        disable_schema_validation: Whether models are not checked. The service accepts it and does
            not keep it. WebSocket APIs only.
        ip_address_type: `ipv4` (the service's default) or `dualstack`.
        route_selection_expression: What a request's route is chosen by. WebSocket APIs need it.
        tags: Tags, up to 50. Those of AWS, `aws:...`, are left out.
        version: A version identifier, 1 to 64 characters.
        routes: Its routes, with the integrations and authorizers that they use.
        authorizers: Authorizers that no route uses; those that routes use may be repeated.
        integrations: Integrations that no route uses; those that routes use may be repeated.
        models: Its models. WebSocket APIs only.
        stages: Its stages.
        extra: Fields that this version of the library does not know. They are never planned.

    Raises:
        ValueError: Two routes have one key, or two other things one name.

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
        """Reject what names one thing twice."""
        for noun, specs in (
            ("routes", self.routes),
            ("models", self.models),
            ("stages", self.stages),
        ):
            keys = [key_of(spec) for spec in specs]
            if twice := sorted({key for key in keys if keys.count(key) > 1}):
                msg = f"Blueprint {self.name!r}: two {noun} have the key {', '.join(twice)}"
                raise ValueError(msg)
        known: dict[str, object] = {}
        for spec in self._named_authorizers():
            form = normalize.normal(spec, self.protocol_type)
            if known.setdefault(spec.name, form) != form:
                msg = f"Blueprint {self.name!r}: two authorizers have the name {spec.name!r}"
                raise ValueError(msg)

    def _named_authorizers(self) -> tuple[AuthorizerSpec, ...]:
        used = (route.authorizer for route in self.routes)
        return (*(spec for spec in used if spec is not None), *self.authorizers)

    def all_authorizers(self) -> tuple[AuthorizerSpec, ...]:
        """The authorizers of the routes and the others, each once."""
        return tuple({spec.name: spec for spec in self._named_authorizers()}.values())

    def all_integrations(self) -> tuple[IntegrationSpec, ...]:
        """The integrations of the routes and the others, each once."""
        used = (route.target for route in self.routes)
        specs = (*(spec for spec in used if spec is not None), *self.integrations)
        return tuple({normalize.normal(spec, self.protocol_type): spec for spec in specs}.values())

    def __eq__(self, other: object) -> bool:
        """Whether both mean the same."""
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
    def load(cls, path: str | Path, *, variables: Mapping[str, str] | None = None) -> Blueprint:
        """Read a blueprint from a file that `dump` or a person wrote.

        Args:
            path: The file; `.yaml` or `.yml` is YAML, everything else JSON.
            variables: Values for `${name}` in the file's texts. What the service itself writes
                so, such as `${request.path}` or `${stageVariables.color}`, has a dot and stays;
                `$${name}` stands for the text `${name}`.

        Raises:
            ValueError: The file is not a blueprint, or a variable has no value; the message says
                where.
            ModuleNotFoundError: YAML needs PyYAML: `pip install 'apigw2[yaml]'`.

        Example:
            >>> apigw2.Blueprint.load("petstore.yaml", variables={"account": "123456789012"})
        """
        from apigw2._blueprints.files import load  # noqa: PLC0415  # many programs never need it

        return load(path, variables or {})

    def dump(self, path: str | Path) -> None:
        """Write the blueprint to a file, with all values: also those that may be secret.

        Args:
            path: The file; `.yaml` or `.yml` is YAML, everything else JSON.

        Raises:
            ModuleNotFoundError: YAML needs PyYAML: `pip install 'apigw2[yaml]'`.

        Example:
            >>> api.blueprint().dump("petstore.yaml")
        """
        from apigw2._blueprints.files import dump  # noqa: PLC0415  # many programs never need it

        dump(self, path)

    def to_dict(self, *, reveal: bool = False) -> dict[str, object]:
        """The content of the file that `dump` writes.

        Args:
            reveal: Whether values that may be secret are shown rather than masked.
        """
        from apigw2._blueprints.files import to_document  # noqa: PLC0415  # as above

        return to_document(self, reveal=reveal)

    @classmethod
    def json_schema(cls) -> dict[str, Any]:
        """The JSON schema of the files, with which editors check and complete them.

        Example:
            >>> Path("blueprint.schema.json").write_text(
            ...     json.dumps(apigw2.Blueprint.json_schema()))
        """
        from apigw2._blueprints.schema import schema  # noqa: PLC0415  # as above

        return schema()
