"""What a file holds: itself, what was packed into it, or the sheets of a workbook. Nothing is trusted that it says of itself."""

import gzip
import os
import shutil
import time
import zipfile
import zlib
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import IO, cast

from analytics.errors import Refused
from analytics.ingest import workbook
from analytics.ingest.scan import CHUNK

Tables = list[tuple[str, Path]]
# Tables of text pack twenty to sixty times smaller, an attack a thousand times.
MOST_TIMES_SMALLER = 200
ALWAYS_ALLOWED = 100 * 1024 * 1024
KEPT_FREE = 500 * 1024 * 1024
LARGEST_WORKBOOK = 2 * 1024 * 1024 * 1024
MOST_MEMBERS = 500
# what systems add to an archive unasked
CLUTTER = ("thumbs.db", "desktop.ini", "__macosx")
GZIP, ZIP, OLD_OFFICE = b"\x1f\x8b", (b"PK\x03\x04", b"PK\x05\x06"), b"\xd0\xcf\x11\xe0"
FAULTS = (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError, ValueError)


def unpack(path: Path, work: Path, name: str | None = None) -> Tables:
    """The tables of a file, each with the name to show and the path to import: of a plain file, the file itself.

    `name` is what the user calls the file. What is unpacked lies in `work` and keeps the archive's own times. Raises
    Refused for what cannot be unpacked safely, and for a workbook without a filled sheet.
    """
    shown = name or path.name
    if not path.is_file():
        raise Refused(f"There is no file {shown}. Check the name and the folder.")
    if path.stat().st_size == 0:
        raise Refused(f"{shown} is empty (0 bytes). Export it again; the download may have been interrupted.")
    start = _start(path)
    if start.startswith(GZIP):
        inner = _ungzipped(path, shown, work)
        if _start(inner).startswith(GZIP) or _is_zip(inner):
            raise Refused(f"{shown} holds another archive. Unpack it first, and drop what is in it.")
        return unpack(inner, work, shown.removesuffix(".gz") if shown.endswith(".gz") else inner.name)
    if start.startswith(ZIP):
        return _unzipped(path, shown, work)
    if start.startswith(OLD_OFFICE):
        raise Refused(_old_office(path, shown))
    return [(shown, path)]


