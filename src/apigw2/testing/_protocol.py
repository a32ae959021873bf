"""The wire protocol (rest-json) of the service, derived from botocore's service model.

No operation is named here. Each operation of the model becomes a `ModelOperation`, which has its
path, checks and reads the parameters of a request, and writes a response. `Protocol.match` finds
the operation of a request. Shapes are compiled to functions once, because a test suite makes
thousands of requests.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from datetime import datetime, timezone
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Final, cast
from urllib.parse import unquote

import attrs
from botocore.loaders import Loader
from botocore.model import ListShape, MapShape, ServiceModel, StringShape, StructureShape
from botocore.utils import parse_timestamp

from apigw2.testing._errors import ApiError, bad_request, violation
from apigw2.testing._http import Request, Response, json_response
from apigw2.testing._json import is_object, parse

if TYPE_CHECKING:
    from botocore.model import OperationModel, Shape

SERVICE: Final = "apigatewayv2"

Record = dict[str, Any]
"""A structure in boto3's form: members under their names in the service model."""

Reader = Callable[[Any, str], Any]
"""Converts a JSON value to a parameter; the second argument is its path, for errors."""

Writer = Callable[[Any], Any]
"""Converts a member of a response to a JSON value."""


_BOUNDS_IN_NAME: Final = re.compile(r"Between(Minus)?(\d+)And(\d+)(K?)")
"""botocore has no bounds for most strings. AWS encodes them in the names of shapes, such
as `StringWithLengthBetween1And64` and `IntegerWithLengthBetweenMinus1And86400`."""


def _bounds(shape: Shape) -> tuple[float, float]:
    """The narrowest bounds of a number, or of the length of a string, in the model."""
    metadata = cast("Mapping[str, Any]", shape.metadata)
    lower, upper = metadata.get("min", -math.inf), metadata.get("max", math.inf)
    found = _BOUNDS_IN_NAME.search(shape.name)
    if found is None:
        return lower, upper
    minus, low, high, kilo = found.groups()
    return (
        max(lower, -int(low) if minus else int(low)),
        min(upper, int(high) * (1024 if kilo else 1)),
    )


# Bounds of the model that the service does not keep, by shape and member; the values of a map are
# its member `value`, the items of a list its member `member`.
_CORRECTED_BOUNDS: Final[Mapping[tuple[str, str], tuple[float, float]]] = {
    # Developer guide, "Quotas for HTTP APIs": 3 KB. `_control/stages.py` counts the bytes.
    ("AccessLogSettings", "Format"): (1, 3072),
    # A scope may be a URL; only the model limits it to 64, and no rejection of a long one is known.
    ("AuthorizationScopes", "member"): (1, math.inf),
    # A mock integration with the URI "": aws-cdk, `WebSocketMockIntegration`.
    ("CreateIntegrationRequest", "IntegrationUri"): (0, 2048),
    # `{"remove:header.x": ""}`: aws-cdk, `ParameterMapping.removeHeader`.
    ("IntegrationParameters", "value"): (0, 512),
    # terraform-provider-aws, TestAccAPIGatewayV2API_tags_EmptyTag_OnCreate and its siblings.
    ("Tags", "value"): (0, 1600),
}

# Enumerations that an update clears with "", which is not one of their values. Terraform sends it
# (terraform-provider-aws, internal/service/apigatewayv2/integration.go); no test has seen it work.
_CLEARABLE: Final = frozenset({"ContentHandlingStrategy"})

_INTEGERS: Final[Mapping[str, tuple[float, float]]] = {
    "integer": (-(2**31), 2**31 - 1),
    "long": (-(2**63), 2**63 - 1),
}
"""The ranges of the JVM types to which the service converts numbers."""


def _expect(value: object, kind: type | tuple[type, ...], path: str, name: str) -> None:
    # A JSON boolean is not a number, although Python's bool is an int.
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise violation(path, f"Member must be a {name}")


