"""What other people publish, read row by row: files in folders, in zip archives or alone, and gzipped ones.

A release may come from anywhere. Nothing is unpacked to disk; a cell has a longest length, and so has what an
archive may unpack to; a fault is an error that names the file, and the line where there is one.
"""

from __future__ import annotations

import csv
import errno
import io
import re
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from operator import itemgetter
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from rolegraph.errors import SourceError
from rolegraph.file_guard import check_kind, marked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Self

    #: Is told the file that is being read, how many bytes of the release are read, and how many there are.
    Watch = Callable[[str, int, int], None]

    #: The cells of the columns that were asked for, in that order.
    Row = tuple[str, ...]

#: Longest cell, and longest line of a tab-separated file, in characters.
LONGEST_CELL = 1_000_000

#: Most bytes that one file may unpack to, and how many times its packed size beyond the first 50 MB.
LARGEST_FILE = 2_000_000_000
MOST_UNPACKED, UNPACKED_FREE = 200, 50_000_000

_LONG_LINE = re.compile(rb"[^\n]{%d}" % (LONGEST_CELL + 1))
_TOO_LONG = f"the line is longer than {LONGEST_CELL:,} bytes"

#: How often a watch is told: after so many bytes.
_STEP = 1 << 18


@dataclass(frozen=True)
class Member:
    """One file of a release: its name, what messages call it, and its size in bytes."""

    name: str
    place: str
    size: int
    packed: int
    open_raw: Callable[[], IO[bytes]]


@dataclass
class Release:
    """The files of a release by name; names are compared without regard to case.

    Make one with `open_release`. Use it as a context manager: leaving closes the files and the archives.
    """

    sources: tuple[Path, ...]
    members: dict[str, Member]
    watch: Watch | None = None
    done: int = 0
    archives: list[zipfile.ZipFile] = field(default_factory=list)
    opened: list[io.RawIOBase] = field(default_factory=list)
    csv_limit: int = LONGEST_CELL

    def __enter__(self) -> Self:
        # Python has one limit for the whole process. It is moved for as long as the release is open.
        self.csv_limit = csv.field_size_limit(LONGEST_CELL)
        return self

    def __exit__(self, *_: object) -> None:
        csv.field_size_limit(self.csv_limit)
        for file in self.opened:
            file.close()
        for archive in self.archives:
            archive.close()

    @property
    def place(self) -> str:
        """What to call the release as a whole in a message."""
        return ", ".join(map(str, self.sources))

    @property
    def size(self) -> int:
        """The bytes of all files, unpacked."""
        return sum(member.size for member in self.members.values())

    def names(self) -> list[str]:
        """Give the names of the files, sorted."""
        return sorted(member.name for member in self.members.values())

    def has(self, name: str) -> bool:
        """Tell whether there is a file of this name."""
        return name.casefold() in self.members

    def member(self, name: str) -> Member:
        """Give the file of this name.

        Raises SourceError that names the files that are there.
        """
        found = self.members.get(name.casefold())
        if found is None:
            there = ", ".join(self.names()[:12]) + (" ..." if len(self.members) > 12 else "")  # noqa: PLR2004
            raise SourceError(self.place, f"holds no file {name}; it holds: {there or 'no files'}")
        return found

    def open(self, name: str) -> IO[bytes]:
        """Open a file for reading bytes, with the limits of this module and with progress told."""
        member = self.member(name)
        try:
            raw: io.RawIOBase = _Bounded(member, member.open_raw(), self)
            self.opened.append(raw)
            return io.BufferedReader(raw, _STEP)
        except OSError as error:
            raise SourceError(member.place, _of_system(error)) from error
        except _damages() as error:
            raise SourceError(member.place, f"cannot be unpacked ({_in_short(error)})") from error

    def csv(self, name: str, *, delimiter: str = ",") -> Sheet:
        """Give a table in CSV (RFC 4180: cells may be quoted and then hold line ends)."""
        return Sheet(self, self.member(name), delimiter, quoted=True)

    def tsv(self, name: str) -> Sheet:
        """Give a table whose cells are separated by tabs and never quoted, one row a line."""
        return Sheet(self, self.member(name), "\t", quoted=False)


