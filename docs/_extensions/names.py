"""How the names of the library are shown and linked: in signatures, docstrings and prose."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING, Any, Final

import attrs
import aws
import inventories
from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.transforms.post_transforms import SphinxPostTransform

import apigw2
from apigw2 import testing
from apigw2._objects.references import Reference
from apigw2._objects.values import Shape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils.nodes import Element, reference
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

# The public name of each object by the place where it is defined:
# `apigw2.resources.route.Route` is `apigw2.Route`.
_PUBLIC: Final = {
    f"{home.__module__}.{name}": f"{package.__name__}.{name}"
    for package in (testing, apigw2)
    for name in package.__all__
    if hasattr(home := getattr(package, name), "__module__")
}

# Classes whose constructor is private: a gateway or a local gateway makes their objects.
_MADE_BY_OTHERS: Final = (Reference, testing.WebSocketConnection)
_DEFAULT: Final = re.compile(r"attr_dict\['(\w+)'\]\.default")
_NAME: Final = re.compile(r"(?<!`)`([A-Z]\w+)(?:\.(\w+))?`(?!`)")
_MODULE: Final = re.compile(r"\b((?:apigw2\.resources\.\w+|collections\.abc|datetime)\.\w)")
_CODE: Final = re.compile(r"(?:apigw2\.(?:testing\.)?)?([A-Za-z]\w+(?:\.\w+)?)(?:\(.*\))?")
_OTHERS: Final = {name for name in inventories.names() if "." in name or name.endswith("Error")}
# Code in a table breaks between names, and inside of one only if it is long.
_BETWEEN: Final = re.compile(r"(?<=[.(=])(?=\w)")
_INSIDE: Final = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=_)(?=\w)")
_LONG: Final = 20


def _resolve(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, content: Element
) -> reference | None:
    """Find the page of a public object that is referred to by where it is defined."""
    target: Any = _PUBLIC.get(node["reftarget"])
    if node.get("refdomain") != "py" or target is None:
        return None
    domain: Any = env.domains["py"]
    return domain.resolve_xref(env, node["refdoc"], app.builder, "obj", target, node, content)


def _sign(
    _app: Sphinx,
    _what: str,
    _name: str,
    obj: object,
    _options: object,
    signature: str | None,
    _returns: str | None,
) -> tuple[str, None] | None:
    """Leave out private constructors, and show defaults."""
    if not isinstance(obj, type) or not issubclass(obj, (*_MADE_BY_OTHERS, Shape)):
        return None
    if issubclass(obj, _MADE_BY_OTHERS):
        return "", None
    fields = attrs.fields_dict(obj)
    return _DEFAULT.sub(lambda found: repr(fields[found[1]].default), signature or ""), None


def _show_bases(
    _app: Sphinx, _name: str, _obj: object, _options: object, bases: list[type]
) -> None:
    """Show what a class inherits from public classes."""
    bases[:] = [base for base in bases if not base.__module__.startswith("apigw2._objects")]


def _shorten(
    _app: Sphinx, _what: str, name: str, obj: object, _options: object, lines: list[str]
) -> None:
    """Show types by their last name, link names, and link the AWS page of an operation."""
    for index, line in enumerate(lines):
        shorter = _MODULE.sub(r"~\g<1>", line)
        # Or it would be a link of reStructuredText: a name, an underscore.
        shorter = shorter.replace(".None_", r".None\_")
        lines[index] = _NAME.sub(_link, shorter)
    operation = _operation(name, obj)
    if operation:
        lines += ["", f"AWS: `{operation} <{aws.page(operation)}>`__", ""]


def _operation(name: str, obj: object) -> str | None:
    """The operation that a method calls, by itself or in its private part: `_delete`."""
    if not inspect.isfunction(obj):
        return None
    owner = getattr(apigw2, name.split(".")[-2], None)
    method: Any = obj if hasattr(obj, "operation") else getattr(owner, f"_{obj.__name__}", None)
    operation = getattr(method, "operation", None)
    return operation and str(operation.name)


def _link(found: re.Match[str]) -> str:
    """Link a name of the library, and a method of a class that defines it."""
    name, member = found[1], found[2]
    known = name in apigw2.__all__ and (not member or member in vars(getattr(apigw2, name)))
    target = f"{name}.{member}" if member else name
    return f":py:obj:`{target} <apigw2.{target}>`" if known else found[0]


class Code(SphinxPostTransform):
    """Link names in the prose of pages, where they are plain Markdown: `ApiRef.update`.

    Names of other projects link to their documentation: `botocore.config.Config`.

    In a table, a method may stand alone under a heading that is its class, and code may be broken
    where one word of it ends, and nowhere else.
    """

    default_priority = 5  # before links are resolved

    def run(self, **_: object) -> None:
        """Replace each literal of the page."""
        known: dict[str, Any] = self.env.domains["py"].data["objects"]
        for literal in list(self.document.findall(nodes.literal)):
            text = literal.astext()
            found = _CODE.fullmatch(text)
            in_table = _inside(literal, nodes.table)
            names = list(_targets(found[1])) if found else []
            if found and in_table:
                names.append(f"apigw2.{_heading(literal)}.{found[1]}")
            target = next((name for name in names if name in known), None)
            shown = literal
            if in_table:
                shown = nodes.literal("", "", *_breakable(text), classes=literal["classes"])
            if target and not _inside(literal, nodes.reference, nodes.title):
                entry = known[target]
                address = self.app.builder.get_relative_uri(self.env.docname, entry.docname)
                inner = shown if shown is not literal else literal.deepcopy()
                shown = nodes.reference(
                    "", "", inner, internal=True, refuri=f"{address}#{entry.node_id}"
                )
            elif text in _OTHERS and not _inside(literal, nodes.reference, pending_xref):
                shown = _elsewhere(text, self.env.docname, shown.deepcopy())
            if shown is not literal:
                literal.replace_self(shown)


def _elsewhere(name: str, page: str, shown: nodes.Node) -> nodes.Element:
    """A link to a name of another project, which intersphinx resolves."""
    attributes = {"refdomain": "py", "reftype": "obj", "reftarget": name, "refdoc": page}
    return pending_xref("", shown, refexplicit=True, **attributes)


def _targets(name: str) -> Iterator[str]:
    """The full names that a short one can stand for; a snapshot has its reference's methods."""
    owner, dot, member = name.partition(".")
    for package in ("apigw2", "apigw2.testing"):
        yield f"{package}.{name}"
        yield f"{package}.{owner}Ref{dot}{member}"


def _inside(node: nodes.Node, *kinds: type[nodes.Node]) -> bool:
    parent = node.parent
    while parent is not None and not isinstance(parent, kinds):
        parent = parent.parent
    return parent is not None


def _heading(node: nodes.Node) -> str:
    """The title of the section that a node is in."""
    section = node.parent
    while not isinstance(section, nodes.section):
        section = section.parent
    title: str = section[0].astext()
    return title


def _breakable(text: str) -> Iterator[nodes.Node]:
    names = _BETWEEN.split(text)
    parts = [p for name in names for p in (_INSIDE.split(name) if len(name) > _LONG else [name])]
    for number, part in enumerate(parts):
        if number:
            yield nodes.raw("", "<wbr>", format="html")
        yield nodes.Text(part)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register what is above."""
    app.connect("missing-reference", _resolve)
    app.connect("autodoc-process-signature", _sign)
    app.connect("autodoc-process-bases", _show_bases)
    app.connect("autodoc-process-docstring", _shorten, priority=900)  # after napoleon
    app.add_post_transform(Code)
    return {"parallel_read_safe": True}