def _string_reader(
    shape: StringShape, *, merging: bool, bounds: tuple[float, float] | None
) -> Reader:
    lower, upper = bounds or _bounds(shape)
    if merging:
        # In an update, "" means "clear this" for many members, whatever the lower bound says.
        lower = 0
    pattern = cast("Mapping[str, Any]", shape.metadata).get("pattern")
    matches = re.compile(pattern).search if pattern else None
    allowed = frozenset(shape.enum)
    if merging and shape.name in _CLEARABLE:
        allowed |= {""}

    def read(value: Any, path: str) -> str:
        _expect(value, str, path, "string")
        if len(value) < lower:
            raise violation(path, f"Member must have length greater than or equal to {lower}")
        if len(value) > upper:
            raise violation(path, f"Member must have length less than or equal to {upper}")
        if allowed and value not in allowed:
            raise violation(path, f"Member must satisfy enum value set: {sorted(shape.enum)}")
        if matches and not matches(value):
            raise violation(path, f"Member must satisfy regular expression pattern: {pattern}")
        return cast("str", value)

    return read


def _number_reader(shape: Shape) -> Reader:
    whole = shape.type_name in _INTEGERS
    lower, upper = _bounds(shape)
    least, most = _INTEGERS.get(shape.type_name, (-math.inf, math.inf))
    lower, upper = max(lower, least), min(upper, most)

    def read(value: Any, path: str) -> float:
        _expect(value, int if whole else (int, float), path, "whole number" if whole else "number")
        if not math.isfinite(value):
            raise violation(path, "Member must be a finite number")
        if value < lower:
            raise violation(path, f"Member must have value greater than or equal to {lower}")
        if value > upper:
            raise violation(path, f"Member must have value less than or equal to {upper}")
        return cast("float", value)

    return read


def _read_boolean(value: Any, path: str) -> bool:
    _expect(value, bool, path, "boolean")
    return cast("bool", value)


def _read_timestamp(value: Any, path: str) -> datetime:
    _expect(value, (float, int, str), path, "timestamp")
    try:
        return parse_timestamp(value)
    except (OverflowError, RuntimeError, TypeError, ValueError):
        raise violation(path, "Member must be a timestamp") from None


def _list_reader(shape: ListShape, *, merging: bool) -> Reader:
    member = _reader(
        shape.member, merging=merging, bounds=_CORRECTED_BOUNDS.get((shape.name, "member"))
    )

    def read(value: Any, path: str) -> list[Any]:
        _expect(value, list, path, "list")
        return [member(item, f"{path}.{index}.member") for index, item in enumerate(value, 1)]

    return read


def _map_reader(shape: MapShape, *, merging: bool) -> Reader:
    member = _reader(
        shape.value, merging=merging, bounds=_CORRECTED_BOUNDS.get((shape.name, "value"))
    )

    def read(value: Any, path: str) -> Record:
        _expect(value, dict, path, "map")
        return {key: member(item, f"{path}.{key}") for key, item in value.items()}

    return read


def _structure_reader(shape: StructureShape, *, merging: bool) -> Reader:
    members = [
        (
            name,
            _wire_name(name, member),
            _reader(member, merging=merging, bounds=_CORRECTED_BOUNDS.get((shape.name, name))),
        )
        for name, member in shape.members.items()
    ]
    required = {name: wire for name, wire, _ in members if name in shape.required_members}

    def read(value: Any, path: str) -> Record:
        _expect(value, dict, path, "structure")
        record = {
            name: member(value[wire], f"{path}.{wire}")
            for name, wire, member in members
            if value.get(wire) is not None
        }
        for name, wire in required.items():
            if name not in record:
                raise violation(f"{path}.{wire}", "Member must not be null")
        return record

    return read


def _wire_name(name: str, shape: Shape) -> str:
    return cast("str", cast("Mapping[str, Any]", shape.serialization).get("name", name))


def _located(shape: StructureShape, location: str | None) -> list[tuple[str, str, Shape]]:
    """The parameters in one part of a request, with their names there; `None` is the body."""
    return [
        (name, _wire_name(name, member), member)
        for name, member in shape.members.items()
        if cast("Mapping[str, Any]", member.serialization).get("location") == location
    ]


def _reader(shape: Shape, *, merging: bool, bounds: tuple[float, float] | None = None) -> Reader:
    if isinstance(shape, StructureShape):
        return _structure_reader(shape, merging=merging)
    if isinstance(shape, ListShape):
        return _list_reader(shape, merging=merging)
    if isinstance(shape, MapShape):
        return _map_reader(shape, merging=merging)
    if isinstance(shape, StringShape):
        return _string_reader(shape, merging=merging, bounds=bounds)
    simple: dict[str, Reader] = {"boolean": _read_boolean, "timestamp": _read_timestamp}
    return simple.get(shape.type_name) or _number_reader(shape)


