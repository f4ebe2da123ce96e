"""sefwriter: write an Area SEND self-evaluation whose every claim opens the page that proves it."""

__version__ = "0.1.0"
