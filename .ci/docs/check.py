"""Checks links: check.py for all Markdown of the repository, check.py FOLDER for the pages of a built site.

Prints each link that leads nowhere as file:line: message; the exit code is then 1.
"""

import html.parser
import os
import posixpath
import subprocess
import sys
import urllib.parse

import links

faults = 0


def report(where, message):
    global faults
    faults += 1
    print(f"{where}: {message}")


def check_repository():
    tracked = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], check=True, capture_output=True, text=True).stdout.split("\n")
    files = set(tracked)
    folders = {posixpath.dirname(path) for path in files}
    texts = {}
    for path in sorted(files):
        if path.endswith(".md"):
            with open(path, encoding="utf-8") as file:
                texts[path] = file.read()
    anchors = {path: links.anchors(text) for path, text in texts.items()}
    count = 0
    for page, text in texts.items():
        for line, target in links.targets(text):
            count += 1
            if links.is_outside(target):
                continue
            path, anchor = links.resolved(page, urllib.parse.unquote(target))
            if path not in files and path not in folders:
                report(f"{page}:{line}", f"{target} does not exist")
            elif anchor and anchor not in anchors.get(path, ()):
                report(f"{page}:{line}", f"{path} has no heading #{anchor}")
    print(f"{count} links in {len(texts)} Markdown files")


class Page(html.parser.HTMLParser):
    """The ids of a page and (line, target) of what it links and loads."""

    def __init__(self, path):
        super().__init__()
        self.ids, self.links = set(), []
        with open(path, encoding="utf-8") as file:
            self.feed(file.read())

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if given.get("id"):
            self.ids.add(given["id"])
        for name in ("href", "src"):
            if given.get(name):
                self.links.append((self.getpos()[0], given[name], name == "src" or tag == "link"))


def check_site(folder):
    pages = {}
    for parent, _, names in os.walk(folder):
        for name in names:
            if name.endswith(".html") and name != "404.html":
                path = os.path.relpath(os.path.join(parent, name), folder)
                pages[path] = Page(os.path.join(parent, name))
    count = 0
    for path, page in sorted(pages.items()):
        for line, target, loaded in page.links:
            count += 1
            if links.is_outside(target):
                if loaded and not target.startswith("data:"):
                    report(f"{path}:{line}", f"the page loads {target} from another host")
                continue
            name, _, anchor = target.partition("#")
            name = urllib.parse.unquote(name.partition("?")[0])
            to = posixpath.normpath(posixpath.join(posixpath.dirname(path), name)) if name else path
            if os.path.isdir(os.path.join(folder, to)):
                to = posixpath.normpath(posixpath.join(to, "index.html"))
            if not os.path.exists(os.path.join(folder, to)):
                report(f"{path}:{line}", f"{target} does not exist")
            elif anchor and to in pages and urllib.parse.unquote(anchor) not in pages[to].ids:
                report(f"{path}:{line}", f"{to} has no #{anchor}")
    print(f"{count} links in {len(pages)} pages")


check_site(sys.argv[1]) if len(sys.argv) > 1 else check_repository()
sys.exit(1 if faults else 0)
