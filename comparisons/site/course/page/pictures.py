"""`{picture}`: a drawing of the course, within the page.

The drawing is SVG whose color is `currentColor`, so that it follows the page,
light or dark.
"""

import re
from pathlib import Path

from docutils import nodes

from comparisons.site.course.base import CourseDirective
from shared.errors import UserError, unknown

TITLE = re.compile(r"<title>.+?</title>", re.DOTALL)


class PictureDirective(CourseDirective):
    """`{picture} unrolled`: a file of `pictures`; the content is its caption.

    It has a `<title>`, which is read to those who do not see it.
    """

    has_content = True

    def made(self) -> list[nodes.Node]:
        """A figure with the drawing in it."""
        name, folder = self.arguments[0], Path(self.env.srcdir) / "pictures"
        path = folder / f"{name}.svg"
        if not path.is_file():
            names = [one.stem for one in folder.glob("*.svg")]
            raise UserError(unknown("picture", name, names))
        text = path.read_text("utf-8")
        if not TITLE.search(text):
            raise UserError(f"{path.name} has no <title>")
        self.depends_on([path])
        drawing = text[text.index("<svg") :]
        figure = nodes.figure("", classes=["course-picture"])
        figure += nodes.raw("", drawing, format="html")
        if self.content:
            written = self.parsed("\n".join(self.content))
            figure += nodes.caption("", "", *written[0].children)
        return [figure]