def open_release(
    sources: str | Path | Sequence[str | Path],
    endings: Sequence[str],
    watch: Watch | None = None,
    *,
    by_path: bool = False,
) -> Release:
    """Find the files with these endings (".csv", ".txt") in folders, zip archives and files.

    An ending may be followed by .gz. A folder is searched with the folders and the zip archives in it; of an
    archive every folder counts. watch: is told how much is read. by_path: files go by their paths below the
    source, so that those of several folders may have one name.

    Raises SourceError when there is no such file, an archive is damaged, or two files have one name.
    """
    several = [sources] if isinstance(sources, (str, Path)) else sources
    release = Release(tuple(map(Path, several)), {}, watch)
    for source in release.sources:
        for file in _files(source):
            found = _unzipped(file, release) if file.suffix.lower() == ".zip" else [_alone(file)]
            for member in found:
                if by_path:
                    member = _by_path(member, file, source)  # noqa: PLW2901
                if member.name.lower().endswith(tuple(endings)):
                    _take(release, member)
    if not release.members:
        raise SourceError(release.place, f"holds no file that ends in {' or '.join(endings)}")
    return release


def _take(release: Release, member: Member) -> None:
    known = release.members.setdefault(member.name.casefold(), member)
    if known is not member:
        raise SourceError(member.place, f"has the name of another file of this release, {known.place}")


def _by_path(member: Member, file: Path, source: Path) -> Member:
    """Name a file of a release by its path: in its folder, its archive or both."""
    path = file.relative_to(source).as_posix() if source.is_dir() else file.name
    if file.suffix.lower() == ".zip":
        path = f"{path}/{member.place.partition(': ')[2]}"
    elif path.lower().endswith(".gz"):
        path = path[:-3]
    return replace(member, name=path)


def _files(source: Path) -> list[Path]:
    if not source.exists():
        raise SourceError(source, "No such file or directory")
    if not source.is_dir():
        check_kind(source)
        return [source]
    return sorted(file for file in source.rglob("*") if file.is_file() and not file.name.startswith("."))


def _alone(file: Path) -> Member:
    size = file.stat().st_size
    if file.suffix.lower() != ".gz":
        return Member(file.name, str(file), size, size, lambda: file.open("rb"))

    def unpack() -> IO[bytes]:
        import gzip  # noqa: PLC0415 - only compressed files need it

        return cast("IO[bytes]", gzip.open(file))

    return Member(file.name[:-3], str(file), size * 5, size, unpack)


def _unzipped(file: Path, release: Release) -> list[Member]:
    try:
        archive = zipfile.ZipFile(file)
    except OSError as error:
        raise SourceError(file, error.strerror or str(error)) from error
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise SourceError(file, f"is no zip archive that can be read ({_in_short(error)})") from error
    release.archives.append(archive)
    return [
        Member(
            info.filename.rpartition("/")[2],
            f"{file}: {info.filename}",
            info.file_size,
            info.compress_size,
            lambda info=info: archive.open(info),  # type: ignore[misc]
        )
        for info in archive.infolist()
        # A file without a name is nobody's; it is asked first, as `is_dir` looks at the last letter.
        if info.filename and not info.is_dir() and not info.filename.startswith("__MACOSX/")
    ]


def _damages() -> tuple[type[Exception], ...]:
    """Give the errors that unpacking ends with where an archive is damaged, or not to be unpacked here.

    ValueError: a name in the archive that is no UTF-8.
    """
    known = (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, ValueError, zlib.error)
    try:
        from lzma import LZMAError  # noqa: PLC0415 - only a damaged archive needs it
    except ImportError:  # a Python that was built without it unpacks no such archive
        return known
    return (*known, LZMAError)


def _in_short(error: Exception) -> str:
    """Say what is wrong with a packed file; of one that has a password, Python shows all it knows."""
    if "password" in str(error):
        return "it is encrypted; unpack it first, and give the folder"
    if isinstance(error, UnicodeDecodeError):
        return "a name in it is no UTF-8"
    return str(error) or "it ends too early"


