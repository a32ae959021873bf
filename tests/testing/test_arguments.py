"""Checks of the arguments of a local gateway."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

import pytest

import apigw2
from apigw2.testing import Clock, Delays, Faults, LocalGateway
from apigw2.testing._arguments import check, check_range, shown
from apigw2.testing._gateway import OfApi
from tests.support.nonsense import Hostile

Fitting = tuple[object, object]

FITTING: tuple[Fitting, ...] = (
    ("a", str),
    (5, int),
    (5, float),
    (True, bool),
    (None, str | None),
    (1j, Any),
    ("new", Literal["old"]),
    (print, Callable[[int], None]),
    ({"a": "b"}, Mapping[str, str]),
    ({"a": ["b"]}, Mapping[str, str | Sequence[str]]),
    ((), Sequence[str]),
    (apigw2.StageRef(api_id="a1", stage_name="prod"), str | OfApi | None),
)
UNFIT: tuple[tuple[object, object, str], ...] = (
    (5, str, "a string, not int 5"),
    ("5", int, "an integer, not str '5'"),
    (True, int, "an integer, not bool True"),
    (1, bool, "True or False, not int 1"),
    (None, float, "a number, not NoneType None"),
    (5, str | OfApi | None, "a string or OfApi, not int 5"),
    (5, Callable[[int], None], "collections.abc.Callable"),
    ({1: "b"}, Mapping[str, str], "collections.abc.Mapping[str, str], not dict {1: str}"),
    ("text", Sequence[str], "collections.abc.Sequence[str], not str 'text'"),
    ([5], Sequence[str], "collections.abc.Sequence[str], not list [5]"),
    (5, Clock | None, "Clock, not int 5"),
)


@pytest.mark.parametrize(("value", "hint"), FITTING, ids=repr)
def test_a_fitting_value_is_accepted(value: object, hint: object) -> None:
    check("name", value, hint)


@pytest.mark.parametrize(("value", "hint", "expected"), UNFIT, ids=repr)
def test_a_value_of_another_type_is_rejected_by_name(
    value: object, hint: object, expected: str
) -> None:
    with pytest.raises(TypeError) as caught:
        check("name", value, hint)
    assert str(caught.value).startswith(f"name: expected {expected}")


def test_a_lone_surrogate_is_rejected() -> None:
    with pytest.raises(ValueError, match="key: expected no lone surrogates, not str"):
        LocalGateway().add_api_key("\ud800")


def test_an_object_without_a_repr_is_described_by_its_type() -> None:
    assert shown(Hostile()) == "Hostile without a repr"


def test_a_number_out_of_range_is_rejected() -> None:
    for bad in (0, 8, float("nan")):
        with pytest.raises(ValueError, match="n: expected a number from 1 to 7, not"):
            check_range("n", bad, 1, 7)


def test_a_missing_argument_raises_the_error_of_python() -> None:
    local: Any = LocalGateway()
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'handler'"):
        local.add_function("pets")


def test_a_clock_cannot_leave_the_range_of_dates() -> None:
    clock = Clock()
    year = 365 * 86400.0
    with pytest.raises(ValueError, match="duration: no date is"):
        clock.advance(9000 * year)
    clock.advance(year)
    with pytest.raises(ValueError, match="step: expected a number from"):
        Clock(step=float("inf"))


def test_delays_must_be_finite_numbers_of_seconds() -> None:
    with pytest.raises(ValueError, match="auto_deploy: expected a number from 0"):
        Delays(auto_deploy=float("nan"))
    never: Any = "never"
    with pytest.raises(TypeError, match="transition: expected a number, not str 'never'"):
        Delays(transition=never)


def test_the_number_and_the_latency_of_faults_are_limited() -> None:
    faults = Faults()
    for times in (-1, 10**12):
        with pytest.raises(ValueError, match="times: expected a number from 0"):
            faults.add("GetApi", "throttle", times=times)
        with pytest.raises(ValueError, match="times: expected a number from 0"):
            faults.fail_transition("GetApi", "no", times=times)
    with pytest.raises(ValueError, match="latency: expected a number from 0"):
        faults.add("GetApi", latency=float("inf"))


@pytest.mark.parametrize("region", ["", "a b", "EU", "x" * 64])
def test_a_region_must_be_a_label_of_a_host_name(region: str) -> None:
    with pytest.raises(ValueError, match=r"region_name: .* is not the name of a region"):
        LocalGateway(region_name=region)


def test_the_endpoint_and_the_region_of_a_client_are_checked() -> None:
    with pytest.raises(ValueError, match="endpoint_url: str 'nowhere' is not a URL"):
        LocalGateway().client(endpoint_url="nowhere")
    with pytest.raises(ValueError, match="region_name 'a b'"):
        LocalGateway().client(region_name="a b")


def test_a_port_must_be_from_0_to_65535() -> None:
    with pytest.raises(ValueError, match="port: expected a number from 0 to 65535"):
        LocalGateway().serve(port=70000).__enter__()


def test_an_error_about_headers_does_not_show_them() -> None:
    headers: Any = {"Authorization": "Bearer hunter2", "X-Number": 5}

    with pytest.raises(TypeError) as caught:
        LocalGateway().invoke("GET", "/", headers=headers)

    assert str(caught.value).endswith("not dict {'Authorization': str, 'X-Number': int}")
