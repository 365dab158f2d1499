"""A network as one HTML page that works offline."""

from rolegraph.webpage.render import Page, page

__all__ = ["Page", "page"]
