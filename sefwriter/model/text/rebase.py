"""Changes made against one text, carried over to what stands now, so that nobody's words are lost.

The window shows a text while others write it too. Its changes are said against the text it began
with; by the time they are kept, more may stand there.
"""

from sefwriter.model.text.splices import changes


def rebase(base: str, mine: str, standing: str) -> str:
    """What stands, with the changes from `base` to `mine` made in it.

    Words that either side put in stay, and what either side took out of `base` is gone. Where both
    put words at one place, those that stand come first. The same change made by both is made once.
    """
    if base == standing:
        return mine
    if mine in (base, standing):
        return standing
    theirs = [(a, b, standing[c:d]) for a, b, c, d in changes(base, standing)]
    ours = [(a, b, mine[c:d]) for a, b, c, d in changes(base, mine)]
    made = sorted([*theirs, *(change for change in ours if change not in theirs)], key=_place)
    pieces: list[str] = []
    kept = 0
    for start, end, insert in made:
        pieces += [base[kept:start], insert]
        kept = max(kept, end)
    return "".join([*pieces, base[kept:]])


def _place(change: tuple[int, int, str]) -> int:
    """Sorting by it alone keeps theirs before ours where both begin at one place."""
    return change[0]
