"""Tries rolegraph on broken, deep and long input: only its own errors may come of it, in time.

    python tools/fuzz.py                        every target, a minute each, two at a time
    python tools/fuzz.py turtle --seconds 1800  one target for half an hour
    python tools/fuzz.py turtle --seed 1 --only 4711   one trial again, with its traceback

A trial is made from the target, the seed and its number, and from nothing else. What ends in anything but
success or an error of rolegraph's own, takes longer than 20 s or more than 1 GB, is kept in
build/fuzz/TARGET/NUMBER.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests")]  # where the small worlds and releases are

from fuzz_targets import TARGETS  # noqa: E402 - it needs the folder above
from fuzz_trials import Trials, attempt, draw, serve  # noqa: E402


def main() -> int:
    """Run what is asked for; the exit code is 1 where something was found."""
    given = _given()
    if given.serve:
        serve(given.targets[0], given.seed, given.only, 1)
        return 0
    if given.only is not None:
        return _again(given.targets[0], given.seed, given.only)
    names = given.targets or list(TARGETS)
    trials = [Trials(name, given.seed, given.out) for name in names]
    print(f"seed {given.seed}, {given.seconds:g} s for each of {', '.join(names)}", flush=True)
    with ThreadPoolExecutor(given.jobs) as pool:
        for one in pool.map(lambda one: _run(one, given.seconds), trials):
            found = sum(one.findings.values())
            print(
                f"{one.name:<10} {one.done:>9,} trials, {one.done / one.seconds:>7,.0f} a second,"
                f" {one.refused / max(1, one.done):4.0%} refused, {found} findings",
                flush=True,
            )
    kinds = [f"  {one.name}: {count} x {kind}" for one in trials for kind, count in one.findings.items()]
    if kinds:
        print(f"Found, and kept in {given.out}:", *kinds, sep="\n")
    return bool(kinds)


def _run(one: Trials, seconds: float) -> Trials:
    one.run(seconds)
    return one


def _again(name: str, seed: int, number: int) -> int:
    with tempfile.TemporaryDirectory() as place:
        files = draw(name, seed, number)
        print(
            *(f"{file}: {len(content):,} bytes {content[:200]!r}" for file, content in files.items()),
            sep="\n",
        )
        began = time.monotonic()
        how = attempt(name, files, Path(place))
        print(f"{how or 'no error'}, after {time.monotonic() - began:.2f} s")
    return how not in {"", "refused"}


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "targets", nargs="*", choices=[*TARGETS, []], metavar="TARGET", help=", ".join(TARGETS)
    )
    parser.add_argument("--seconds", type=float, default=60, help="for each target")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="another one gives other trials")
    parser.add_argument("--jobs", type=int, default=2, help="targets at a time")
    parser.add_argument("--only", type=int, metavar="NUMBER", help="do this trial alone")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "fuzz", help="where findings are kept")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
