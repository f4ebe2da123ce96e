"""Named mutations of a SEF by somebody clever: the standard library and PyNaCl, nothing of ours.

Each takes a laptop's private folder and a SEF folder, and changes something in one of them.
"""

import base64
import gzip
import hashlib
import json
import re
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nacl.signing import SigningKey


def lines_of(segment: Path) -> list[bytes]:
    return gzip.decompress(segment.read_bytes()).split(b"\n")[:-1]


def header_of(line: bytes) -> dict[str, Any]:
    return json.loads(line.split(b" ", 2)[1])


def write_segment(segment: Path, lines: list[bytes]) -> Path:
    """The lines as a segment whose name and hash are right: only its content lies."""
    data = gzip.compress(b"".join(line + b"\n" for line in lines), mtime=0)
    log, first, _, _ = segment.stem.split("-")
    name = f"{log}-{first}-{int(first) + len(lines) - 1}-{hashlib.sha256(data).hexdigest()[:32]}"
    segment.unlink()
    target = segment.with_name(name + ".seg")
    target.write_bytes(data)
    return target


def segments(sef: Path) -> list[Path]:
    """The segments with the most entries first."""
    return sorted((sef / "log").glob("*.seg"), key=lambda path: -len(lines_of(path)))


def key_of(home: Path, name: str) -> SigningKey:
    """The secret key of somebody of this laptop, as it lies in an unprotected file."""
    for file in (home / "people").glob("*.json"):
        person = json.loads(file.read_text("utf-8"))
        if person["name"] == name:
            seed = file.with_suffix(".key").read_text("utf-8").split()[-1]
            return SigningKey(bytes.fromhex(seed))
    raise LookupError(name)


def canonical(value: object) -> bytes:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def signed(key: SigningKey, header: dict[str, Any], body: bytes) -> bytes:
    data = canonical(header)
    signature = base64.b64encode(key.sign(data).signature)
    return b" ".join((signature, data, body))


def find_sign_off(sef: Path) -> tuple[Path, int]:
    """The segment with the sign-off, and which line it is."""
    for segment in segments(sef):
        for number, line in enumerate(lines_of(segment)):
            if header_of(line)["kind"] == "sign":
                return segment, number
    raise LookupError("no sign-off")


# -- the mutations


def renamed(home: Path, sef: Path, other: Path) -> None:
    segment = segments(sef)[0]
    segment.rename(segment.with_name("f" * 32 + segment.name[32:]))


def truncated(home: Path, sef: Path, other: Path) -> None:
    segment = segments(sef)[0]
    segment.write_bytes(segment.read_bytes()[:-20])


