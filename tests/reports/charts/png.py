"""Reading a PNG back as far as the tests need."""

import struct
import zlib


def size_and_pixels(png: bytes) -> tuple[int, int, bytes]:
    """Width, height and the inflated, still filtered pixels. Fails where the file is damaged."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    at, data, width, height = 8, b"", 0, 0
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        body = png[at + 8 : at + 8 + length]
        assert struct.unpack(">I", png[at + 8 + length : at + 12 + length])[0] == zlib.crc32(kind + body)
        if kind == b"IHDR":
            width, height, depth, colour = struct.unpack(">IIBB", body[:10])
            assert (depth, colour) == (8, 6)
        elif kind == b"IDAT":
            data += body
        at += 12 + length
    pixels = zlib.decompress(data)
    assert len(pixels) == height * (1 + 4 * width)
    return width, height, pixels
