"""The state of the control plane, for each account and region."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apigw2.testing import _control
from apigw2.testing._rates import Rates
from apigw2.testing._store import Node

if TYPE_CHECKING:
    from collections.abc import Mapping
    from random import Random

    from apigw2.testing._clock import Clock, Delays
    from apigw2.testing._faults import Faults
    from apigw2.testing._signature import Scope


class Accounts:
    """The accounts of a local gateway. Not locked: the gateway's own lock guards them.

    Args:
        clock: The clock of the gateway.
        random: Source of identifiers.
        faults: The faults to inject.
        quotas: Maximum number of each kind of resource, in each account and region.
        page_size: Default number of items in one response of a list operation.
        rate_limits: Whether requests are throttled.
        delays: Durations of asynchronous changes.
    """

    def __init__(
        self,
        *,
        clock: Clock,
        random: Random,
        faults: Faults,
        quotas: Mapping[str, int],
        page_size: int,
        rate_limits: bool,
        delays: Delays,
    ) -> None:
        self._clock = clock
        self._random = random
        self._faults = faults
        self._quotas = quotas
        self._page_size = page_size
        self._rate_limits = rate_limits
        self._delays = delays
        self._controls: dict[Scope, _control.Control] = {}
        self._rates: dict[Scope, Rates] = {}

    def control(self, scope: Scope) -> _control.Control:
        """The state of an account in a region, created empty at first use."""
        if scope not in self._controls:
            account_id, region_name = scope
            self._controls[scope] = _control.Control(
                root=Node("", "", 0, {}),
                account=_control.Account(
                    region_name=region_name,
                    account_id=account_id,
                    quotas=self._quotas,
                    page_size=self._page_size,
                    delays=self._delays,
                ),
                clock=self._clock,
                random=self._random,
                faults=self._faults,
            )
        return self._controls[scope]

    def limit_rate(self, scope: Scope, operation: str) -> None:
        """Count a request, if requests are throttled.

        Raises:
            ApiError: The request exceeds the rate of its account in its region.
        """
        if self._rate_limits:
            now = self._clock.now()
            if scope not in self._rates:
                self._rates[scope] = Rates(now)
            self._rates[scope].take(operation, now)

    def all(self) -> list[_control.Control]:
        """The state of every account and region in use."""
        return list(self._controls.values())

    def apis(self) -> list[tuple[_control.Control, Node]]:
        """Every API of every account and region."""
        return [(control, api) for control in self._controls.values() for api in control.apis()]

    def find_api(self, api_id: str) -> tuple[_control.Control, Node]:
        """The API with an identifier, whichever account and region it belongs to.

        Raises:
            LookupError: The API does not exist.
        """
        now = self._clock.now()
        for control in self._controls.values():
            api = control.root.get("apis", api_id, now)
            if api is not None:
                return control, api
        raise LookupError(f"There is no API {api_id}")

    def clear(self) -> None:
        """Forget all state."""
        self._controls.clear()
        self._rates.clear()
