"""A listing as a condition, which type checkers must refuse. Only type-checked, never run.

pyright reports the condition. mypy reports the statements behind it, as unreachable, so their
`type: ignore` is for mypy alone, and these cases have a file of their own.
"""
# pyright: enableTypeIgnoreComments=false, reportUnnecessaryTypeIgnoreComment=true

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import apigw2


def absence(routes: apigw2.Listing[apigw2.Route]) -> None:
    if not routes:  # pyright: ignore[reportGeneralTypeIssues]
        routes.first()  # type: ignore[unreachable]


def presence(routes: apigw2.Listing[apigw2.Route]) -> None:
    if routes:  # pyright: ignore[reportGeneralTypeIssues]
        routes.first()  # type: ignore[unreachable]


def choice(routes: apigw2.Listing[apigw2.Route]) -> str:
    return "some" if routes else "none"  # type: ignore[redundant-expr]  # pyright: ignore[reportGeneralTypeIssues]
