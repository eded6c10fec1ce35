"""A page as an HTML parser sees it."""

from html.parser import HTMLParser

VOID = {"meta", "link", "br", "hr", "img", "input", "wbr"}


class Page(HTMLParser):
    """A page read strictly: elements, ids, and the views of each line."""

    def __init__(self, text):
        super().__init__()
        self.open, self.elements, self.text = [], [], {}
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        assert len(found) == len(attributes)
        path = [*self.open, (tag, found)]
        self.elements.append(path)
        if tag not in VOID:
            self.open = path

    def handle_endtag(self, tag):
        *self.open, (last, _) = self.open
        assert last == tag

    def handle_data(self, data):
        for _, found in self.open:
            self.text.setdefault(id(found), []).append(data)

    def all(self, name):
        """The path to each element that has an attribute, with its value."""
        return [(p, p[-1][1][name]) for p in self.elements if name in p[-1][1]]

    def of(self, found):
        return "".join(self.text.get(id(found), []))
