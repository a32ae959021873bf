"""One change of a plan, and the words by which texts describe objects."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, Literal

import attrs

from apigw2._blueprints.secrets import masked, masked_text
from apigw2._blueprints.specs import IntegrationSpec, RouteSpec, Spec, key_of
from apigw2._objects.containers import holds_items

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Change", "FieldChange", "Progress"]

Action = Literal["create", "update", "replace", "delete", "deploy"]

_LONGEST: Final = 100
"""Longest text of a value, in characters; a JSON schema may have 32,768."""

SIGNS: Final[Mapping[str, str]] = {
    "create": "+",
    "update": "~",
    "replace": "±",
    "delete": "-",
    "deploy": ">",
}


@attrs.frozen
class FieldChange:
    """A change of one field. It contains values that may be secret; texts mask them.

    Attributes:
        name: The field, or one key of a map, such as `stage_variables.color`.
        before: The current value; `None` if it is absent.
        after: The new value.

    Example:
        >>> [field.name for change in plan for field in change.fields]
        ['stage_variables.color']
    """

    name: str
    before: object = attrs.field(repr=False)
    after: object = attrs.field(repr=False)

    @property
    def shown(self) -> tuple[object, object]:
        """Both values as texts may show them."""
        return masked(self.name, self.before), masked(self.name, self.after)


@attrs.frozen(kw_only=True)
class Change:
    """One object that a plan creates, updates, replaces, deletes or deploys.

    Attributes:
        action: `create`, `update`, `replace`, `delete` or `deploy`.
        kind: Kind of the object, such as `route`, `integration` or `stage`.
        key: Its natural key; for an integration, a description of its backend.
        fields: The fields that change.
        reason: A reason or consequence of the change.
        blocked: Why the service does not support the change; empty if it does.

    Example:
        >>> [change.key for change in plan if change.action == "delete"]
        ['GET /old']
    """

    action: Action
    kind: str
    key: str
    fields: tuple[FieldChange, ...] = ()
    reason: str = ""
    blocked: str = ""

    @property
    def sign(self) -> str:
        """`+`, `~`, `±`, `-` or `>`; `!` if the change is blocked."""
        return "!" if self.blocked else SIGNS[self.action]

    def __str__(self) -> str:
        """The sign, kind and key, such as `~ stage prod`."""
        return f"{self.sign} {self.kind} {self.key}"


@attrs.frozen
class Progress:
    """Progress of a plan that is being applied.

    Attributes:
        change: The change that was just completed.
        done: Number of completed changes.
        total: Number of changes in the plan.

    Example:
        >>> plan.apply(on_progress=lambda progress: print(progress.done, progress.total))
    """

    change: Change
    done: int
    total: int


def label(spec: Spec) -> str:
    """The name of an object in texts: its key, or the backend of an integration."""
    return backend(spec) if isinstance(spec, IntegrationSpec) else key_of(spec)


def backend(spec: IntegrationSpec) -> str:
    """A short description of an integration's backend, without credentials in its URL."""
    uri = spec.integration_uri or ""
    if found := re.search(r":function:([^/]+)", uri):
        return f"lambda {found[1]}"
    uri = re.sub(r"^arn:([^:]*:){4}", "", uri)  # of a load balancer or service: only what it is
    words: Sequence[str | None]
    if spec.integration_subtype:
        words = [spec.integration_subtype]
    elif uri:
        method = spec.integration_method
        words = [None if method == "ANY" else method, re.sub(r"\?.*", "", masked_text(uri))]
    else:
        words = [spec.integration_type]
    if spec.connection_id is not None:
        words = [*words, f"by VPC link {spec.connection_id}"]
    return " ".join(filter(None, words))


def summary(route: RouteSpec) -> str:
    """A short description of a new route."""
    words: list[str] = []
    if route.target is not None:
        words.append(f"→ {backend(route.target)}")
    if route.authorizer is not None:
        words.append(f"{route.authorizer.authorizer_type} {route.authorizer.name}")
    elif route.authorization_type not in (None, "NONE"):
        words.append(str(route.authorization_type))
    return ", ".join(words)


def text_of(value: Any) -> str:  # of any field
    """A field's value in a line of text, shortened if it is long."""
    text = _text_of(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."


def _text_of(value: Any) -> str:
    if isinstance(value, Spec):
        return label(value)
    if isinstance(value, str):
        return value if re.fullmatch(r"[A-Z][A-Z0-9_]+", value) else f'"{value}"'
    if holds_items(value):
        return f"[{', '.join(map(_text_of, value))}]"
    texts: Mapping[object, str] = {None: "absent", True: "true", False: "false"}
    return texts[value] if value is None or isinstance(value, bool) else str(value)
