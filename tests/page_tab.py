"""A tab of a real browser for the tests of the page: without a network, and with ears for complaints."""

from __future__ import annotations

import re

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


class Tab:
    """A tab that cannot reach a network, and notes what the page asks for and complains of."""

    def __init__(self, browser, **options):
        given = {"viewport": {"width": 1400, "height": 900}, "reduced_motion": "reduce"} | options
        self.context = browser.new_context(**given)
        self.context.set_default_timeout(90_000)  # busy machines draw slowly
        self.context.set_offline(True)
        self.context.route(re.compile("^(?!file:|data:|blob:|about:)"), lambda route: route.abort())
        self.page = self.context.new_page()
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.complaints.append(dialog.message), dialog.dismiss()))

    def open(self, file):
        """Open a file and wait until it is drawn; `wait_for_function` needs eval, which the page forbids."""
        self.page.goto(file.as_uri())
        self.page.wait_for_selector("html[data-drawn]")
        return self

    def place(self, label):
        """Give the point of the window where a thing is."""
        at = self.page.evaluate("label => rolegraph.place(label)", label)
        return at["x"], at["y"]

    def headed(self, text):
        """Wait until the details are about this."""
        self.page.locator("#panel h2", has_text=re.compile(f"^{re.escape(text)}$")).wait_for(timeout=3000)

    def choose(self, label):
        """Click on a thing and wait for its details."""
        self.page.mouse.click(*self.place(label))
        self.headed(label)

    def panel(self):
        """Give the text of the details."""
        return self.page.inner_text("#panel")

    def status(self):
        """Give what the page said last."""
        return self.page.inner_text("#status")

    def pixel(self, x, y):
        """Give the colour of the map at a point of the window."""
        code = """([x, y]) => {
          const canvas = document.querySelector('#map canvas'), frame = canvas.getBoundingClientRect();
          const ratio = canvas.width / frame.width;
          const one = new OffscreenCanvas(1, 1).getContext('2d', {willReadFrequently: true});
          one.drawImage(canvas, (x - frame.left) * ratio, (y - frame.top) * ratio, 1, 1, 0, 0, 1, 1);
          return [...one.getImageData(0, 0, 1, 1).data];
        }"""
        return tuple(self.page.evaluate(code, [x, y])[:3])

    def close(self):
        """Close the tab; the page must have kept to itself and stayed silent."""
        self.context.close()
        own = ("file:", "blob:", "data:", "about:")
        assert [url for url in self.requests if not url.startswith(own)] == []
        assert self.complaints == []
