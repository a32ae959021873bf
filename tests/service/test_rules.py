"""Every rule finds the calls that break it, and leaves other calls alone.

The calls are in `tests/service/rules/`, which has a module for each module of `_service/rules/`.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Final

import pytest

import apigw2
from apigw2._service import rules
from apigw2._service.rules import RULES
from tests.service.rules import apis, authorizers, domains, integrations, routes, stages, tags
from tests.support.caller import (
    INVOCATION,
    LAMBDA,
    Call,
    Caller,
    notes_of_rejection,
    warnings_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import ModuleType

    from apigw2._service.rules.rule import Rule
    from tests.service.rules.case import Case
    from tests.support.local import Local

MODULES: Final = (apis, authorizers, domains, integrations, routes, stages, tags)
CASES: Final[Mapping[str, Case]] = {
    message: case for module in MODULES for message, case in module.CASES.items()
}
by_rule: Final = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.message[:60])


def about(rule: Rule, texts: Sequence[str]) -> list[str]:
    """The texts that name a rule and its source; its advice may be between the two."""
    source = f" (source: {rule.source})"
    return [text for text in texts if rule.message in text and text.endswith(source)]


@pytest.mark.parametrize("cases", MODULES, ids=lambda module: module.__name__)
def test_every_rule_has_a_case_in_the_module_of_the_same_name(cases: ModuleType) -> None:
    name = cases.__name__.rpartition(".")[2]
    messages = {rule.message for rule in getattr(rules, name).RULES}
    assert messages == cases.CASES.keys(), f"correct the cases in tests/service/rules/{name}.py"
    assert all(case.breaks and case.fits for case in cases.CASES.values())


def test_every_rule_has_a_unique_message() -> None:
    messages = [rule.message for rule in RULES]
    assert sorted(messages) == sorted(set(messages)) == sorted(CASES)


@by_rule
def test_a_rejected_call_has_a_note_for_each_rule_that_it_breaks(rule: Rule, local: Local) -> None:
    for gateway in (local.off, local.warning):
        for call in CASES[rule.message].breaks:
            assert about(rule, notes_of_rejection(local, gateway, call))
    for call in CASES[rule.message].fits:
        assert not about(rule, notes_of_rejection(local, local.off, call))


@by_rule
def test_only_rules_with_a_known_rejection_block_a_call(rule: Rule, local: Local) -> None:
    for call in CASES[rule.message].breaks:
        local.server.prepare()
        if rule.blocks:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", apigw2.PreflightWarning)
                with pytest.raises(apigw2.PreflightError) as caught:
                    call(Caller(local.gateway))
            (found,) = [v for v in caught.value.violations if v.message.startswith(rule.message)]
            assert found.source == rule.source
            assert found.blocks
            assert about(rule, str(caught.value).splitlines())
            assert not local.server.requests
        else:
            assert about(rule, warnings_of(local, local.gateway, call))


@by_rule
def test_a_rule_warns_in_mode_warn_and_is_ignored_in_mode_off(rule: Rule, local: Local) -> None:
    for call in CASES[rule.message].breaks:
        assert about(rule, warnings_of(local, local.warning, call))
        assert not warnings_of(local, local.off, call)
    for call in CASES[rule.message].fits:
        assert not about(rule, warnings_of(local, local.warning, call))


def test_every_rule_has_a_source_and_the_model_alone_never_blocks() -> None:
    for rule in RULES:
        assert rule.source
        assert not (rule.blocks and rule.source == "service model")


ADVICE: Final[Sequence[tuple[Call, str]]] = (
    (lambda c: c.http_route(target="a1b2c3d"), "'integrations/a1b2c3d'"),
    (
        lambda c: c.ws_integration(integration_type="AWS_PROXY", integration_uri=LAMBDA),
        repr(INVOCATION),
    ),
    (lambda c: c.http_authorizer(authorizer_uri=LAMBDA), repr(INVOCATION)),
)


@pytest.mark.parametrize(
    ("call", "correction"), ADVICE, ids=["target", "integration", "authorizer"]
)
def test_advice_has_the_corrected_value(call: Call, correction: str, local: Local) -> None:
    (text,) = warnings_of(local, local.gateway, call)
    assert text.partition(": write ")[2].partition(" (source")[0] == correction
