"""Members of a request that the installed botocore does not know.

A value that the service returned may have fields that are newer than the library and botocore
(`extra`). Sending the value back must work:

    api.update(cors_configuration=api.cors_configuration)
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from botocore.model import ListShape, MapShape, StructureShape

from apigw2._wire.stack import caller_stack_level
from apigw2.errors import UnsentFieldWarning

if TYPE_CHECKING:
    from botocore.client import BaseClient
    from botocore.model import Shape as ModelShape


def without_unknown_members(
    client: BaseClient, operation: str, request: Mapping[str, Any]
) -> Mapping[str, Any]:
    """Return a request without the members that the client's model lacks, and warn about them."""
    shape = client.meta.service_model.operation_model(operation).input_shape
    dropped: list[str] = []
    known: Mapping[str, Any] = _known(request, shape, "", dropped)
    if dropped:
        message = (
            f"{operation}: {', '.join(dropped)} was not sent, because this version of botocore "
            "does not know it; upgrade boto3"
        )
        warnings.warn(message, UnsentFieldWarning, caller_stack_level())
    return known


def _known(value: Any, shape: ModelShape | None, path: str, dropped: list[str]) -> Any:
    if isinstance(shape, StructureShape) and isinstance(value, Mapping):
        known: dict[str, Any] = {}
        for name, item in cast("Mapping[str, Any]", value).items():
            where = f"{path}.{name}" if path else name
            if name in shape.members:
                known[name] = _known(item, shape.members[name], where, dropped)
            else:
                dropped.append(where)
        return known
    if isinstance(shape, ListShape) and isinstance(value, list):
        items: list[Any] = value  # pyright: ignore[reportUnknownVariableType]  # any JSON
        return [_known(item, shape.member, f"{path}[{i}]", dropped) for i, item in enumerate(items)]
    if isinstance(shape, MapShape) and isinstance(value, Mapping):
        return {
            key: _known(item, shape.value, f"{path}[{key!r}]", dropped)
            for key, item in cast("Mapping[str, Any]", value).items()
        }
    return value
