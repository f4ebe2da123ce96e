"""Whether the window's thread was kept longer than it may be, and by what."""

import faulthandler
import re
import tempfile
import threading
import time
from dataclasses import dataclass
from typing import IO

from PySide6.QtCore import QObject, QTimer

OURS = "sefwriter"
BEAT = 0.005
BLOCKED = 0.25
"""Seconds of waiting that count as a stall; less may be a busy machine."""


@dataclass(frozen=True)
class Stall:
    """The window's thread was busy, or waiting, for so many seconds in one go; where."""

    seconds: float
    where: str


class Watchdog(QObject):
    """Beats in the event loop and looks from another thread whether the beat is late.

    Counts the thread's own processor time, so that a busy machine makes no stall, and looks for
    our own code on its stack, so that what a test itself does makes none either.
    """

    def __init__(self, limit: float = 0.05) -> None:
        super().__init__()
        self.limit = limit
        self.stalls: list[Stall] = []
        self._main = threading.get_ident()
        self._clock = (
            time.pthread_getcpuclockid(self._main)
            if hasattr(time, "pthread_getcpuclockid")
            else None
        )
        self._last = self._now()
        self._seen: list[str] = []
        self._over = threading.Event()
        self._timer = QTimer(self)
        self._timer.setInterval(round(BEAT * 1000))
        self._timer.timeout.connect(self._beat)
        self._timer.start()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._beat()
        self._timer.stop()
        self._over.set()
        self._thread.join()

    def told(self) -> str:
        return "\n".join(
            f"{stall.seconds * 1000:.0f} ms in\n{stall.where}" for stall in self.stalls
        )

    def _now(self) -> tuple[float, float]:
        return time.monotonic(), time.clock_gettime(self._clock) if self._clock else 0.0

    def _beat(self) -> None:
        wall, busy = (now - then for now, then in zip(self._now(), self._last, strict=True))
        seconds = busy if busy > self.limit else wall if wall > BLOCKED else 0.0
        if seconds and self._seen:
            self.stalls.append(Stall(seconds, max(set(self._seen), key=self._seen.count)))
        self._seen = []
        self._last = self._now()

    def _watch(self) -> None:
        with tempfile.TemporaryFile("w+b") as file:
            while not self._over.wait(BEAT):
                if time.monotonic() - self._last[0] > self.limit / 2:
                    ours = [line for line in self._stack(file) if f"/{OURS}/" in line]
                    if ours:
                        self._seen.append("\n".join(ours[:6]))

    def _stack(self, file: IO[bytes]) -> list[str]:
        """The window's thread, the innermost call first.

        By faulthandler, which only reads: `sys._current_frames` makes objects of frames that Qt
        calls and ends meanwhile, and Python 3.11 then crashes.
        """
        file.seek(0)
        file.truncate()
        faulthandler.dump_traceback(file, all_threads=True)
        file.seek(0)
        told = file.read().decode("utf-8", "replace").replace("\\", "/")
        of_main = re.search(rf"hread 0x0*{self._main:x} .*\n((?:  .*\n)*)", told)
        return of_main.group(1).splitlines() if of_main else []
