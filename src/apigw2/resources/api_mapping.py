"""API mappings: map paths of a custom domain name to stages."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

import apigw2
from apigw2._calls.operation import operation
from apigw2._objects.references import Reference, refer
from apigw2._objects.snapshots import Snapshot
from apigw2._objects.values import ABSENT_MAP
from apigw2._workflows.links import url_of_mapping

__all__ = ["ApiMapping", "ApiMappingRef"]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ApiMappingRef(Reference):
    """A reference to an API mapping, by its id.

    Attributes:
        domain_name: The custom domain name.
        api_mapping_id: Id of the mapping.

    Example:
        >>> mapping = gw.domain_name("api.example.com").api_mapping("b1c2d3")
        >>> mapping.update(api_id="a1b2c3", stage="canary")
    """

    domain_name: str
    api_mapping_id: str

    @property
    def domain(self) -> apigw2.DomainNameRef:
        """A reference to the domain name; makes no request."""
        return refer(self, apigw2.DomainNameRef)

    @operation("GetApiMapping")
    def get(self) -> apigw2.ApiMapping:
        """Fetch the mapping.

        Raises:
            NotFoundError: The mapping or the domain name does not exist.
        """
        ...

    @operation("UpdateApiMapping")
    def update(
        self,
        *,
        api_id: apigw2.ApiRef | str,
        api_mapping_key: str | None = None,
        stage: apigw2.StageRef | str | None = None,
    ) -> apigw2.ApiMapping:
        """Change the fields that are given; the others keep their values.

        See `DomainNameRef.create_api_mapping` for the parameters. The service requires `api_id`
        even if it does not change: `mapping.update(api_id=mapping.api_id, ...)`.

        Returns:
            A snapshot with the new state.

        Raises:
            BadRequestError: The key is invalid, or the API cannot use this domain name.
            ConflictError: Another mapping has this key, or another change is in progress.
            NotFoundError: The mapping, the domain name, the API or the stage does not exist.
        """
        ...

    @operation("DeleteApiMapping")
    def delete(self, *, missing_ok: bool = False) -> bool:
        """Delete the mapping, but not the API.

        Args:
            missing_ok: Whether to return `False` if the mapping does not exist.

        Returns:
            Whether it existed; `False` only with `missing_ok`.

        Raises:
            BadRequestError: The mapping cannot be deleted.
            NotFoundError: The mapping or the domain name does not exist, and `missing_ok` is false.
        """
        ...


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ApiMapping(ApiMappingRef, Snapshot):
    """An API mapping as the service last returned it.

    Attributes:
        domain_name: The custom domain name.
        api_mapping_id: Id of the mapping.
        api_id: Id of the API.
        stage: Name of the stage.
        api_mapping_key: Path, without a slash at the start or end; `None` or empty for the root.
        extra: Fields that this version of the library does not know.

    Example:
        >>> mappings = gw.domain_name("api.example.com").get_api_mappings()
        >>> {mapping.api_mapping_key: mapping.stage for mapping in mappings}
        {'orders/v1': 'prod'}
    """

    api_id: str
    stage: str
    api_mapping_key: str | None = None
    extra: Mapping[str, object] = ABSENT_MAP

    @property
    def api(self) -> apigw2.ApiRef:
        """A reference to the API; makes no request."""
        return refer(self, apigw2.ApiRef, api_id=self.api_id)

    @property
    def stage_ref(self) -> apigw2.StageRef:
        """A reference to the stage; makes no request. `stage` is its name."""
        return self.api.stage(self.stage)

    @property
    def url(self) -> str:
        """The URL of the mapped stage; makes no request.

        The scheme is `wss` if this gateway knows that the API is a WebSocket API, otherwise
        `https`.
        """
        return url_of_mapping(self)
