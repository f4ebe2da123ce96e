"""The world's faults, apart from our own bugs."""


class WorldError(Exception):
    """Something outside the program is in the way: a full disk, a locked file, a wrong passphrase.

    The message is one plain sentence or two, for the person at the desk: what is wrong, and what
    to do next. Never shown with a traceback. Anything that is not a WorldError is our bug.
    """


class Cancelled(Exception):
    """A person pressed Cancel; whatever was being made leaves nothing behind."""
