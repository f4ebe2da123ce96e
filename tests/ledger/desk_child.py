"""A process of its own at a desk, for tests that start several or end one: prints what is saved.

Arguments: folder, SEF id, the key's seed in hex, work, publish or hand over, how often, a word.
"""

import hashlib
import sys
from pathlib import Path

from sefwriter.ledger.folder import SefFolder
from sefwriter.ledger.handover import write_handover
from sefwriter.ledger.keys import SigningKey
from sefwriter.ledger.marks import Marks
from sefwriter.ledger.replica import Replica
from sefwriter.model.acts.review import AddComment
from sefwriter.model.acts.writing import AddSection, EditText
from sefwriter.model.ids import SefId


def work(replica: Replica, word: str, times: int) -> None:
    """Acts of several kinds, the text in a section of its own; each is printed once it is saved."""
    mine = AddSection(title=word)
    replica.do(mine)
    for number in range(times):
        section = replica.sef().section_by_id[mine.section]
        if number % 5 == 4:
            replica.do(AddSection(title=f"{word}-{number}"))
        elif number % 5 == 3:
            replica.do(AddComment(section=section.id, text=f"{word}-{number}"))
        else:
            replica.do(EditText(section=section.id, text=f"{section.text}\n\n{word}-{number}."))
        print(f"{word}-{number}", flush=True)


def main() -> None:
    folder, sef, seed, task, times = sys.argv[1:6]
    key = SigningKey(bytes.fromhex(seed))
    replica = Replica(
        Path(folder) / "replica.sqlite", SefId(sef), Marks(Path(folder) / "marks"), key
    )
    word = sys.argv[6]
    share = SefFolder(Path(folder) / "share")
    if task == "work":
        work(replica, word, int(times))
    elif task == "publish":
        file = Path(folder) / "evidence.pdf"
        files = [(hashlib.sha256(file.read_bytes()).hexdigest(), file)] if file.exists() else []
        share.publish(replica, files)
    else:
        write_handover(Path(folder) / "Area.sef", replica, "Area", [])
    print("done", flush=True)


if __name__ == "__main__":
    main()
