"""Models: JSON schemas for the payloads of a WebSocket API."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

import apigw2
from apigw2._calls.operation import operation
from apigw2._objects.references import Reference, refer
from apigw2._objects.snapshots import Snapshot
from apigw2._objects.values import ABSENT_MAP

__all__ = ["Model", "ModelRef"]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ModelRef(Reference):
    """A reference to a model, by its id. WebSocket APIs only.

    Attributes:
        api_id: Id of the API.
        model_id: Id of the model.

    Example:
        >>> gw.api("a1b2c3").model("p7q8r9").update(description="An order, version 2")
    """

    api_id: str
    model_id: str

    @property
    def api(self) -> apigw2.ApiRef:
        """A reference to the API; makes no request."""
        return refer(self, apigw2.ApiRef)

    @operation("GetModel")
    def get(self) -> apigw2.Model:
        """Fetch the model.

        Raises:
            NotFoundError: The model or the API does not exist.
        """
        ...

    @operation("UpdateModel")
    def update(
        self,
        *,
        content_type: str | None = None,
        description: str | None = None,
        name: str | None = None,
        schema: str | None = None,
    ) -> apigw2.Model:
        """Change the fields that are given; the others keep their values.

        See `ApiRef.create_model` for the parameters. Routes refer to a model by its name.

        Returns:
            A snapshot with the new state.

        Raises:
            BadRequestError: The schema or the name is invalid.
            ConflictError: Another model has this name, or another change is in progress.
            NotFoundError: The model or the API does not exist.
        """
        ...

    @operation("DeleteModel")
    def delete(self, *, missing_ok: bool = False) -> bool:
        """Delete the model.

        Args:
            missing_ok: Whether to return `False` if the model does not exist.

        Returns:
            Whether it existed; `False` only with `missing_ok`.

        Raises:
            NotFoundError: The model or the API does not exist, and `missing_ok` is false.
        """
        ...

    @operation("GetModelTemplate", result="Value")
    def get_model_template(self) -> str:
        """Fetch a sample mapping template for payloads of the model.

        Returns:
            The template in the Velocity Template Language, as used by `request_templates` of an
            integration.

        Raises:
            NotFoundError: The model or the API does not exist.
        """
        ...


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Model(ModelRef, Snapshot):
    """A model as the service last returned it.

    Attributes:
        api_id: Id of the API.
        model_id: Id of the model.
        name: Name, by which routes refer to the model.
        content_type: Content type of the payload, such as `application/json`.
        description: Description.
        schema: JSON schema (draft 4) as a string.
        extra: Fields that this version of the library does not know.

    Example:
        >>> {model.name: json.loads(model.schema or "{}") for model in api.get_models()}
        {'Order': {'type': 'object'}}
    """

    name: str
    content_type: str | None = None
    description: str | None = None
    schema: str | None = None
    extra: Mapping[str, object] = ABSENT_MAP
