"""A graph as an HTTP server: the SPARQL 1.1 Protocol, a JSON interface, the page, an editor. Read only.

    import rolegraph as rg
    rg.serve(rg.open(), port=8000)

docs/serve.md tells of routes, limits and answers. The HTTP process asks workers, and never reads a file or
touches a result of the engine itself.
"""

from rolegraph.serving.options import ServeOptions
from rolegraph.serving.running import app, serve

__all__ = ["ServeOptions", "app", "serve"]
