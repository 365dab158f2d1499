"""Fetches YASGUI, the SPARQL editor of `rolegraph serve`, when the package is built.

npm gets the release that is pinned here, its hash is compared, and two files of it are put beside the
server's own. Where that cannot be done the build goes on, and the server has a plain editor instead.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
import tarfile
import tempfile
from base64 import b64encode
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGE = "@zazuko/yasgui@4.6.2"

#: Of the archive, as npm's own lock files have it: SHA-512.
INTEGRITY = "Zw45KdPoAE1KRaAoxIHdQqeJxvaVG1oQdntw0hy0ktX35Zu8ZccuOLrXCLwR+GU+0xMzLw8Mjw6BkSZV2vUuQw=="

#: What is taken of it, by the SHA-256 of each file.
TAKEN = {
    "yasgui.min.css": "085b94556b97f9928981bdedb6848fd11ad4d8d950e821f0d698c58ca538fc55",
    "yasgui.min.js": "602f048662a039c7da65e9058dfc842d4b59f7271d7851a558c84f031485ae75",
}

#: Where it goes; git ignores the folder.
FOLDER = Path("src/rolegraph/serving/assets/yasgui")

#: Seconds that npm has.
_PATIENCE = 90


class CustomBuildHook(BuildHookInterface[Any]):
    """Sees to it that YASGUI is there before files are gathered."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling gives them
        """Fetch what is missing."""
        if os.environ.get("ROLEGRAPH_WITHOUT_YASGUI"):
            return
        try:
            fetch(Path(self.root) / FOLDER)
        except (OSError, ValueError, subprocess.SubprocessError) as error:
            self.app.display_warning(
                f"YASGUI was not fetched; `rolegraph serve` has a plain editor ({error})."
            )


def fetch(folder: Path) -> None:
    """Put the files into a folder, unless they are there.

    Raises OSError where there is no npm, SubprocessError where it fails, ValueError for another archive.
    """
    if all(_digest(folder / name) == digest for name, digest in TAKEN.items()):
        return
    npm = shutil.which("npm")
    if npm is None:
        raise FileNotFoundError("there is no npm")
    with tempfile.TemporaryDirectory() as made:
        subprocess.run(  # noqa: S603 - the command is ours
            [npm, "pack", PACKAGE, "--silent", "--pack-destination", made],
            cwd=made,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PATIENCE,
            check=True,
        )
        (archive,) = Path(made).glob("*.tgz")
        content = archive.read_bytes()
    if b64encode(hashlib.sha512(content).digest()).decode() != INTEGRITY:
        raise ValueError(f"{PACKAGE} is not what it was when it was chosen")
    folder.mkdir(parents=True, exist_ok=True)
    with tarfile.open(fileobj=io.BytesIO(content)) as files:
        for name in TAKEN:
            member = files.extractfile(f"package/build/{name}")
            assert member is not None  # noqa: S101 - the hash says that it is there
            text = member.read()
            # The map of the source stays behind; a browser would look for it.
            cut = text.rpartition(b"\n//# sourceMappingURL=")[0] if name.endswith(".js") else text
            (folder / name).write_bytes(cut or text)


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else ""
