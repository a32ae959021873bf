"""Conversations of a client that breaks the WebSocket protocol, and the expected responses."""

from __future__ import annotations

import random
import struct
from typing import TYPE_CHECKING, Final

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CONT, TEXT, BINARY, CLOSE, PING, PONG = 0, 1, 2, 8, 9, 10
HUNG_UP: Final = 0
"""Instead of a close code: the server closes the connection without a close frame."""

_VALID_CODES: Final = (1000, 1001, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 3000, 4999)
_INVALID_CODES: Final = (0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65535)
_NOT_UTF_8: Final = (
    b"\xff",
    b"\xc0\x80",  # overlong
    b"\xed\xa0\x80",  # a surrogate
    b"\xf4\x90\x80\x80",  # above U+10FFFF
    b"\xe2\x82",  # cut off
    b"\x80",
)
_MAX_FRAME: Final = 32 * 1024


def frame(
    opcode: int,
    payload: bytes = b"",
    *,
    fin: bool = True,
    reserved: int = 0,
    key: bytes = b"\0\0\0\0",
    length: int | None = None,
) -> bytes:
    """Make a frame of a client.

    Args:
        opcode: The opcode.
        payload: The payload.
        fin: Whether it is the last frame of a message.
        reserved: The three reserved bits.
        key: The masking key; empty for a frame without one.
        length: The length in the header; by default that of the payload.
    """
    size = len(payload) if length is None else length
    first, mask = (fin << 7) | (reserved << 4) | opcode, 0x80 if key else 0
    if size < 126:
        head = bytes([first, mask | size])
    elif size < 65536:
        head = bytes([first, mask | 126]) + struct.pack("!H", size)
    else:
        head = bytes([first, mask | 127]) + struct.pack("!Q", size)
    return (
        head
        + key
        + bytes(byte ^ key[i % 4] for i, byte in enumerate(payload) if key)
        + (b"" if key else payload)
    )


