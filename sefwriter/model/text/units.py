"""Positions in UTF-16 units, as Qt counts them, and in code points, as all else here does."""


def utf16_position(text: str, position: int) -> int:
    """A code-point position in text as UTF-16 units."""
    return len(text[:position].encode("utf-16-le", "surrogatepass")) // 2


def from_utf16(text: str, units: int) -> int:
    """The code-point position of a UTF-16 one; inside a pair, the position before it."""
    if text.isascii():
        return min(units, len(text))
    encoded = text.encode("utf-16-le", "surrogatepass")
    return len(encoded[: units * 2].decode("utf-16-le", "ignore"))
