"""Finds the browser that the page is tested in; with --install, gets what is missing.

It looks for what $CHROMIUM names, then for a Chromium or Chrome on PATH, then for the one that Playwright
downloaded earlier. It installs Debian's packages where it may (root, apt-get), else Playwright's download.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

#: What the Node.js inside Playwright links to, and a bare Debian lacks.
DRIVER_NEEDS = "libatomic1"

PLAYWRIGHT = (sys.executable, "-m", "playwright")


def on_path() -> str | None:
    """Give the path of an installed Chromium or Chrome that starts, or None.

    Raises FileNotFoundError when $CHROMIUM is set and names no browser that starts.
    """
    wanted = os.environ.get("CHROMIUM")
    if wanted:
        found = shutil.which(wanted)
        if found is None or not _starts(found):
            message = f"CHROMIUM is set to {wanted!r}, and no browser starts there"
            raise FileNotFoundError(message)
        return found
    candidates = (shutil.which(name) for name in NAMES)
    return next((path for path in candidates if path and _starts(path)), None)


def downloaded() -> str | None:
    """Give the path of the Chromium that Playwright downloaded earlier, or None when none starts."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if _starts(path) else None


def drives() -> bool:
    """Tell whether Playwright itself starts."""
    return _starts(*PLAYWRIGHT)


def install() -> None:
    """Install what is missing, by the ways that this machine has; `main` tells whether that was enough."""
    packages = [] if drives() else [DRIVER_NEEDS]
    packages += [] if on_path() else ["chromium"]
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"set-up: Debian's {' and '.join(packages)}, for the tests of the page", file=sys.stderr)
        _run("apt-get", "-qq", "update")
        _run("apt-get", "-qq", "-y", "install", "--no-install-recommends", *packages)
    if drives() and not on_path():
        print("set-up: Playwright's Chromium, for the tests of the page", file=sys.stderr)
        _run(*PLAYWRIGHT, "install", "chromium")


def _run(*command: str) -> None:
    """Run a command with its chatter held back; show that only when it fails."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stdout + done.stderr, file=sys.stderr)


def _starts(*command: str) -> bool:
    """Tell whether a program prints its version: a stub that only advertises a package does not."""
    try:
        done = subprocess.run([*command, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def problem() -> str | None:
    """Say what the tests of the page lack, or None."""
    if not drives():
        return f"Playwright does not start here; on Debian: apt install {DRIVER_NEEDS}"
    try:
        found = on_path() or downloaded()
    except FileNotFoundError as error:
        return str(error)
    return None if found else "no browser; install Chromium or Chrome, or set CHROMIUM to the path of one"


def main() -> int:
    """Tell what is missing, if anything; with --install, get it first."""
    if problem() and "--install" in sys.argv[1:] and not os.environ.get("CHROMIUM"):
        install()
    lacking = problem()
    if lacking:
        print(f"The page cannot be tested: {lacking}.", file=sys.stderr)
    return int(lacking is not None)


if __name__ == "__main__":
    sys.exit(main())