def bit_flipped(home: Path, sef: Path, other: Path) -> None:
    segment = segments(sef)[0]
    data = bytearray(segment.read_bytes())
    data[len(data) // 2] ^= 4
    segment.write_bytes(bytes(data))


def bit_flipped_in_the_gzip_head(home: Path, sef: Path, other: Path) -> None:
    """A byte that gzip's own check doesn't cover."""
    segment = segments(sef)[0]
    data = bytearray(segment.read_bytes())
    data[9] ^= 1
    segment.write_bytes(bytes(data))


def entry_dropped(home: Path, sef: Path, other: Path) -> None:
    segment = segments(sef)[0]
    lines = lines_of(segment)
    del lines[1]
    write_segment(segment, lines)


def entries_reordered(home: Path, sef: Path, other: Path) -> None:
    segment = segments(sef)[0]
    lines = lines_of(segment)
    lines[1], lines[2] = lines[2], lines[1]
    write_segment(segment, lines)


def re_signed(home: Path, sef: Path, other: Path) -> None:
    """The lead's entry under the signature of another person who is admitted, too."""
    segment = segments(sef)[0]
    lines = lines_of(segment)
    _, header, body = lines[1].split(b" ", 2)
    lines[1] = signed(key_of(home, "Health"), json.loads(header), body)
    write_segment(segment, lines)


def words_changed(home: Path, sef: Path, other: Path) -> None:
    """A title changed inside an entry, its hash made right, the signature left as it was."""
    segment = segments(sef)[0]
    lines = lines_of(segment)
    signature, header, body = lines[1].split(b" ", 2)
    body = re.sub(rb'"title":"[^"]', b'"title":"X', body)
    fields = json.loads(header)
    fields["bh"] = hashlib.sha256(body).hexdigest()
    lines[1] = b" ".join((signature, canonical(fields), body))
    write_segment(segment, lines)


def sign_off_copied_to_another_section(home: Path, sef: Path, other: Path) -> None:
    """The reviewer's sign-off with another section's id in it, hash made right."""
    segment, number = find_sign_off(sef)
    lines = lines_of(segment)
    signature, header, body = lines[number].split(b" ", 2)
    fields, inside = json.loads(header), json.loads(body)
    section = inside["ops"][0]["fields"]["section"]
    elsewhere = section[:-1] + ("a" if section[-1] != "a" else "b")
    body = body.replace(section.encode(), elsewhere.encode())
    fields |= {"bh": hashlib.sha256(body).hexdigest(), "obj": elsewhere}
    lines[number] = b" ".join((signature, canonical(fields), body))
    write_segment(segment, lines)


def sign_off_copied_to_another_sef(home: Path, sef: Path, other: Path) -> None:
    """The reviewer's whole log laid into another SEF's folder."""
    segment, _ = find_sign_off(sef)
    (other / "log" / segment.name).write_bytes(segment.read_bytes())


def sign_off_under_another_key(home: Path, sef: Path, other: Path) -> None:
    """The reviewer's sign-off put at the end of an author's own log, well signed by the author."""
    segment, number = find_sign_off(sef)
    source_header, source_body = lines_of(segment)[number].split(b" ", 2)[1:]
    key = key_of(home, "Health")
    target = next(
        s
        for s in segments(sef)
        if header_of(lines_of(s)[0]).get("key") == bytes(key.verify_key).hex()
    )
    lines = lines_of(target)
    last = lines[-1].split(b" ", 2)[1]
    before, copied = json.loads(last), json.loads(source_header)
    inside = json.loads(source_body)
    inside["ops"][0]["fields"]["digest"] = "0" * 64
    body = canonical(inside)
    fields = {
        **{name: value for name, value in before.items() if name not in ("key", "random")},
        "n": before["n"] + 1,
        "prev": hashlib.sha256(last).hexdigest(),
        "seen": {},
        "lam": before["lam"] + 1,
        "kind": "sign",
        "obj": copied["obj"],
        "bh": hashlib.sha256(body).hexdigest(),
    }
    write_segment(target, [*lines, signed(key, fields, body)])


def vault_byte(home: Path, sef: Path, other: Path) -> None:
    _flip(next(path for path in (home / "vault").glob("??/*")))


def folder_file_byte(home: Path, sef: Path, other: Path) -> None:
    _flip(next(path for path in (sef / "evidence").glob("??/*")))


def stored_text(home: Path, sef: Path, other: Path) -> None:
    _sql(home, sef, "UPDATE text SET text = replace(text, 'long', 'short')")


def stored_body(home: Path, sef: Path, other: Path) -> None:
    _sql(home, sef, "UPDATE entry SET body = replace(body, 'S01', 'S02') WHERE n = 2")


def stored_role(home: Path, sef: Path, other: Path) -> None:
    _sql(home, sef, "UPDATE signing SET reviewer = 1 - reviewer")


def stored_entry_gone(home: Path, sef: Path, other: Path) -> None:
    _sql(home, sef, "DELETE FROM entry WHERE kind = 'sign'")


def _sql(home: Path, sef: Path, statement: str) -> None:
    identity = json.loads((sef / "sef.json").read_text("utf-8"))["sef"]
    database = sqlite3.connect(home / "sefs" / identity / "replica.sqlite")
    changed = database.execute(statement).rowcount
    database.commit()
    database.close()
    assert changed > 0, statement


def _flip(file: Path) -> None:
    file.chmod(file.stat().st_mode | stat.S_IWRITE)
    data = bytearray(file.read_bytes())
    data[-1] ^= 1
    file.write_bytes(bytes(data))


IN_THE_FOLDER: tuple[Callable[[Path, Path, Path], None], ...] = (
    renamed,
    truncated,
    bit_flipped,
    bit_flipped_in_the_gzip_head,
    entry_dropped,
    entries_reordered,
    re_signed,
    words_changed,
    sign_off_copied_to_another_section,
    sign_off_under_another_key,
    folder_file_byte,
)
ON_THE_LAPTOP: tuple[Callable[[Path, Path, Path], None], ...] = (
    vault_byte,
    stored_text,
    stored_body,
    stored_role,
    stored_entry_gone,
)
