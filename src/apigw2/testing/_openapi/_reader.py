"""Converting an OpenAPI document to the definition of an HTTP API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from apigw2.testing._errors import ApiError, bad_request
from apigw2.testing._json import as_list, as_object, is_list, is_object
from apigw2.testing._openapi._definition import (
    AUTHORIZER_FIELDS,
    EXTENSION,
    INTEGRATION_FIELDS,
    Definition,
    RouteDefinition,
)
from apigw2.testing._openapi._writer import GENERATED_VERSION
from apigw2.testing._protocol import load_protocol
from apigw2.testing._rules import authorizers, cors, integrations, route_keys, tags

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apigw2.testing._openapi._parser import Document
    from apigw2.testing._protocol import Record

_METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch")
_ANY_METHOD: Final = f"{EXTENSION}any-method"
_SHARED: Final = f"{EXTENSION}integrations"
_LONGEST_OPERATION_NAME: Final = 64
_LONGEST_CHAIN: Final = 32  # references that refer to references
_MOST_REQUIREMENTS: Final = 100

# Features of REST APIs that HTTP APIs do not support, and mere descriptions.
_IGNORED_IN_OPERATION: Final = ("requestBody", "callbacks", f"{EXTENSION}request-validator")
_IGNORED_AT_ROOT: Final = tuple(
    EXTENSION + name
    for name in (
        "api-key-source",
        "binary-media-types",
        "documentation",
        "gateway-responses",
        "minimum-compression-size",
        "policy",
        "request-validators",
    )
)
_IGNORED_IN_COMPONENTS: Final = (
    "callbacks",
    "examples",
    "headers",
    "links",
    "requestBodies",
    "schemas",
)
_IGNORED_IN_INTEGRATION: Final = (
    "cacheKeyParameters",
    "cacheNamespace",
    "contentHandling",
    "passthroughBehavior",
    "requestTemplates",
    "responses",
)


def read(document: Document, *, base_path: str, most: int) -> Definition:
    """Read a parsed document.

    Args:
        document: The document.
        base_path: How to use the path of its server: `ignore`, `prepend` or `split`.
        most: Maximum number of routes, integrations and authorizers to read, valid or invalid.
            References can expand a short document to millions.

    Raises:
        ApiError: An error that stops an import.
    """
    return _OpenApiReader(document, base_path, most).read()


class _OpenApiReader:
    """Reads one document."""

    def __init__(self, document: Document, base_path: str, most: int) -> None:
        self._left = most
        self._document = document
        self._prefix = _prefix(document, base_path)
        self._result = Definition()
        self._components = self._object(document.get("components"))
        self._schemes = self._object(self._components.get("securitySchemes"))
        self._shared: dict[str, int | None] = {}
        self._refused_authorizers: dict[str, str] = {}
        self._keys: dict[str, str] = {}  # by their shape

    def read(self) -> Definition:
        self._read_api()
        self._check_references()
        self._note(self._document, _IGNORED_AT_ROOT, "the document")
        self._note(self._components, _IGNORED_IN_COMPONENTS, "components")
        for name, scheme in self._schemes.items():
            self._read_authorizer(name, self._object(scheme))
        shared = self._object(self._components.get(_SHARED))
        for name, given in shared.items():
            self._shared[name] = self._add_integration(given, f"the integration {name}")
        for path, item in self._object(self._document["paths"]).items():
            for method, operation in self._operations(path, self._object(item)):
                self._read_route(path, method, self._object(operation))
        return self._result

    def _warn(self, message: str) -> None:
        self._result.warnings.append(message)

    def _count(self) -> None:
        """Count a route, an integration or an authorizer, before it is read."""
        self._left -= 1
        if self._left < 0:
            raise bad_request("Invalid OpenAPI input: too many routes, integrations or authorizers")

    def _note(self, given: Document, keys: tuple[str, ...], where: str) -> None:
        self._result.infos.extend(f"Ignoring {key} in {where}" for key in keys if key in given)

    def _object(self, value: object) -> Document:
        """An object of the document, with its reference resolved; empty if there is none."""
        found, seen = as_object(value), set[str]()
        while "$ref" in found:
            reference = str(found["$ref"])
            found = as_object(self._resolve(reference))
            if reference in seen or len(seen) == _LONGEST_CHAIN:
                self._warn(f"Unable to resolve {reference}: it refers to too many others")
                return {}
            seen.add(reference)
        return found

    def _resolve(self, reference: str) -> object:
        """The target of a reference within the document, or `None`."""
        found: object = self._document
        for part in reference.removeprefix("#/").split("/"):
            found = as_object(found).get(part.replace("~1", "/").replace("~0", "~"))
        return found

    def _check_references(self) -> None:
        """Warn about each reference without a target.

        The service does so even for targets that an import does not use (terraform-provider-aws,
        TestAccAPIGatewayV2API_OpenAPI_failOnWarnings).
        """
        references: dict[str, None] = {}
        waiting: list[object] = [self._document]
        while waiting:
            value = waiting.pop()
            if is_list(value):
                waiting.extend(value)
            elif is_object(value):
                waiting.extend(value.values())
                if isinstance(value.get("$ref"), str):
                    references[value["$ref"]] = None
        for reference in references:
            if self._resolve(reference) is None:
                self._warn(f"Parse issue: attribute {reference} is missing")

    def _read_api(self) -> None:
        document, info = self._document, self._document["info"]
        api: Record = {"Name": str(info["title"])}
        version = str(info.get("version") or "")
        # An export needs a version, so one is generated if the API has none.
        if version and not GENERATED_VERSION.fullmatch(version):
            api["Version"] = version
        if info.get("description"):
            api["Description"] = str(info["description"])
        api["Tags"] = {
            str(tag["name"]): str(tag.get(f"{EXTENSION}tag-value", ""))
            for tag in _objects(document.get("tags"))
            if "name" in tag
        }
        if isinstance(document.get(f"{EXTENSION}cors"), dict):
            api["CorsConfiguration"] = document[f"{EXTENSION}cors"]
        endpoint = _endpoint(document)
        api["DisableExecuteApiEndpoint"] = bool(endpoint.get("disableExecuteApiEndpoint", False))
        api["IpAddressType"] = endpoint.get("ipAddressType", "ipv4")
        self._result.api = _checked("CreateApi", api)
        if "CorsConfiguration" in self._result.api:
            self._result.api["CorsConfiguration"] = cors.stored(
                self._result.api["CorsConfiguration"]
            )
        tags.check(self._result.api["Tags"])

    def _read_authorizer(self, name: str, scheme: Document) -> None:
        given = self._object(scheme.get(f"{EXTENSION}authorizer"))
        if not given:
            return
        self._count()
        record: Record = {"Name": name, "AuthorizerType": str(given.get("type", "")).upper()}
        for key, member in AUTHORIZER_FIELDS:
            if given.get(key) is not None:
                record[member] = given[key]
        if "AuthorizerPayloadFormatVersion" in record:
            record["AuthorizerPayloadFormatVersion"] = _version(
                record["AuthorizerPayloadFormatVersion"]
            )
        ttl = record.get("AuthorizerResultTtlInSeconds")
        if isinstance(ttl, str) and ttl.isdecimal():  # a string, in the developer guide
            record["AuthorizerResultTtlInSeconds"] = int(ttl)
        source = given.get("identitySource") or ""
        record["IdentitySource"] = (
            [part.strip() for part in source.split(",") if part]
            if isinstance(source, str)
            else source
        )
        jwt = given.get("jwtConfiguration")
        if jwt is not None:
            record["JwtConfiguration"] = jwt
        try:
            record = _checked("CreateAuthorizer", record)
            wrong = authorizers.problem(record, "HTTP")
        except ApiError as error:
            wrong = error.message
        if wrong:
            # The message is that in aws/aws-sam-cli#2410, also in `_read_route`.
            self._warn(f"Unable to create Authorizer '{name}': {wrong}. Ignoring.")
            self._refused_authorizers[name] = (
                "JWT" if record["AuthorizerType"] == "JWT" else "CUSTOM"
            )
        else:
            self._result.authorizers[name] = record

    def _add_integration(self, value: object, where: str) -> int | None:
        """Add an integration and return its index, or `None` if it is omitted."""
        self._count()
        given = self._object(value)
        self._note(given, _IGNORED_IN_INTEGRATION, where)
        record: Record = {
            member: given[key] for key, member in INTEGRATION_FIELDS if given.get(key) is not None
        }
        record["IntegrationType"] = str(record.get("IntegrationType", "")).upper()
        if "PayloadFormatVersion" in record:
            record["PayloadFormatVersion"] = _version(record["PayloadFormatVersion"])
        server_name = self._object(given.get("tlsConfig")).get("serverNameToVerify")
        if server_name is not None:
            record["TlsConfig"] = {"serverNameToVerify": server_name}
        timeout = record.get("TimeoutInMillis", 0)
        if not isinstance(timeout, int):
            self._warn(f"Ignoring the timeoutInMillis of {where}: {timeout}")
            del record["TimeoutInMillis"]
        try:
            record = _checked("CreateIntegration", record)
            integrations.complete(record, "HTTP")
            wrong = integrations.problem(record, "HTTP")
        except ApiError as error:
            wrong = error.message
        if wrong:
            self._warn(f"Unable to create {where}: {wrong}")
            return None
        self._result.integrations.append(record)
        return len(self._result.integrations) - 1

    def _operations(self, path: str, item: Document) -> Iterator[tuple[str, object]]:
        for key, operation in item.items():
            if key in _METHODS:
                yield key.upper(), operation
            elif key == _ANY_METHOD:
                yield "ANY", operation
            elif key == "trace":
                self._warn(f"Ignoring the method TRACE of {path}")

    def _read_route(self, path: str, method: str, operation: Document) -> None:
        self._count()
        # With a prefix, the root is the prefix itself: /v1, not /v1/.
        key = f"{method} {self._prefix}{path if path != '/' or not self._prefix else ''}"
        if operation.get("isDefaultRoute"):
            key = "$default"
        wrong = self._key_problem(key)
        if wrong:
            self._warn(f"Unable to create the route {key}: {wrong}")
            return
        requirement = self._requirement(key, operation)
        refused = self._refused_authorizers.get(requirement[0]) if requirement else None
        if refused is not None:
            self._warn(
                f"Unable to put method '{method}' on resource at path '{path}': Invalid authorizer "
                f"definition. Setting the authorization type to {refused} requires a valid "
                "authorizer. Ignoring."
            )
            return
        self._note(operation, _IGNORED_IN_OPERATION, key)
        record: Record = {"RouteKey": key, "ApiKeyRequired": False, "AuthorizationType": "NONE"}
        name = str(operation.get("operationId") or "")
        if 0 < len(name) <= _LONGEST_OPERATION_NAME:
            record["OperationName"] = name
        elif name:
            self._warn(f"Ignoring the operationId of {key}: it is too long")
        authorizer = self._authorize(key, record, requirement)
        integration = self._integration_of(key, operation)
        self._result.routes.append(
            RouteDefinition(record=record, integration=integration, authorizer=authorizer)
        )

    def _key_problem(self, key: str) -> str | None:
        try:
            route_keys.check(key)
        except ApiError as error:
            return error.message
        shape = route_keys.shape(key)
        other = self._keys.get(shape)
        if other is None:
            self._keys[shape] = key
            return None
        if other == key:
            return "it already exists"
        return f"it has a conflicting variable on the same hierarchical level as {other}"

    def _integration_of(self, key: str, operation: Document) -> int | None:
        given = operation.get(f"{EXTENSION}integration")
        if given is None:
            return None
        reference = str(as_object(given).get("$ref"))
        name = reference.removeprefix(f"#/components/{_SHARED}/")
        if name in self._shared:
            return self._shared[name]
        return self._add_integration(given, f"the integration of {key}")

    def _requirement(self, key: str, operation: Document) -> tuple[str, object] | None:
        """The security requirement of an operation: the name of the scheme, and the scopes."""
        given = as_list(operation.get("security", self._document.get("security")))
        requirements = [
            requirement
            for each in _objects(given[:_MOST_REQUIREMENTS])
            for requirement in each.items()
        ]
        if len(requirements) > 1 or len(given) > _MOST_REQUIREMENTS:
            raise bad_request(
                f"Invalid OpenAPI input: {key} has more than one security requirement"
            )
        return requirements[0] if requirements else None

    def _authorize(
        self, key: str, record: Record, requirement: tuple[str, object] | None
    ) -> str | None:
        """Set the authorization of a route, and return the name of its authorizer."""
        if requirement is None:
            return None
        name, scopes = requirement
        authorizer = self._result.authorizers.get(name)
        if authorizer is not None:
            kind = authorizer["AuthorizerType"]
            record["AuthorizationType"] = "JWT" if kind == "JWT" else "CUSTOM"
            if scopes:
                record |= _checked("CreateRoute", {"AuthorizationScopes": scopes})
            return name
        if self._object(self._schemes.get(name)).get(f"{EXTENSION}authtype") == "awsSigv4":
            record["AuthorizationType"] = "AWS_IAM"
        else:
            self._warn(f"Ignoring the security requirement {name} of {key}: it has no authorizer")
        return None


def _checked(operation: str, record: Record) -> Record:
    """Validate members against the service model, as in a request.

    Raises:
        ApiError: A member breaks a constraint.
    """
    wire = {name[0].lower() + name[1:]: value for name, value in record.items()}
    return load_protocol().operations[operation].read_body(wire)


def _objects(values: object) -> list[Document]:
    """The objects of a list; other values are ignored."""
    return [found for found in map(as_object, as_list(values)) if found]


def _version(value: object) -> str:
    """A payload format version; unquoted `1.0` and `2.0` are numbers in YAML and JSON."""
    return f"{float(value)}" if isinstance(value, (int, float)) else str(value)


def _endpoint(document: Document) -> Document:
    key = f"{EXTENSION}endpoint-configuration"
    for place in (document, *_objects(document.get("servers"))):
        if key in place:
            return as_object(place[key])
    return {}


def _url(server: Document) -> str:
    return str(server.get("url", ""))


def _prefix(document: Document, base_path: str) -> str:
    """The prefix of every path.

    The base path is the default of the server variable `basePath`, or the path of the server's URL
    (developer guide, "Set the OpenAPI basePath property"). `split` drops its first segment.
    """
    if base_path == "ignore":
        return ""
    servers = _objects(document.get("servers"))
    server = servers[0] if servers else {}
    variable = as_object(as_object(server.get("variables")).get("basePath"))
    path = str(variable["default"] if "default" in variable else urlsplit(_url(server)).path)
    segments = [segment for segment in path.split("/") if segment]
    if base_path == "split":
        segments = segments[1:]
    return "".join(f"/{segment}" for segment in segments)