def _from_text(shape: Shape) -> Callable[[str, str], Any]:
    """Convert the text of a query parameter to a JSON value."""

    def read(text: str, path: str) -> Any:
        try:
            return parse(text)
        except ValueError:
            raise violation(path, f"Member must be a {shape.type_name}") from None

    return read


def _write_timestamp(value: datetime) -> str:
    return value.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def _writer(shape: Shape) -> Writer | None:
    """Compile a shape's writer; `None` if the value is the same on the wire."""
    if isinstance(shape, StructureShape):
        return partial(_write_structure, _structure_members(shape))
    if isinstance(shape, ListShape):
        item = _writer(shape.member)
        return item and partial(_write_list, item)
    if isinstance(shape, MapShape):
        item = _writer(shape.value)
        return item and partial(_write_map, item)
    return _write_timestamp if shape.type_name == "timestamp" else None


def _structure_members(shape: StructureShape) -> list[tuple[str, str, Writer | None]]:
    return [
        (name, _wire_name(name, member), _writer(member)) for name, member in shape.members.items()
    ]


def _write_structure(members: list[tuple[str, str, Writer | None]], value: Record) -> Record:
    return {
        wire: write(value[name]) if write else value[name]
        for name, wire, write in members
        if name in value
    }


def _write_list(write: Writer, value: list[Any]) -> list[Any]:
    return [write(item) for item in value]


def _write_map(write: Writer, value: Record) -> Record:
    return {key: write(item) for key, item in value.items()}


@attrs.frozen
class Segment:
    """One segment of an operation's path: literal text or a parameter."""

    text: str
    """The literal text, or the name of the parameter in the service model."""
    is_parameter: bool


class ModelOperation:
    """One operation of the service model, compiled.

    Attributes:
        name: Name, such as `CreateRoute`.
        method: The HTTP method.
        segments: The path.
        body_members: The parameters in the body.
        output_members: The members of the response; empty if there are none.
        required_output: The members that are required by the model.
    """

    def __init__(self, model: OperationModel) -> None:
        self.name = model.name
        self.method = cast("str", model.http["method"])
        self._status = cast("int", model.http.get("responseCode", 200))
        inputs = cast("StructureShape", model.input_shape)
        in_path = {wire: (name, shape) for name, wire, shape in _located(inputs, "uri")}
        self.segments = tuple(
            Segment(in_path[text[1:-1]][0], is_parameter=True)
            if text.startswith("{")
            else Segment(text, is_parameter=False)
            for text in cast("str", model.http["requestUri"]).strip("/").split("/")
        )
        self._path = {name: _reader(shape, merging=False) for name, shape in in_path.values()}
        self._query = [
            (name, wire, shape, _reader(shape, merging=False))
            for name, wire, shape in _located(inputs, "querystring")
        ]
        # Only PATCH merges; a PUT, like a POST, is complete.
        merging = self.method == "PATCH"
        self._body = [
            (
                name,
                wire,
                _reader(shape, merging=merging, bounds=_CORRECTED_BOUNDS.get((inputs.name, name))),
            )
            for name, wire, shape in _located(inputs, None)
        ]
        self.body_members = frozenset(name for name, *_ in self._body)
        self._required = [
            (name, wire)
            for name, wire, _ in (*_located(inputs, "querystring"), *_located(inputs, None))
            if name in inputs.required_members
        ]
        outputs = model.output_shape
        self.output_members = frozenset(outputs.members if outputs else ())
        self.required_output = frozenset(outputs.required_members if outputs else ())
        self._payload = (
            cast("Mapping[str, str]", outputs.serialization).get("payload") if outputs else None
        )
        self._write = (
            partial(_write_structure, _structure_members(outputs))
            if outputs and not self._payload
            else None
        )

    def read(self, path_parameters: Mapping[str, str], request: Request) -> Record:
        """Read and check the parameters of a request.

        Raises:
            ApiError: A parameter is missing, or breaks a constraint of the service model.
        """
        params: Record = {
            name: self._path[name](value, name) for name, value in path_parameters.items()
        }
        if self._query:
            query = request.query
            for name, wire, shape, read in self._query:
                if wire in query:
                    params[name] = read(_query_value(shape, query[wire], wire), wire)
        if self._body:
            params |= self.read_body(_read_document(request.body))
        for name, wire in self._required:
            if name not in params:
                raise violation(wire, "Member must not be null")
        return params

    def read_body(self, document: Record) -> Record:
        """Read and check the parameters in the body.

        Raises:
            ApiError: A parameter breaks a constraint of the service model.
        """
        # A null is the same as an absent member; members that the model does not know are ignored.
        return {
            name: read(document[wire], wire)
            for name, wire, read in self._body
            if document.get(wire) is not None
        }

    def write(self, record: Record) -> Response:
        """Write a response with the members of the record that are in the output shape."""
        if self._payload:
            return Response(
                status=self._status,
                headers={"content-type": record["ContentType"]},
                body=record[self._payload],
            )
        if self._write is None:
            return Response(status=self._status)
        return json_response(self._status, self._write(record))


