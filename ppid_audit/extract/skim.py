"""The links of a page, for the crawler: all that a worker process has to load before the first page is read."""

from ppid_audit.web import charset, html


def skim(body: bytes, content_type: str, url: str) -> html.Skim:
    """The links of the page ``body`` at ``url``, which says it is ``content_type``."""
    return html.skim(charset.decode(body, content_type), url)
