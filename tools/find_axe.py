"""Finds axe-core, which judges the page for people with disabilities; with --install, gets it by npm.

It is MPL-2.0, used by the tests only, and kept in build/ (or where $AXE says), never in the repository.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

VERSION = "4.14.1"

FILE = Path(os.environ.get("AXE", Path(__file__).resolve().parent.parent / f"build/axe-{VERSION}.min.js"))


def axe() -> Path | None:
    """Give the path of axe-core, fetched now if need be, or None where there is neither it nor npm."""
    if not FILE.is_file() and shutil.which("npm"):
        fetch()
    return FILE if FILE.is_file() else None


def fetch() -> None:
    """Take the one file out of the package, whole or not at all."""
    FILE.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=FILE.parent) as folder:
        command = ["npm", "pack", "--silent", "--pack-destination", folder, f"axe-core@{VERSION}"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        if done.returncode:
            print(done.stderr, file=sys.stderr)
            return
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as package:
            content = package.extractfile("package/axe.min.js")
            if content is not None:
                part = Path(folder) / FILE.name
                part.write_bytes(content.read())
                part.replace(FILE)


def main() -> int:
    """Tell whether axe-core is there; with --install, get it first."""
    found = axe() if "--install" in sys.argv[1:] else FILE if FILE.is_file() else None
    if found is None:
        print("The page cannot be judged by axe-core: npm, which fetches it, is missing.", file=sys.stderr)
    return int(found is None)


if __name__ == "__main__":
    sys.exit(main())
