"""Search for secrets in errors and logs."""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING, Final

import apigw2

if TYPE_CHECKING:
    import logging
    from collections.abc import Iterable, Iterator, Sequence

    from tests.support.server import Request

# Made up, and easy to find.
KEY_ID: Final = "AKIAFAULTS"
SECRET_KEY: Final = "SecretKeyOfTheFaultTests"  # noqa: S105  # made up
TOKEN: Final = "SessionTokenOfTheFaultTests"  # noqa: S105  # made up


def chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error and its causes."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def texts(error: BaseException | None, records: Iterable[logging.LogRecord]) -> Iterator[str]:
    """All texts of an error and of log records that a user or a crash report can contain."""
    for each in chain(error):
        yield from (str(each), repr(each))
        # Connection errors of botocore have the request with its headers as an attribute.
        if isinstance(each, apigw2.Apigw2Error):
            yield repr(vars(each))
        yield from getattr(each, "__notes__", ())
    if error is not None:
        yield "".join(traceback.format_exception(type(error), error, error.__traceback__))
    for record in records:
        yield from (record.getMessage(), repr(record.args))


def found(requests: Sequence[Request], shown: Iterable[str]) -> list[str]:
    """The texts that contain a secret of the requests."""
    signatures = [request.headers["authorization"] for request in requests]
    signatures += [header.rpartition("Signature=")[2] for header in signatures]
    return [text for text in shown if any(s in text for s in (SECRET_KEY, TOKEN, *signatures))]
