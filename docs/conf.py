"""Sphinx's settings: `nox -s docs` builds the pages, and fails on every warning."""

from __future__ import annotations

import re
from importlib.metadata import version as version_of
from typing import TYPE_CHECKING, Any, Final

import attrs

import apigw2
from apigw2 import testing
from apigw2._objects.references import Reference
from apigw2._objects.values import Shape

if TYPE_CHECKING:
    from docutils.nodes import Element, reference
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

project = "apigw2"
author = "The apigw2 authors"
copyright = author  # noqa: A001 - Sphinx's name
version = release = version_of("apigw2")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = f"apigw2 {release}"
html_copy_source = False
html_static_path = ["_static"]
html_css_files = ["tables.css"]

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

# Names have no type where they stand alone: single backquotes in docstrings are code.
default_role = "code"
autodoc_typehints_format = "short"
autodoc_preserve_defaults = True
autodoc_member_order = "bysource"
napoleon_numpy_docstring = False
napoleon_attr_annotations = True
python_maximum_signature_line_length = 88
python_display_short_literal_types = True

nitpicky = True
# What is documented elsewhere. There is no intersphinx: a build makes no request.
nitpick_ignore_regex = [
    (r"py:.*", rf"({module}\..*)")
    for module in ("boto3", "botocore", "collections", "concurrent", "datetime", "typing")
]
nitpick_ignore_regex += [
    # Python's own, by their short names.
    (r"py:.*", r"(Callable|Iterator|Generator|Mapping|Sequence|Literal|TypeVar|Any|datetime)"),
    (r"py:.*", r"(timedelta|Executor|ClientError|BaseClient|Config|contextmanager|attrs\..*)"),
    (r"py:.*", r"(str|int|float|bool|bytes|None|object|type|tuple|list|dict|set|optional)"),
    (
        r"py:.*",
        r"(ValueError|TypeError|LookupError|RuntimeError|TimeoutError|UserWarning|Exception)",
    ),
    # The type variables of signatures, and what is of no use to a reader by itself.
    (r"py:.*", r"(.*\.)?([A-F]|R|S|T_co|T|Prepare)"),
    (r"py:.*", r"apigw2\._(objects|calls|wire|service|workflows)\..*"),
    (r"py:.*", r"(apigw2\.testing\._.*|Dropped)"),
    # Values of enumerations.
    (r"py:.*", r"'\w+'"),
]

# Where an object is defined is no name: `apigw2.resources.route.Route` is `apigw2.Route`.
_PUBLIC: Final = {
    f"{home.__module__}.{name}": f"{package.__name__}.{name}"
    for package in (testing, apigw2)
    for name in package.__all__
    if hasattr(home := getattr(package, name), "__module__")
}

_DEFAULT: Final = re.compile(r"attr_dict\['(\w+)'\]\.default")
_NAME: Final = re.compile(r"(?<!`)`([A-Z]\w+)(?:\.(\w+))?`(?!`)")
_MODULE: Final = re.compile(r"\b((?:apigw2\.resources\.\w+|collections\.abc|datetime)\.\w)")


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
    """Leave out the constructors of resources, which come from a gateway, and show defaults."""
    if not isinstance(obj, type) or not issubclass(obj, (Reference, Shape)):
        return None
    if issubclass(obj, Reference):
        return "", None
    fields = attrs.fields_dict(obj)
    return _DEFAULT.sub(lambda found: repr(fields[found[1]].default), signature or ""), None


def _show_bases(
    _app: Sphinx, _name: str, _obj: object, _options: object, bases: list[type]
) -> None:
    """Show what a class inherits from public classes."""
    bases[:] = [base for base in bases if not base.__module__.startswith("apigw2._objects")]


def _shorten(
    _app: Sphinx, _what: str, _name: str, _obj: object, _options: object, lines: list[str]
) -> None:
    """Show types by their last name, and link names in single backquotes to their pages."""
    for index, line in enumerate(lines):
        shorter = _MODULE.sub(r"~\g<1>", line)
        # Or it would be a link of reStructuredText: a name, an underscore.
        shorter = shorter.replace(".None_", r".None\_")
        lines[index] = _NAME.sub(_link, shorter)


def _link(found: re.Match[str]) -> str:
    """Link a name of the library, and a method of a class that defines it."""
    name, member = found[1], found[2]
    known = name in apigw2.__all__ and (not member or member in vars(getattr(apigw2, name)))
    target = f"{name}.{member}" if member else name
    return f":py:obj:`{target} <apigw2.{target}>`" if known else found[0]


def setup(app: Sphinx) -> None:
    """Register what is above."""
    app.connect("missing-reference", _resolve)
    app.connect("autodoc-process-signature", _sign)
    app.connect("autodoc-process-bases", _show_bases)
    app.connect("autodoc-process-docstring", _shorten, priority=900)  # after napoleon
