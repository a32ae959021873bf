"""The caller of the library, for warnings."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import apigw2

_PACKAGE: Final = str(Path(apigw2.__file__).parent)


def caller_stack_level() -> int:
    """The `stacklevel` at which `warnings.warn` reports the line that called the library."""
    level = 1
    frame = sys._getframe(1)  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  # no `skip_file_prefixes`
    while frame.f_back is not None and frame.f_code.co_filename.startswith(_PACKAGE):
        level += 1
        frame = frame.f_back
    return level
