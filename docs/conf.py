"""Sphinx settings. `nox -s docs` builds the pages and fails on every warning."""

from __future__ import annotations

import sys
from importlib.metadata import version as version_of
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_extensions"))

import inventories

project = "apigw2"
author = "The apigw2 authors"
copyright = author  # noqa: A001 - Sphinx's name
version = release = version_of("apigw2")

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.intersphinx",
    "sphinx.ext.napoleon",
    "sphinx_copybutton",
    "sphinx_design",
    "names",  # these two are in _extensions/
    "pictures",
]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = f"apigw2 {release}"
html_copy_source = False
html_static_path = ["_static"]
html_css_files = ["apigw2.css"]

myst_enable_extensions = ["colon_fence", "deflist", "attrs_block", "attrs_inline"]
myst_heading_anchors = 3

# Copy what a reader types: no prompt, no output.
copybutton_selector = "div:not(.highlight-text) > div.highlight > pre"
copybutton_prompt_text = r"\$ |>>> |\.\.\. "
copybutton_prompt_is_regexp = True
copybutton_exclude = ".linenos, .gp, .go"

# A build makes no request: `inventories/` names what these pages link to.
intersphinx_mapping = inventories.mapping()
intersphinx_disabled_reftypes = ["std:*"]

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
nitpick_ignore_regex = [
    # Type variables of signatures, and private classes.
    (r"py:.*", r"(.*\.)?([A-F]|R|S|T_co|T|Prepare)"),
    (r"py:.*", r"(apigw2\.(testing\.)?_\w+\..*|Dropped)"),
    # Values of enumerations, and Google style's word after a type.
    (r"py:.*", r"('\w+'|optional)"),
]
