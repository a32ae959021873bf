"""Libraries that only the extra `apigw2[testing]` installs."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator


@contextmanager
def extra(feature: str) -> Generator[None]:
    """Raise an error that says what to install if an import in the `with` block fails.

    Args:
        feature: The feature that needs the import, as the subject of a sentence: `OpenAPI in YAML`.

    Raises:
        ModuleNotFoundError: The library is not installed.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(
            f"{feature} needs {error.name}, which is not installed: pip install 'apigw2[testing]'",
            name=error.name,
        ) from error
