"""The narrative in Word, from the pack plan."""

from sefwriter.pack.word.document import make_word

__all__ = ["make_word"]