def read_frames(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Read the opcodes and payloads of the frames of a server, which must be valid."""
    while content:
        first, size = content[0], content[1]
        assert first & 0x80, "a message in several frames"
        assert not first & 0x70, "a reserved bit"
        assert not size & 0x80, "a masked frame"
        start = 2
        if size == 126:
            (size,), start = struct.unpack("!H", content[2:4]), 4
        elif size == 127:
            (size,), start = struct.unpack("!Q", content[2:10]), 10
        assert len(content) >= start + size, "a frame that is cut off"
        yield first & 0x0F, content[start : start + size]
        content = content[start + size :]


@attrs.define
class Conversation:
    """What a client sends after the handshake, and the response that it expects (RFC 6455).

    Attributes:
        ending: The name of its ending.
        sent: The bytes that the client sends.
        texts: The expected messages.
        pongs: The expected pongs.
        code: The expected close code, 1005 if the close frame has none.
    """

    ending: str
    sent: bytes = b""
    texts: list[bytes] = attrs.field(factory=list[bytes])
    pongs: list[bytes] = attrs.field(factory=list[bytes])
    code: int = HUNG_UP

    def check(self, received: bytes) -> None:
        """Check the bytes that the client received."""
        frames = list(read_frames(received))
        closing = [payload for opcode, payload in frames if opcode == CLOSE]
        assert [payload for opcode, payload in frames if opcode == TEXT] == self.texts
        assert [payload for opcode, payload in frames if opcode == PONG] == self.pongs
        assert len(frames) == len(self.texts) + len(self.pongs) + len(closing)
        assert [code_of(payload) for payload in closing] == ([self.code] if self.code else [])
        assert not closing or frames[-1][0] == CLOSE


def code_of(payload: bytes) -> int:
    """The close code of a close frame."""
    return struct.unpack("!H", payload[:2])[0] if payload else 1005


class Talker:
    """Generates conversations, which depend only on the seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - no secrets
        self.endings: dict[str, Callable[[], tuple[bytes, int]]] = {
            "a close frame": self._close,
            "a close frame without a code": lambda: (self._frame(CLOSE), 1005),
            "a wrong close code": self._wrong_close,
            "half a close code": lambda: (self._frame(CLOSE, b"\x03"), 1002),
            "a close reason that is not UTF-8": lambda: (
                self._frame(CLOSE, b"\x03\xe8" + self.random.choice(_NOT_UTF_8)), 1007
            ),
            "no mask": lambda: (frame(self._any(TEXT, PING, CLOSE), b"x", key=b""), 1002),
            "a reserved bit": lambda: (
                self._frame(self._any(TEXT, PING), b"x", reserved=self.random.randint(1, 7)), 1002
            ),
            "a reserved opcode": lambda: (self._frame(self._any(3, 7, 11, 15), b"x"), 1002),
            "a long control frame": lambda: (self._frame(self._any(PING, PONG), b"x" * 126), 1002),
            "a control frame in parts": lambda: (
                self._frame(self._any(PING, PONG, CLOSE), fin=False), 1002
            ),
            "a continuation of nothing": lambda: (
                self._frame(CONT, b"x", fin=self._any(0, 1) == 1), 1002
            ),
            "a message in a message": lambda: (
                self._frame(TEXT, b"x", fin=False) + self._frame(self._any(TEXT, BINARY), b"x"),
                1002,
            ),
            "a binary message": lambda: (self._message(BINARY, self._bytes()), 1003),
            "text that is not UTF-8": lambda: (
                self._message(TEXT, b"x" + self.random.choice(_NOT_UTF_8)), 1007
            ),
            "a long frame": lambda: (self._frame(TEXT, b"x" * (_MAX_FRAME + 1)), 1009),
            "the claim of a long frame": lambda: (
                frame(TEXT, b"x", length=self.random.choice((_MAX_FRAME + 1, 2**31, 2**63 - 1))),
                1009,
            ),
            "a long message": self._long_message,
            "half a frame": lambda: (self._frame(TEXT, b"x" * 9)[: self._any(1, 3, 8)], HUNG_UP),
            "half a message": lambda: (self._frame(TEXT, b"x", fin=False), HUNG_UP),
            "nothing": lambda: (b"", HUNG_UP),
        }  # fmt: skip

    def conversation(self, ending: str) -> Conversation:
        """Make a conversation with valid messages before and after its ending."""
        made = Conversation(ending)
        for _ in range(self.random.randint(0, 4)):
            self._add(made)
        last, made.code = self.endings[ending]()
        made.sent += last
        if made.code != HUNG_UP:  # the server must ignore these
            made.sent += self._frame(TEXT, b"late") + self._frame(PING) + self._bytes()
        return made

    def _add(self, made: Conversation) -> None:
        kind = self.random.randrange(4)
        if kind == 0:
            payload = self._bytes()[:125]
            made.sent += self._frame(PING, payload)
            made.pongs.append(payload)
        elif kind == 1:
            made.sent += self._frame(PONG, self._bytes()[:125])
        else:
            size = self.random.choice((1, 60, 300, 3000))
            text = "".join(self.random.choice('aé€𝄞{"\\\0') for _ in range(size)).encode()
            made.sent += self._message(TEXT, text, made)
            made.texts.append(text)

    def _message(self, opcode: int, payload: bytes, made: Conversation | None = None) -> bytes:
        """Make a message of one to four frames with occasional pings between them."""
        cuts = sorted(self.random.choices(range(len(payload) + 1), k=self.random.randint(0, 3)))
        parts = [payload[a:b] for a, b in zip([0, *cuts], [*cuts, len(payload)], strict=True)]
        content = b""
        for number, part in enumerate(parts):
            fin = number == len(parts) - 1
            content += self._frame(CONT if number else opcode, part, fin=fin)
            if made is not None and not fin and self.random.random() < 0.3:
                content += self._frame(PING, b"between")
                made.pongs.append(b"between")
        return content

    def _long_message(self) -> tuple[bytes, int]:
        parts = [self._frame(CONT, b"x" * _MAX_FRAME, fin=False) for _ in range(4)]
        return self._frame(TEXT, fin=False) + b"".join(parts) + self._frame(CONT, b"x"), 1009

    def _close(self) -> tuple[bytes, int]:
        code = self.random.choice(_VALID_CODES)
        return self._frame(CLOSE, struct.pack("!H", code) + "tschüß".encode()), code

    def _wrong_close(self) -> tuple[bytes, int]:
        code = self.random.choice(_INVALID_CODES)
        return self._frame(CLOSE, struct.pack("!H", code)), 1002

    def _frame(
        self, opcode: int, payload: bytes = b"", *, fin: bool = True, reserved: int = 0
    ) -> bytes:
        key = self.random.randbytes(4)
        return frame(opcode, payload, fin=fin, reserved=reserved, key=key)

    def _bytes(self) -> bytes:
        return self.random.randbytes(self.random.randint(0, 200))

    def _any(self, *choices: int) -> int:
        return self.random.choice(choices)
