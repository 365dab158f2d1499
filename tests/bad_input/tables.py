"""A company's tables and profiles: CSV and YAML of which something is wrong."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from bad_input.cases import WORLD, Case

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bad_input.cases import Content

ROLES = b"name,aliases,ladder,rank\nTrainee,,Product,1\nProduct manager,PM,Product,2\n"

#: What stands in roles.csv -> what is said.
WRONG_ROLES: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "jobs/roles.csv"),
    "blank lines": (b"\n\n\n", "jobs/roles.csv"),
    "only commas": (b",,,\n,,,\n", "jobs/roles.csv:1"),
    "no name column": (b"title,rank\nCPO,1\n", "jobs/roles.csv:1"),
    "a column twice": (b"name,name\nCPO,CTO\n", "jobs/roles.csv:1"),
    "no name": (b"name,rank\n,1\n", "jobs/roles.csv:2:name"),
    "too many cells": (b"name\nCPO,1,2\n", "jobs/roles.csv:2"),
    "a name twice": (b"name\nCPO\nCPO\n", "jobs/roles.csv:3:name"),
    "a name twice but for case": (b"name\nCPO\ncpo\n", "jobs/roles.csv:3:name"),
    "years in words": (b"name,years\nCPO,three\n", "jobs/roles.csv:2:years"),
    "years below nothing": (b"name,years\nCPO,-3\n", "jobs/roles.csv:2:years"),
    "years without end": (b"name,years\nCPO,inf\n", "jobs/roles.csv:2:years"),
    "years with an exponent": (b"name,years\nCPO,1e400\n", "jobs/roles.csv:2:years"),
    "a rank that is a fraction": (b"name,ladder,rank\nCPO,Product,1.5\n", "jobs/roles.csv:2:rank"),
    "a rank without a ladder": (b"name,rank\nCPO,1\n", "jobs/roles.csv:2"),
    "a rank of 5,000 digits": (b"name,ladder,rank\nCPO,Product," + b"9" * 5_000 + b"\n", "jobs/roles.csv:2:rank"),
    "an open quote": (b'name,aliases\n"CPO,\nCTO,\n', "jobs/roles.csv"),
    "text behind a quote": (b'name,aliases\n"CPO" x,\n', "jobs/roles.csv:2"),
    "NUL": (b"name\nC\0PO\n", "jobs/roles.csv:2"),
    "Latin-1": ("name\nGeschäftsführerin\n".encode("latin-1"), "jobs/roles.csv:2"),
    "UTF-16": ("name\nCPO\n".encode("utf-16"), "jobs/roles.csv"),
    "half a character": (b"name\nCPO\xe2\x82\n", "jobs/roles.csv:2"),
    "a workbook": (b"PK\x03\x04\x14\0\6\0" + bytes(100), "jobs/roles.csv"),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "jobs/roles.csv"),
    "a page": (b"<!DOCTYPE html>\n<html><body>Sign in</body></html>\n", "jobs/roles.csv:1"),
    "JSON": (b'[{"name": "CPO"}]', "jobs/roles.csv:1"),
    "a cell of 2 MB": (b"name\n" + b"x" * 2_000_000 + b"\n", "jobs/roles.csv"),
    "100,000 columns": (b"name" + b",x" * 100_000 + b"\nCPO\n", "jobs/roles.csv:1"),
    "5,000 wrong rows": (b"name,years\n" + b"".join(b"r%d,x\n" % n for n in range(5_000)), "more problems"),
}  # fmt: skip

#: File beside roles.csv -> what stands in it, and what is said.
WRONG_BESIDE: dict[str, tuple[bytes, str]] = {
    "moves.csv": (b"from,to,kind\nTrainee,Nobody,stated\n", "jobs/moves.csv:2:to"),
    "moves.csv ": (b"from,to,kind\nTrainee,PM,rumoured\n", "jobs/moves.csv:2:kind"),
    "moves.csv  ": (b"from,to,kind\nTrainee,Trainee,stated\n", "jobs/moves.csv:2"),
    "moves.csv   ": (b"from,to,kind,count\nTrainee,PM,observed,-5\n", "jobs/moves.csv:2:count"),
    "moves.csv    ": (b"from,to,kind,share\nTrainee,PM,observed,120\n", "jobs/moves.csv:2:share"),
    "moves.csv     ": (b"from,to,kind\n,,\nTrainee,,stated\n", "jobs/moves.csv:3:to"),
    "moves.csv      ": (b"from;to,kind\nTrainee;PM,stated\n", "jobs/moves.csv:1"),
    "pay.csv": (b"role,amount,currency,statistic,interval,period,area\nPM,94k,EUR,median,year,2026,DE\n", "jobs/pay.csv:2:amount"),
    "pay.csv ": (b"role,amount,currency,statistic,interval,period,area\nPM,94000,Euro,median,year,2026,DE\n", "jobs/pay.csv:2:currency"),
    "pay.csv  ": (b"role,amount,currency,statistic,interval,period,area\nPM,94000,EUR,median,fortnight,2026,DE\n", "jobs/pay.csv:2:interval"),
    "pay.csv   ": (b"role,amount,currency,statistic,interval,period,area\nPM,94000,EUR,median,year,31.12.2026,DE\n", "jobs/pay.csv:2:period"),
    "pay.csv    ": (b"role,amount,currency,statistic,interval,period,area\nPM,-1,EUR,median,year,2026,DE\n", "jobs/pay.csv:2:amount"),
    "pay.csv     ": (b"role,amount\nPM,1\n", "jobs/pay.csv"),
    "requirements.csv": (b"role,skill,necessity\nPM,Planning,vital\n", "jobs/requirements.csv:2:necessity"),
    "requirements.csv ": (b"role,skill,necessity\nNobody,Planning,essential\n", "jobs/requirements.csv:2:role"),
    "requirements.csv  ": (b"role,skill,necessity,proficiency\nPM,,essential,expert\n", "jobs/requirements.csv:2"),
    "sources.csv": (b"name,publisher,url\nHR,Us,not a url\n", "jobs/sources.csv:2:url"),
    "sources.csv ": (b"name,publisher,date\nHR,Us,yesterday\n", "jobs/sources.csv:2:date"),
    "skills.csv": (b"name\nPlanning\nPlanning\n", "jobs/skills.csv:3:name"),
    "credentials.csv": (b"name,kind\nMBA,trophy\n", "jobs/credentials.csv:2:kind"),
    "skill_levels.csv": (b"name,rank\nExpert,x\n", "jobs/skill_levels.csv:1:skill"),
    "role.csv": (b"name\nCPO\n", "jobs/role.csv"),
}  # fmt: skip

#: A YAML file of tables -> what is said.
WRONG_YAML: dict[str, tuple[str, str]] = {
    "empty": ("", "jobs.yaml"),
    "a text": ("CPO", "jobs.yaml:1"),
    "a list": ("- CPO\n- CEO\n", "jobs.yaml:1"),
    "roles as a text": ("roles: CPO\n", "jobs.yaml:1"),
    "no such table": ("rolls:\n  - name: CPO\n", "jobs.yaml:1"),
    "no such column": ("roles:\n  - name: CPO\n    colour: red\n", "jobs.yaml:3"),
    "a list as a name": ("roles:\n  - name: [CPO]\n", "jobs.yaml:2"),
    "a list deeper": ("roles:\n  - name: CPO\n    aliases: [[a]]\n", "jobs.yaml:3"),
    "a key twice": ("roles:\n  - name: CPO\n    name: CTO\n", "jobs.yaml:3"),
    "no name": ("roles:\n  - rank: 1\n", "jobs.yaml:2"),
    "a tab": ("roles:\n\t- name: CPO\n", "jobs.yaml:2: is no valid YAML: a tab"),
    "an indent too few": ("roles:\n  - name: CPO\n rank: 1\n", "jobs.yaml:3"),
    "an open bracket": ("roles: [CPO\n", "jobs.yaml:2"),
    "an open quote": ("roles:\n  - name: 'CPO\n", "jobs.yaml"),
    "a colon in a text": ("roles:\n  - name: CPO: the chief\n", "jobs.yaml:2"),
    "an anchor": ("roles: &a\n  - name: CPO\nskills: *a\n", "jobs.yaml:1"),
    "laughs": ("a: &a [x]\n" + "".join(f"{c}: &{c} [{f'*{b},' * 9}]\n" for b, c in zip("abcdefg", "bcdefgh", strict=True)), "jobs.yaml:1"),
    "an object": ("roles: !!python/object/apply:os.system ['touch owned']\n", "jobs.yaml:1"),
    "a tag": ("roles: !include other.yaml\n", "jobs.yaml:1"),
    "two documents": ("roles:\n  - name: CPO\n---\nroles: []\n", "jobs.yaml:3"),
    "a control character": ("roles:\n  - name: C\x07PO\n", "jobs.yaml:2"),
    "NUL": ("roles:\n  - name: C\0PO\n", "jobs.yaml:2"),
    "deep": ("roles: " + "[" * 5_000 + "\n", "jobs.yaml:1"),
    "merge": ("roles:\n  - <<: {name: CPO}\n", "jobs.yaml:2"),
    "JSON with a comma": ('{"roles": [{"name": "CPO"},]}}', "jobs.yaml:1"),
    "years in words": ("roles:\n  - name: CPO\n    years: three\n", "jobs.yaml:2:years"),
    "a move to nobody": ("roles:\n  - name: CPO\nmoves:\n  - {from: CPO, to: Nobody, kind: stated}\n", "jobs.yaml:4"),
    "no roles": ("skills:\n  - name: Planning\n", "jobs.yaml"),
    "roles without any": ("roles: []\n", "jobs.yaml"),
}  # fmt: skip

#: A profile -> what is said.
WRONG_PROFILES: dict[str, tuple[str | bytes, str]] = {
    "a text": ("head chef", "me.yaml:1"),
    "a list": ("- head chef\n", "me.yaml:1"),
    "no such key": ("role: head chef\nhobbies: [chess]\n", "me.yaml:2"),
    "no such role": ("role: nobody\n", "me.yaml:1"),
    "two roles of a name": ("role: PC\n", "me.yaml:1"),
    "two roles": ("role: [head chef, sous-chef]\n", "me.yaml:1"),
    "no such skill": ("skills:\n  - plating\n  - flying\n", "me.yaml:3"),
    "a skill that is a role": ("skills: [head chef]\n", "me.yaml:1"),
    "a skill that is a number": ("skills: [5]\n", "me.yaml:1"),
    "skills as a map": ("skills: {plating: expert}\n", "me.yaml:1"),
    "skills deeper": ("skills: [[plating]]\n", "me.yaml:1"),
    "no such degree": ("degrees: [PhD]\n", "me.yaml:1"),
    "no such certificate": ("certifications: [nothing]\n", "me.yaml:1"),
    "years in words": ("years: ten\n", "me.yaml:1"),
    "years below nothing": ("years: -1\n", "me.yaml:1"),
    "years without end": ("years: .inf\n", "me.yaml:1"),
    "years of no number": ("years: .nan\n", "me.yaml:1"),
    "years too many": ("years: 1e300\n", "me.yaml:1"),
    "years as a list": ("years: [1, 2]\n", "me.yaml:1"),
    "pay as a number": ("pay: 60000\n", "me.yaml:1"),
    "pay in words": ("pay: {amount: a lot, currency: USD}\n", "me.yaml:1"),
    "pay with a comma": ('pay: {amount: "60,000", currency: USD}\n', "me.yaml:1"),
    "pay without a currency": ("pay: {amount: 60000}\n", "me.yaml:1"),
    "pay in a currency that is none": ("pay: {amount: 60000, currency: dollars}\n", "me.yaml:1"),
    "pay by the fortnight": ("pay: {amount: 60000, currency: USD, per: FORTNIGHT}\n", "me.yaml:1"),
    "pay below nothing": ("pay: {amount: -5, currency: USD}\n", "me.yaml:1"),
    "pay with another key": ("pay: {amount: 5, currency: USD, bonus: 3}\n", "me.yaml:1"),
    "a key twice": ("role: head chef\nrole: sous-chef\n", "me.yaml:2"),
    "a tab": ("skills:\n\t- plating\n", "me.yaml:2:1"),
    "an anchor": ("skills: &a [plating]\ndegrees: *a\n", "me.yaml:1"),
    "an object": ("role: !!python/object/apply:os.system ['touch owned']\n", "me.yaml:1"),
    "two documents": ("role: head chef\n---\nrole: sous-chef\n", "me.yaml:2"),
    "Latin-1": ("role: pâtissier\n".encode("latin-1"), "me.yaml"),
    "UTF-16": ("role: head chef\n".encode("utf-16"), "me.yaml"),
    "NUL": (b"role: head\0chef\n", "me.yaml:1"),
    "an escape": (b"role: \x1b[31mchef\n", "me.yaml:1"),
    "a workbook": (b"PK\x03\x04" + bytes(60), "me.yaml"),
    "deep": ("skills: " + "[" * 5_000, "me.yaml:1"),
    "500 mistakes": ("skills:\n" + "".join(f"  - thing {n}\n" for n in range(500)), "more problems"),
    "long": ("role: " + "x" * 200_000 + "\n", "me.yaml"),
}  # fmt: skip


def _zip(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _imported(name: str, source: str, files: dict[str, Content], says: str, *more: str) -> Case:
    return Case(f"table: {name}", ("import", "table", source, "-o", "out.ttl", *more), says, files=files)


def _cases() -> Iterator[Case]:
    for name, (content, says) in WRONG_ROLES.items():
        yield _imported(f"roles, {name}", "jobs", {"jobs/roles.csv": content}, says)
    for name, (content, says) in WRONG_BESIDE.items():
        files: dict[str, Content] = {"jobs/roles.csv": ROLES, f"jobs/{name.strip()}": content}
        yield _imported(f"{name.strip()} {content.splitlines()[-1]!r}", "jobs", files, says)
    for name, (text, says) in WRONG_YAML.items():
        yield _imported(f"YAML, {name}", "jobs.yaml", {"jobs.yaml": text.encode()}, says)
    whole = _zip({"roles.csv": ROLES})
    yield _imported("a zip archive cut off", "jobs.zip", {"jobs.zip": whole[:-30]}, "jobs.zip")
    yield _imported("a zip archive without roles", "jobs.zip", {"jobs.zip": _zip({"x.csv": b""})}, "jobs.zip")
    yield _imported(
        "a zip archive with a bad row",
        "jobs.zip",
        {"jobs.zip": _zip({"roles.csv": b"name,years\nCPO,x\n"})},
        "roles.csv:2:years",
    )
    yield _imported("no folder", "jobs", {}, "jobs: No such file")
    yield _imported("an empty folder", "jobs", {"jobs/.keep": b""}, "jobs")
    yield _imported("a workbook", "jobs.xlsx", {"jobs.xlsx": whole}, "jobs.xlsx")
    yield _imported("no such layout", "jobs", {"jobs/roles.csv": ROLES}, "nowhere", "--layout", "nowhere")
    yield _imported(
        "a layout that is none",
        "jobs",
        {"jobs/roles.csv": ROLES, "l.yaml": b"x: 1\n"},
        "l.yaml",
        "--layout",
        "l.yaml",
    )
    yield _imported(
        "a base that is no IRI", "jobs", {"jobs/roles.csv": ROLES}, "base", "--base", "not an iri"
    )
    yield _imported("a name of signs", "jobs", {"jobs/roles.csv": ROLES}, "name", "--name", "///")
    for name, (content, says) in WRONG_PROFILES.items():
        text = content if isinstance(content, bytes) else content.encode()
        yield Case(f"profile: {name}", ("profile", "me.yaml", "--data", WORLD), says, files={"me.yaml": text})
    for command in (("path", "head chef"), ("gap", "head chef")):
        files = {"me.yaml": b"role: nobody\n"}
        yield Case(
            f"profile: of {command[0]}",
            (*command, "--have", "me.yaml", "--data", WORLD),
            "me.yaml:1",
            files=files,
        )
        yield Case(
            f"profile: none of {command[0]}",
            (*command, "--have", "no.yaml", "--data", WORLD),
            "no.yaml: No such file",
        )
        yield Case(
            f"profile: no role, {command[0]}",
            (*command, "--have", "me.yaml", "--data", WORLD),
            "",
            files={"me.yaml": b"years: 3\n"},
        )
    turtle = b"@prefix rg: <https://w3id.org/rolegraph/> .\n"
    for name, content in {
        "broken": turtle + b"[] a rg:Profile",
        "none in it": turtle,
        "two in it": turtle + b"[] a rg:Profile . [] a rg:Profile .",
        "of a role that is a text": turtle + b'[] a rg:Profile ; rg:currentRole "chef" .',
        "of years in words": turtle + b'[] a rg:Profile ; rg:yearsOfExperience "ten" .',
    }.items():
        yield Case(
            f"profile: Turtle, {name}",
            ("profile", "me.ttl", "--data", WORLD),
            "me.ttl",
            files={"me.ttl": content},
        )
    yield Case("profile: no ending", ("profile", "me", "--data", WORLD), "me", files={"me": b"role: x\n"})
    yield Case(
        "profile: a folder", ("profile", "me.yaml", "--data", WORLD), "me.yaml", files={"me.yaml/x": b""}
    )


CASES = [*_cases()]