def _query_value(shape: Shape, values: list[str], path: str) -> object:
    if isinstance(shape, ListShape):
        return values
    if isinstance(shape, StringShape):
        return values[0]
    return _from_text(shape)(values[0], path)


def _read_document(body: bytes) -> Record:
    try:
        document = parse(body or b"{}")
    except ValueError:
        raise _unreadable("The request body is not JSON that the service can read") from None
    if not is_object(document):
        raise bad_request("Invalid request input")
    return document


def _unreadable(message: str) -> ApiError:
    return ApiError("SerializationException", message, status=400)


class _Branch:
    """A node of the tree of paths."""

    __slots__ = ("fixed", "operations", "parameter")

    def __init__(self) -> None:
        self.fixed: dict[str, _Branch] = {}
        self.parameter: _Branch | None = None
        self.operations: dict[str, ModelOperation] = {}

    def grow(self, segment: Segment) -> _Branch:
        """The child for a segment, created if it does not exist."""
        if not segment.is_parameter:
            return self.fixed.setdefault(segment.text, _Branch())
        if self.parameter is None:
            self.parameter = _Branch()
        return self.parameter


class Protocol:
    """Every operation of the service model, by name and by path.

    Attributes:
        operations: The operations under their names.
        model: The service model itself.
    """

    def __init__(self, model: ServiceModel) -> None:
        self.model = model
        self.operations = {
            name: ModelOperation(model.operation_model(name)) for name in model.operation_names
        }
        self._statuses = {
            shape.name: cast(
                "int", cast("Mapping[str, Any]", shape.metadata)["error"]["httpStatusCode"]
            )
            for shape in model.error_shapes
        }
        self._tree = _Branch()
        for operation in self.operations.values():
            branch = self._tree
            for segment in operation.segments:
                branch = branch.grow(segment)
            branch.operations[operation.method] = operation

    def match(self, request: Request) -> tuple[ModelOperation, dict[str, str]]:
        """Find the operation of a request, and the parameters in its path.

        Raises:
            ApiError: There is no such operation, or the URL is not valid text.
        """
        try:
            f"{request.method} {request.path}?{request.raw_query}".encode()
        except UnicodeEncodeError:
            # A lone surrogate in an identifier could not be written to an error message.
            raise _unreadable("The request's URL is not text") from None
        branch: _Branch | None = self._tree
        values: list[str] = []
        for text in request.path.removeprefix("/").split("/"):
            if branch is None:
                break
            if text in branch.fixed:
                branch = branch.fixed[text]
            else:
                values.append(unquote(text))
                branch = branch.parameter
        operation = branch.operations.get(request.method) if branch else None
        if operation is None:
            raise ApiError(
                "UnknownOperationException",
                f"No operation for {request.method} {request.path}",
                status=404,
            )
        names = (segment.text for segment in operation.segments if segment.is_parameter)
        return operation, dict(zip(names, values, strict=True))

    def write_error(self, error: ApiError) -> Response:
        """Write an error as the service does: name in a header, members in the body."""
        status = error.status or self._statuses[error.code]
        members = {name[0].lower() + name[1:]: value for name, value in error.members.items()}
        return json_response(
            status, {"message": error.message, **members}, {"x-amzn-errortype": error.code}
        )


@cache
def loader() -> Loader:
    """The loader of botocore's data files, shared because it caches them."""
    return Loader()


@cache
def load_protocol() -> Protocol:
    """The protocol of the installed botocore's service model, compiled once for each process."""
    return Protocol(ServiceModel(loader().load_service_model(SERVICE, "service-2"), SERVICE))