def _start(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(8)


def _is_zip(path: Path) -> bool:
    """Whether a file is a zip archive and no workbook, which is one inside."""
    return _start(path).startswith(ZIP) and _kind(path) == "archive"


def _kind(path: Path) -> str:
    with suppress(*FAULTS), zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        if "xl/workbook.xml" in names:
            return "workbook"
        if "xl/workbook.bin" in names:
            return "a binary Excel workbook (xlsb)"
        if "word/document.xml" in names:
            return "a Word document"
        if "mimetype" in names and "content.xml" in names:
            return "an OpenDocument file"
        if "Index/Document.iwa" in names:
            return "a Numbers or Pages document"
    return "archive"


def _unzipped(path: Path, shown: str, work: Path) -> Tables:
    kind = _kind(path)
    if kind not in ("archive", "workbook"):
        raise Refused(f"{shown} is {kind}. Save it as .xlsx or export it as CSV, and drop that file.")
    try:
        with zipfile.ZipFile(path) as archive:
            members = _members(archive, shown)
            if kind == "workbook":
                return _sheets(archive, path, shown, work)
            files = _extracted(archive, members, shown, work)
    except FAULTS as error:
        raise Refused(
            f"{shown} cannot be unpacked as an archive or an Excel workbook ({_why(error)}). Download it again."
        ) from error
    if not files:
        raise Refused(f"{shown} is an archive with no file in it. Export it again.")
    return [table for name, file in files for table in _member_tables(file, name, shown, work)]


def _member_tables(file: Path, name: str, shown: str, work: Path) -> Tables:
    if _is_zip(file):
        raise Refused(f"{shown} holds another archive ({name}). Unpack it first, and drop what is in it.")
    return unpack(file, work, name)


def _members(archive: zipfile.ZipFile, shown: str) -> list[zipfile.ZipInfo]:
    """The files of an archive, once nothing about it is suspicious."""
    members = [each for each in archive.infolist() if not each.is_dir() and not _is_clutter(each.filename)]
    if any(each.flag_bits & 1 for each in members):
        raise Refused(f"{shown} is protected by a password. Unpack it yourself, and drop what is in it.")
    for each in members:
        parts = PurePosixPath(each.filename.replace("\\", "/")).parts
        if each.filename.startswith(("/", "\\")) or ".." in parts or ":" in parts[0]:
            raise Refused(
                f"{shown} holds a file that would be written outside of it ({each.filename}). It was not opened."
            )
    if len(members) > MOST_MEMBERS:
        raise Refused(
            f"{shown} holds {len(members):,} files; at most {MOST_MEMBERS} are taken at once. Unpack it first."
        )
    return members


def _is_clutter(name: str) -> bool:
    parts = PurePosixPath(name.lower().replace("\\", "/")).parts
    return not parts or parts[0] in CLUTTER or parts[-1] in CLUTTER or parts[-1].startswith(".")


def _sheets(archive: zipfile.ZipFile, path: Path, shown: str, work: Path) -> Tables:
    """A workbook's sheets, once its parts have been unpacked to nowhere: its library would take any size into memory."""
    budget = Budget(path, shown, work)
    for each in archive.infolist():
        with archive.open(each) as part:
            while chunk := part.read(CHUNK):
                budget.take(len(chunk))
    if budget.taken > LARGEST_WORKBOOK:
        raise Refused(f"{shown} is too large for a workbook. Save each sheet as CSV, and drop those files.")
    tables = workbook.sheets(path, shown, work)
    _keep_time((file for _, file in tables), path.stat().st_mtime)
    return tables


class Budget:
    """How much a packed file may still become: no more than a table would, nor than the disk holds."""

    def __init__(self, path: Path, shown: str, work: Path) -> None:
        self.shown, self.taken = shown, 0
        self.allowed = max(ALWAYS_ALLOWED, path.stat().st_size * MOST_TIMES_SMALLER)
        self.free = shutil.disk_usage(work).free - KEPT_FREE

    def take(self, size: int) -> None:
        """Count what was unpacked; raises Refused as soon as it is too much."""
        self.taken += size
        if self.taken > self.allowed:
            raise Refused(
                f"{self.shown} becomes more than {MOST_TIMES_SMALLER} times larger when unpacked, as no table does. "
                "It was not opened. If you trust it, unpack it yourself and drop what is in it."
            )
        if self.taken > self.free:
            raise Refused(
                f"{self.shown} needs more space than the disk has left when unpacked. Free some and try again."
            )


def _copy(source: IO[bytes], target: Path, budget: Budget) -> None:
    with target.open("wb") as out:
        while chunk := source.read(CHUNK):
            budget.take(len(chunk))
            out.write(chunk)


def _extracted(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], shown: str, work: Path) -> Tables:
    budget, files = Budget(Path(archive.filename or ""), shown, work), []
    names = [PurePosixPath(each.filename).name for each in members]
    for each, name in zip(members, names, strict=True):
        target = _place(name, work)
        with archive.open(each) as source:
            _copy(source, target, budget)
        with suppress(ValueError, OverflowError):
            _keep_time([target], time.mktime((*each.date_time, 0, 0, -1)))
        # of two files with one name, which folder each is from
        files.append((name if names.count(name) == 1 else each.filename, target))
    return files


def _ungzipped(path: Path, shown: str, work: Path) -> Path:
    target = _place(shown.removesuffix(".gz"), work)
    try:
        with gzip.open(path) as packed:
            _copy(cast(IO[bytes], packed), target, Budget(path, shown, work))
    except FAULTS as error:
        raise Refused(
            f"{shown} cannot be unpacked as an archive or an Excel workbook ({_why(error)}). Download it again."
        ) from error
    _keep_time([target], path.stat().st_mtime)
    return target


def _place(name: str, work: Path) -> Path:
    """Where a file is unpacked to: a folder of its own, so that its name decides nothing."""
    folder = work / os.urandom(4).hex()
    folder.mkdir()
    return folder / workbook.plain_name(name)


def _keep_time(files: Iterable[Path], moment: float) -> None:
    for file in files:
        os.utime(file, (moment, moment))


def _why(error: BaseException) -> str:
    return str(error).strip().rstrip(".") or "it is damaged"


def _old_office(path: Path, shown: str) -> str:
    with path.open("rb") as file:
        # the table of contents stands anywhere in such a file
        is_locked = any(
            "EncryptedPackage".encode("utf-16-le") in chunk for chunk in iter(lambda: file.read(CHUNK), b"")
        )
    if is_locked:
        return f"{shown} is protected by a password. Save it without one, or as CSV, and drop that file."
    return f"{shown} is an old Excel workbook (xls). Open it, save it as .xlsx or CSV, and drop that file."
