"""Reads a page of HTML strictly, every element closed, and prints its headings, tables and other elements as JSON."""

import html.parser
import json
import sys

VOID = {"meta", "rect", "path"}


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.tables, self.names, self.attributes = [], [], set(), []
        self.heading = ""

    def handle_starttag(self, tag, attributes):
        self.names.add(tag)
        self.attributes += [[tag, name, value] for name, value in attributes]
        if tag not in VOID:
            self.open.append(tag)
        if tag in ("h2", "h3"):
            self.heading = ""
        if tag == "table":
            self.tables.append([self.heading, []])
        if tag == "tr":
            self.tables[-1][1].append([])
        if tag in ("td", "th"):
            self.tables[-1][1][-1].append("")

    def handle_startendtag(self, tag, attributes):
        assert tag in VOID, tag
        self.handle_starttag(tag, attributes)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, (tag, self.getpos())

    def handle_data(self, text):
        if self.open and self.open[-1] in ("td", "th"):
            self.tables[-1][1][-1][-1] += text
        if self.open and self.open[-1] in ("h2", "h3"):
            self.heading += text


page = Page()
with open(sys.argv[1], encoding="utf-8") as file:
    page.feed(file.read())
page.close()
assert not page.open, page.open
json.dump({"tables": page.tables, "names": sorted(page.names), "attributes": page.attributes}, sys.stdout)
