"""Host names of the data plane."""

from __future__ import annotations

import functools
from typing import Any, Final

from botocore.loaders import Loader

_COMMERCIAL: Final = "amazonaws.com"


@functools.cache
def dns_suffix(partition: str) -> str:
    """Return the DNS suffix of a partition, such as `amazonaws.com.cn`, from botocore's data."""
    data: Any = Loader().load_data("partitions")
    suffixes = {part["id"]: str(part["outputs"]["dnsSuffix"]) for part in data["partitions"]}
    return suffixes.get(partition, _COMMERCIAL)


def execute_api_host(api_id: str, region_name: str, suffix: str) -> str:
    """Return the host name that an API has on AWS."""
    return f"{api_id}.execute-api.{region_name}.{suffix}"
