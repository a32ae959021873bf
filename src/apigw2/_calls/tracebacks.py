"""Tracebacks that end where the caller made the mistake."""

from __future__ import annotations

import logging
import sys

from apigw2._wire.retries import logger


def drop_frames(error: Exception) -> None:
    """Drop the frames of an error and of its causes; a bare `raise` must follow.

    An argument of the wrong type, or a request that the service rejects, has its cause in the
    caller's line. The frames below it are the library's and botocore's, about 50 lines in IPython.
    A bare `raise` adds no frame, so the traceback ends in that line. With the logger `apigw2` at
    level `DEBUG` the frames stay.
    """
    __tracebackhide__ = True
    if logger.isEnabledFor(logging.DEBUG):
        return
    each: BaseException | None = error
    while each is not None:
        each.__traceback__ = None
        each = each.__cause__
    if sys.version_info < (3, 11):  # a bare `raise` has the old traceback there
        raise error
