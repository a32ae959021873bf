"""Conversion of names between Python, boto3 and the wire.

`api_id` is `ApiId` in boto3's dicts and `apiId` in the JSON that the service speaks. The two
conversions are exact inverses for every name of the service model (tests/model checks that), so
no table of exceptions is needed.
"""

import functools


@functools.cache
def boto_name(name: str) -> str:
    """`api_id` as boto3 spells it: `ApiId`."""
    return "".join(part[:1].upper() + part[1:] for part in name.split("_"))


@functools.cache
def wire_name(name: str) -> str:
    """`api_id` as the JSON body spells it: `apiId`."""
    return lower_first(boto_name(name))


def lower_first(name: str) -> str:
    """`ApiId` as the JSON body spells it: `apiId`."""
    return name[:1].lower() + name[1:]


def upper_first(name: str) -> str:
    """`apiId` as boto3 spells it: `ApiId`."""
    return name[:1].upper() + name[1:]
