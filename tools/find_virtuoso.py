"""Finds the Virtuoso server that remote stores are tested against; with --install, gets it where it may.

It is Debian's package (root, apt-get). The tests do without it where it is not there.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

PACKAGES = ("virtuoso-opensource-7-bin", "virtuoso-opensource-7-common")

ASK_FOR_IT = f"needs Virtuoso; on Debian: apt install --no-install-recommends {' '.join(PACKAGES)}"

_INI = """\
[Database]
DatabaseFile = data.db
ErrorLogFile = data.log
LockFile = data.lck
TransactionFile = data.trx
xa_persistent_file = data.pxa
[TempDatabase]
DatabaseFile = temporary.db
TransactionFile = temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 10000
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
[SPARQL]
ResultSetMaxRows = {most_rows}
"""


def found() -> bool:
    """Tell whether the server and its client are installed."""
    return all(shutil.which(name) for name in ("virtuoso-t", "isql-vt"))


def ini(sql: int, http: int, *, most_rows: int) -> str:
    """Give the settings of a server that keeps its files where it starts, and listens on this machine alone.

    sql and http: its ports. most_rows: how many rows it gives at once; it does not say when there are more.
    """
    return _INI.format(sql=sql, http=http, most_rows=most_rows)


def install() -> None:
    """Install the packages, if this machine lets us."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    print("set-up: Debian's Virtuoso, for the tests of remote stores", file=sys.stderr)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    steps = (["update"], ["-y", "install", "--no-install-recommends", *PACKAGES])
    for command in (["apt-get", "-qq", *step] for step in steps):
        subprocess.run(command, env=environment, capture_output=True, check=False)


def main() -> int:
    """Tell what is missing, if anything; with --install, get it first. The tests can do without."""
    if not found() and "--install" in sys.argv[1:]:
        install()
    if not found():
        print(f"Remote stores are not tested against Virtuoso: {ASK_FOR_IT}.", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