def _of_system(error: OSError) -> str:
    """Say why the system, or a module that unpacks, cannot read a file.

    A place that no file has is what a damaged archive names; the system calls that an invalid argument.
    """
    if error.strerror is None or error.errno == errno.EINVAL:
        return f"is damaged: {'there is no such place in the archive' if error.strerror else error}"
    return error.strerror


class _Bounded(io.RawIOBase):
    """The bytes of a member; more than it may hold, or a damaged one, is an error that names it."""

    def __init__(self, member: Member, raw: IO[bytes], release: Release) -> None:
        self.member, self.raw, self.release = member, raw, release
        self.given = self.told = 0
        self.most = min(LARGEST_FILE, UNPACKED_FREE + MOST_UNPACKED * member.packed)

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        self.raw.close()
        super().close()

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        try:
            data = self.raw.read(len(buffer))
        except OSError as error:
            raise SourceError(self.member.place, _of_system(error)) from error
        except _damages() as error:
            raise SourceError(self.member.place, f"is damaged: {_in_short(error)}") from error
        buffer[: len(data)] = data
        self.given += len(data)
        if self.given > self.most:
            reason = f"unpacks to more than {self.most:,} bytes, which no release does; nothing of it is read"
            raise SourceError(self.member.place, reason)
        self._tell(len(data))
        return len(data)

    def _tell(self, count: int) -> None:
        self.release.done += count
        self.told += count
        if self.release.watch and (self.told >= _STEP or not count):
            self.told = 0
            self.release.watch(self.member.name, self.release.done, self.release.size)


def _tells_separator(cells: Row) -> bool:
    """Tell whether a line only says to Excel what separates the cells: `sep=;`, split at that very mark.

    >>> _tells_separator(("sep=", "")), _tells_separator(("sep=", "name"))
    (True, False)
    """
    return bool(cells) and cells[0].casefold() == "sep=" and not any(cells[1:])


class Sheet:
    """One table of a release, read row by row.

    header: the names of its columns. top: its line, which is the first but for the line that Excel may begin
    with (`sep=;`). line: where the row that was given last begins. count: the rows given.
    """

    def __init__(self, release: Release, member: Member, delimiter: str, *, quoted: bool) -> None:
        self.name, self.place = member.name, member.place
        self.line = 1
        self.count = 0
        self._lines = _Lines(self, release.open(member.name))
        self._split = self._quoted(delimiter) if quoted else self._unquoted(delimiter)
        self.header: Row = tuple(name.strip() for name in next(self._split, ()))
        if quoted and _tells_separator(self.header):
            self.header = tuple(name.strip() for name in next(self._split, ()))
        self.top = self.line
        twice = {name for name, count in Counter(self.header).items() if name and count > 1}
        if not any(self.header):
            raise self.error("is empty: there is no line with the names of the columns")
        if twice:
            raise self.error(f"two columns are called {min(twice)!r}")

    def error(self, reason: str, *, column: str = "") -> SourceError:
        """Give an error that names the file, the line of the row that was given last, and the column."""
        return SourceError(self.place, f"{column}: {reason}" if column else reason, line=self.line)

    def rows(
        self,
        columns: Iterable[str],
        *,
        ragged: bool = False,
        told: Callable[[SourceError], None] | None = None,
    ) -> Iterator[Row]:
        """Give the cells of these columns of every row; blank lines are passed over.

        ragged: cells may be missing at the end of a row; they are taken as empty. told: is told of every row
        that has more or fewer cells than it may; such a row is counted, and then passed over.

        Raises SourceError when a column is missing, or for a row with more or fewer cells than the header
        that nobody is told of.
        """
        wanted = tuple(columns)
        for name in wanted:
            if name not in self.header:
                self.line = self.top
                raise self.error(self._missing(name))
        width = len(self.header)
        places = [self.header.index(name) for name in wanted]
        take = itemgetter(*places) if len(places) > 1 else lambda cells: tuple(cells[n] for n in places)
        for cells in self._split:
            if len(cells) != width:
                if not any(cell.strip() for cell in cells):
                    continue
                if ragged and len(cells) < width:
                    cells = [*cells, *[""] * (width - len(cells))]  # noqa: PLW2901 - the row as it is meant
                else:
                    reason = f"the row has {len(cells)} cells, and the first line names {width} columns"
                    if told is None:
                        raise self.error(reason)
                    self.count += 1
                    told(self.error(reason))
                    continue
            self.count += 1
            yield take(cells)

    def _unquoted(self, delimiter: str) -> Iterator[Sequence[str]]:
        for number, line in enumerate(self._lines, 1):
            self.line = number
            yield line.rstrip("\r\n").split(delimiter)

    def _quoted(self, delimiter: str) -> Iterator[Sequence[str]]:
        reader = csv.reader(self._lines, delimiter=delimiter, strict=True)
        first = 1
        try:
            for cells in reader:
                self.line, first = first, reader.line_num + 1
                yield cells
        except csv.Error as error:
            self.line = first
            raise self.error(_plain(str(error))) from error

    def _missing(self, name: str) -> str:
        near = get_close_matches(name, self.header, 1)
        hint = f"; is {near[0]!r} meant? The" if near else "; the"
        return f"there is no column {name!r}{hint} columns are: {', '.join(self.header)}"


