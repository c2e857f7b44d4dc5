"""Bytes → text, in any encoding that occurs in practice."""

from __future__ import annotations

import codecs
import re
from collections import Counter

SAMPLE = 65_536
"""Bytes looked at to tell an encoding, or text from noise."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"SQLite format 3\x00", "a SQLite database"),
    (b"OggS", "a sound file"),
    (b"ID3", "a sound file"),
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b")) + b"\x7f"
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]{2,40})|<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w:.-]{2,40})""",
    re.IGNORECASE,
)
_HIGH = bytes(range(0x80, 0x100))
_LONE = re.compile(rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])")
_UNDEFINED_IN_1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")


Decoded = tuple[str | None, str]
"""The text of some bytes (None where they are not text), and a remark: why they are not, or what
of them could not be decoded. The remark is empty where nothing was wrong."""


def decode(data: bytes, *, declared: bool = False) -> Decoded:
    """The text of a file. Never raises.

    A byte-order mark is part of the encoding: it is dropped and no offset counts it. UTF-8 comes
    first; with `declared`, a charset that the page itself declares comes next; then UTF-16 by its
    pattern of zero bytes, cp1252 or Latin-1 where nearly all letters are ASCII, and
    charset-normalizer for the rest. NULs and other control characters of a file that is otherwise
    text stay where they are. Where a UTF-8 file has a few broken bytes, each becomes U+FFFD and
    the remark says so.
    """
    for magic, name in _MAGIC:
        if data.startswith(magic):
            return None, f"this is {name}, not text"
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _with_replacement(data[len(mark) :], encoding)
    controls = _share(data[:SAMPLE], _CONTROLS)
    wide = _wide(data[:SAMPLE]) or (controls > 0.1 and _wide_by_script(data[:SAMPLE]))
    if wide:
        return _with_replacement(data, wide)
    text = _strict(data, "utf-8")
    if text is not None:
        noise = controls > 0.3 and len(data) > 0
        return (None, _NOISE) if noise else (text, "")
    if controls > 0.02:
        return None, _NOISE
    return _not_utf8(data, declared=declared)


_NOISE = "the bytes are not text in any known encoding"


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _with_replacement(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, errors="replace")
    broken = text.count("\ufffd")
    if broken * 5 > len(text):
        return None, _NOISE
    remark = f"{broken} characters could not be read as {encoding}" if broken else ""
    return text, remark


def _share(data: bytes, of: bytes) -> float:
    return 1 - len(data.translate(None, of)) / len(data) if data else 0.0


def _wide(sample: bytes) -> str | None:
    """UTF-16 without a mark: mostly Latin text has a zero in every other byte."""
    if len(sample) < 4:
        return None
    even, odd = _share(sample[::2], b"\0"), _share(sample[1::2], b"\0")
    if odd > 0.4 and even < 0.05:
        return "utf-16-le"
    if even > 0.4 and odd < 0.05:
        return "utf-16-be"
    return None


def _wide_by_script(sample: bytes) -> str | None:
    """UTF-16 without a mark in another script: every other byte is that of the script or a zero."""
    if len(sample) < 40:
        return None
    for scripts, characters, encoding in (
        (sample[1::2], sample[::2], "utf-16-le"),
        (sample[::2], sample[1::2], "utf-16-be"),
    ):
        common = sum(count for _, count in Counter(scripts).most_common(2))
        if common > len(scripts) * 0.9 and len(set(characters)) >= 10:
            return encoding
    return None


def _not_utf8(data: bytes, *, declared: bool) -> Decoded:
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    sound = sum(map(text.count, "‘’“”–—éáíóúñüöäç")) if broken <= 1000 else 0
    multibyte = len(data) - len(data.translate(None, _HIGH))
    if sound * 2 > broken and multibyte > broken * 4:
        return text, f"{broken} characters could not be read as utf-8"
    found = _DECLARED.search(data[:4096]) if declared else None
    if found:
        encoding = (found.group(1) or found.group(2)).decode("ascii", "replace")
        text_declared = _strict(data, _web_name(encoding))
        if text_declared is not None:
            return text_declared, ""
    sample = data[:SAMPLE]
    high = len(sample) - len(sample.translate(None, _HIGH))
    # accented letters and curly quotes stand alone; other scripts run on
    lone = len(_LONE.findall(sample))
    if high * 10 < len(sample) or lone * 10 > high * 7:
        encoding = "latin-1" if _UNDEFINED_IN_1252.search(data) else "cp1252"
        return data.decode(encoding), ""
    return _guessed(data)


def _web_name(encoding: str) -> str:
    """Browsers read Latin-1 and ASCII as cp1252 (WHATWG Encoding Standard, section 4.2)."""
    name = encoding.lower()
    return "cp1252" if name in ("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii") else name


def _guessed(data: bytes) -> Decoded:
    from charset_normalizer import from_bytes

    first = next((i for i, byte in enumerate(data[: SAMPLE * 16]) if byte > 0x7F), 0)
    best = from_bytes(data[max(0, first - 1000) : first + SAMPLE]).best()
    if best is None:
        return None, _NOISE
    return _with_replacement(data, best.encoding)
