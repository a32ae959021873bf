"""What snapshots share."""

from __future__ import annotations

from apigw2._core.writing import writer


class Snapshot:
    """A resource as the service last described it. It never changes; `get()` takes a new one."""

    __slots__ = ()

    def to_dict(self) -> dict[str, object]:
        """boto3's response dict: its names, with the fields that the service sent.

        Timestamps are datetimes, nested types are dicts, and what this version of the library
        does not know (`extra`) is in its place again.
        """
        sent: dict[str, object] = writer(type(self))(self)
        return sent

    def _repr_html_(self) -> str:
        from apigw2._core.display import table_of  # noqa: PLC0415  # programs never need it

        return table_of(self)
