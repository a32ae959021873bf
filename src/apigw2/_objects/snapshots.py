"""The base class of snapshots."""

from __future__ import annotations

from apigw2._objects.type_hints import ConversionError
from apigw2._objects.unstructure import unstructure_hook


class Snapshot:
    """A resource as the service last returned it. It never changes; `get()` fetches a new one.

    Example:
        >>> def save(snapshot: apigw2.Snapshot, path: Path) -> None:
        ...     path.write_text(json.dumps(snapshot.to_dict(), default=str))
    """

    __slots__ = ()

    def to_dict(self) -> dict[str, object]:
        """Return boto3's response dict: its names, with the fields that the service sent.

        Timestamps are datetimes, nested types are dicts, and fields that this version of the
        library does not know (`extra`) are in their place.

        Raises:
            TypeError: A field of an object that was made by hand has the wrong type.
        """
        try:
            response: dict[str, object] = unstructure_hook(type(self))(self)
        except ConversionError as error:
            located = error.below(type(self).__name__)
            raise TypeError(str(located)) from None
        return response

    def _repr_html_(self) -> str:
        from apigw2._objects.display import table_of  # noqa: PLC0415  # programs never need it

        return table_of(self)
