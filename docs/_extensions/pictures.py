"""SVG pictures are part of the page, so that their colours follow the theme's.

A page names them as any Markdown page does, `![What it shows](pictures/name.svg)`, and GitHub shows
the file. An `<img>` knows only the system's setting; inside the page, the switch works too.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class Inline(SphinxPostTransform):
    """Replace each image from `pictures/` by the file's contents."""

    default_priority = 5
    formats = ("html",)

    def run(self, **_: object) -> None:
        """Replace the images of the page."""
        for image in list(self.document.findall(nodes.image)):
            path = Path(self.env.srcdir) / image["uri"]
            if path.suffix == ".svg" and path.parent.name == "pictures":
                text = path.read_text(encoding="utf-8")
                image.replace_self(
                    nodes.raw("", f'<span class="picture">{text}</span>', format="html")
                )


def setup(app: Sphinx) -> dict[str, bool]:
    """Register what is above."""
    app.add_post_transform(Inline)
    return {"parallel_read_safe": True}
