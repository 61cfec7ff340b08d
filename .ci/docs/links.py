"""Links and anchors of Markdown as a repository's pages show them."""

import posixpath
import re

FENCE = re.compile(r"^ {0,3}(```|~~~)")
HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(.*?)\s*#*$")
LINK = re.compile(r"(\]\()([^)\s]+)((?:\s+\"[^\"]*\")?\))")
CODE = re.compile(r"(`+)(?:(?!\1).)+?\1")
SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def slug(text, separator="-"):
    """The anchor of a heading: lower case, words joined by hyphens, no punctuation."""
    text = re.sub(r"\]\([^)]*\)", "", text).replace("[", "").replace("`", "")
    return re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", separator)


def prose(markdown):
    """(number, line) of the lines outside code blocks, from 1."""
    fence = None
    blank = True
    for number, line in enumerate(markdown.splitlines(), 1):
        mark = FENCE.match(line)
        if mark:
            fence = None if fence == mark.group(1) else fence or mark.group(1)
        elif fence is None and not (blank and line.startswith("    ")):
            yield number, line
        blank = not line.strip() or (blank and line.startswith("    "))


def anchors(markdown):
    """The anchors of all headings; the second of the same name ends in -1."""
    found = set()
    for _, line in prose(markdown):
        heading = HEADING.match(line)
        if heading:
            name, count = slug(heading.group(2)), 0
            while (name if count == 0 else f"{name}-{count}") in found:
                count += 1
            found.add(name if count == 0 else f"{name}-{count}")
    return found


def rewritten(line, change):
    """The line with the target of each link that is not in code replaced by change(target)."""
    spans = [code.span() for code in CODE.finditer(line)]

    def replace(link):
        # A link whose text is code has its target outside of it.
        if any(start < link.start(2) < end for start, end in spans):
            return link.group(0)
        return link.group(1) + change(link.group(2)) + link.group(3)

    return LINK.sub(replace, line)


def targets(markdown):
    """(number, target) of each link."""
    for number, line in prose(markdown):
        found = []
        rewritten(line, lambda target: found.append(target) or target)
        for target in found:
            yield number, target


def is_outside(target):
    return bool(SCHEME.match(target)) or target.startswith("//")


def resolved(page, target):
    """(path, anchor) in the repository of a link on a page; the path is the page's own for an anchor alone."""
    path, _, anchor = target.partition("#")
    return (posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else page), anchor
