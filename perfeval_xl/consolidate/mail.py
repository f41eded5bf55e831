"""收到的邮件: its date and its attachments by the names their senders gave them."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parsedate_to_datetime

_LOST = "\ufffd"              # what the mail library makes of bytes without a stated coding


def opened_mail(data: bytes) -> tuple[float | None, Iterator[tuple[str, bytes]]]:
    """邮件的时间 (None where it states none) and each attachment's name and content."""
    message = email.message_from_bytes(data)
    return _date(message), _attachments(message)


def _attachments(message: Message) -> Iterator[tuple[str, bytes]]:
    for part in message.walk():
        name = _attachment_name(part)
        data = part.get_payload(decode=True) if name else None
        if isinstance(data, bytes):
            yield name, data


def _attachment_name(part: Message) -> str:
    """The name as the sender's program coded it: RFC 2231, RFC 2047, or raw GBK or UTF-8."""
    raw = part.get_filename("")
    if _LOST in raw:
        stated = " ".join(str(value) for key, value in part.raw_items() if key.lower() in ("content-disposition", "content-type"))
        found = re.search(r'\bname\s*=\s*"?([^";\r\n]+)', stated.replace("filename", "name"))
        raw = found[1] if found else raw
    try:
        name = str(make_header(decode_header(raw)))
    except (ValueError, LookupError, HeaderParseError):
        name = raw
    data = name.encode("utf-8", "surrogateescape")
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "replace")


def _date(message: Message) -> float | None:
    try:
        return parsedate_to_datetime(str(message.get("Date", ""))).timestamp()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
