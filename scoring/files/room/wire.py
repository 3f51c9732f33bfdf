"""Messages between a worker and who asks it: a mark, two lengths, a small head and a body."""

from __future__ import annotations

import struct
from typing import BinaryIO

FRAME = struct.Struct("<4sIQ")
MARK = b"KMWR"
HEAD_BYTES = 64_000_000  # a head holds arguments, or a failure's text; a list of problems to mark is the largest
BODY_BYTES = 400_000_000  # a workbook given back marked, with its pictures, or the cells of the largest roster


class WireError(Exception):
    """What came is no message: the other side died, or writes something else."""


def write_message(stream: BinaryIO, head: bytes, body: bytes | memoryview = b"") -> None:
    """Write one message; the body goes out as it is, without a copy."""
    stream.write(FRAME.pack(MARK, len(head), len(body)) + head)
    if body:
        stream.write(body)
    stream.flush()


def read_message(stream: BinaryIO) -> tuple[bytes, bytes]:
    """Wait for one message and return its head and body.

    Raises:
        WireError: the stream ended, or this is no message.
    """
    frame = stream.read(FRAME.size)
    if len(frame) < FRAME.size:
        raise WireError("ended")
    mark, head_length, body_length = FRAME.unpack(frame)
    if mark != MARK or head_length > HEAD_BYTES or body_length > BODY_BYTES:
        raise WireError("not a message")
    head, body = stream.read(head_length), stream.read(body_length)
    if len(head) < head_length or len(body) < body_length:
        raise WireError("cut short")
    return head, body
