"""Whether something secret gets out."""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING, Final

import apigw2

if TYPE_CHECKING:
    import logging
    from collections.abc import Iterable, Iterator, Sequence

    from tests.support.server import Request

# Made up, and easy to find again.
KEY_ID: Final = "AKIAFAULTS"
SECRET_KEY: Final = "SecretKeyOfTheFaultTests"  # noqa: S105  # made up
TOKEN: Final = "SessionTokenOfTheFaultTests"  # noqa: S105  # made up


def chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error and all that led to it."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def texts(error: BaseException | None, records: Iterable[logging.LogRecord]) -> Iterator[str]:
    """All that a user, a log or a report of a crash gets to see."""
    for each in chain(error):
        yield from (str(each), repr(each))
        # botocore's errors of the connection have the request as an attribute, with its headers.
        if isinstance(each, apigw2.Apigw2Error):
            yield repr(vars(each))
        yield from getattr(each, "__notes__", ())
    if error is not None:
        yield "".join(traceback.format_exception(type(error), error, error.__traceback__))
    for record in records:
        yield from (record.getMessage(), repr(record.args))


def found(requests: Sequence[Request], said: Iterable[str]) -> list[str]:
    """What was said that has a secret of the requests in it."""
    signatures = [request.headers["authorization"] for request in requests]
    signatures += [header.rpartition("Signature=")[2] for header in signatures]
    return [text for text in said if any(s in text for s in (SECRET_KEY, TOKEN, *signatures))]
