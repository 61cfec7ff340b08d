"""Hook of MkDocs: pages from outside docs/, and links between all of them as they are in the repository."""

import os
import posixpath
import sys

from mkdocs.structure.files import File

sys.path.insert(0, os.path.dirname(__file__))
import links  # noqa: E402

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
# Shown as the first page.
HOME = "README.md"
OTHERS = [HOME, "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "CODE_OF_CONDUCT.md", "deploy/helm/clicktrail/README.md"]


def on_config(config):
    decisions = sorted(name for name in os.listdir(os.path.join(ROOT, "docs/decisions")) if name.endswith(".md"))
    config["nav"][-1]["Decisions"] = ["decisions/" + name for name in decisions]
    config["mdx_configs"]["toc"] = {"slugify": links.slug}
    return config


def on_files(files, config):
    for path in OTHERS:
        files.append(File(path, ROOT, config["site_dir"], config["use_directory_urls"]))
    return files


def source(page):
    """Path in the repository of a page's Markdown."""
    return page if page in OTHERS else "docs/" + page


def on_page_markdown(markdown, page, config, files):
    here = source(page.file.src_uri)
    pages = {source(each.src_uri): each for each in files}
    lines = markdown.split("\n")

    def change(target):
        if links.is_outside(target):
            return target
        path, anchor = links.resolved(here, target)
        anchor = "#" + anchor if anchor else ""
        if path in pages:
            return posixpath.relpath(pages[path].src_uri, posixpath.dirname(page.file.src_uri) or ".") + anchor
        # Without a repository the link leads nowhere else than to its page.
        return f"{config['repo_url'].rstrip('/')}/blob/HEAD/{path}{anchor}" if config["repo_url"] else "#"

    for number, _ in list(links.prose(markdown)):
        lines[number - 1] = links.rewritten(lines[number - 1], change)
    return "\n".join(lines)