class _Lines:
    """The lines of a file as text, none longer than a cell may be; lines end with LF or CR LF.

    Many are read and decoded at once, which is several times as quick as one by one.
    """

    def __init__(self, sheet: Sheet, binary: IO[bytes]) -> None:
        self.sheet, self.binary = sheet, binary
        self.given = 0

    def __iter__(self) -> Iterator[str]:
        rest = b""
        with self.binary:
            while part := self.binary.read(_STEP):
                if not self.given and not rest:
                    part = self._unmarked(part)
                whole, end, rest = (rest + part).rpartition(b"\n")
                yield from self._lines(whole + end)
                if len(rest) > LONGEST_CELL:
                    raise self._error(_TOO_LONG)
            yield from self._lines(rest)

    def _lines(self, block: bytes) -> Iterator[str]:
        """Give some lines, as far as nothing is wrong with them."""
        wrong = _fault(block)
        sound = block if wrong is None else block[: block.rfind(b"\n", 0, wrong[0]) + 1]
        yield from io.StringIO(sound.decode(), newline="\n")
        self.given += sound.count(b"\n")
        if wrong is not None:
            raise self._error(wrong[1])

    def _unmarked(self, line: bytes) -> bytes:
        if wrong := marked(line):
            raise self._error(wrong)
        return line.removeprefix(b"\xef\xbb\xbf")

    def _error(self, reason: str) -> SourceError:
        """Give an error in the line behind those that were given."""
        self.sheet.line = self.given + 1
        return self.sheet.error(reason)


def _fault(block: bytes) -> tuple[int, str] | None:
    """Find what is wrong in some lines: at which byte, and what to say of it."""
    faults = []
    try:
        block.decode()
    except UnicodeDecodeError as error:
        wrong = block[error.start : error.start + 1].hex()
        reason = f"the byte 0x{wrong} is no UTF-8; save the file as UTF-8 (in Excel: CSV UTF-8)"
        faults.append((error.start, reason))
    if (nul := block.find(b"\0")) >= 0:
        faults.append((nul, "there is a NUL character, which no text has"))
    if len(block) > LONGEST_CELL and (long := _LONG_LINE.search(block)):
        faults.append((long.start(), _TOO_LONG))
    return min(faults, default=None)


def _plain(message: str) -> str:
    if "field larger" in message:
        return f"a cell is longer than {LONGEST_CELL:,} characters; is a quotation mark never closed?"
    if "unexpected end" in message:
        return "a quotation mark is opened here and never closed"
    if "new-line character seen" in message:
        return "a line ends in a carriage return alone, as on old Macs; save the file with other line ends"
    if "expected after" in message:
        return "a quotation mark stands inside a quoted cell; write it twice"
    return message
