import io
import random
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Object, String

from sefwriter.pack.bind.tree import TagError
from tests.bench import corpus
from tests.pack.bind.packs import Pack, bind_items, bound, item, made, opened, plan_of, save


def elements(element: Object) -> Iterator[Dictionary]:
    """All structure elements below one, in reading order."""
    kids = element.get("/K")
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def parts(pdf: pikepdf.Pdf) -> list[Object]:
    return list(pdf.Root.StructTreeRoot.K.K)


def kinds(part: Object) -> list[str]:
    return [str(element.S) for element in elements(part)]


def bind_tagged_and_plain(folder: Path) -> Pack:
    tagged = made(corpus.tagged_file, folder / "tagged.pdf", 2)
    return bind_items(
        [item(1, tagged), item(2, made(corpus.linked_file, folder / "b.pdf", 2)), item(3, tagged)]
    )


def test_tagged_files_keep_their_tags_and_others_become_figures(tmp_path: Path) -> None:
    pack = bind_tagged_and_plain(tmp_path)
    assert [one.tagged for one in pack.report.items] == [True, False, True]
    with pack.open() as pdf:
        narrative, first, second, third = parts(pdf)
        assert kinds(narrative).count("/H1") == 3
        # each divider is read before what it divides
        assert kinds(first)[0] == kinds(second)[0] == kinds(third)[0] == "/H1"
        assert kinds(first).count("/TH") == 4
        assert kinds(first).count("/H1") == 3
        figures = [element for element in elements(second) if element.S == "/Figure"]
        assert [str(figure.Alt) for figure in figures] == [
            "E2, page 1 of 2 (evidence as received, not tagged)",
            "E2, page 2 of 2 (evidence as received, not tagged)",
        ]
        assert str(pdf.Root.StructTreeRoot.K.S) == "/Document"
        assert pdf.Root.MarkInfo.Marked is True


def test_every_page_and_annotation_finds_its_elements(tmp_path: Path) -> None:
    pack = bind_tagged_and_plain(tmp_path)
    with pack.open() as pdf:
        tree = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        used: list[int] = []
        for page in pdf.pages:
            number = int(page.obj.StructParents)
            used.append(number)
            for element in tree[number]:
                pages = {kid.Pg.objgen for kid in [element, *elements(element)] if "/Pg" in kid}
                assert not pages or page.obj.objgen in pages
            for annotation in page.obj.get("/Annots", ()):
                used.append(int(annotation.StructParent))
                element = tree[used[-1]]
                assert element.S == "/Link"
                references = element.K if isinstance(element.K, Array) else [element.K]
                assert any(
                    isinstance(kid, Dictionary) and kid.get("/Obj") == annotation
                    for kid in references
                )
                assert "/Contents" in annotation
        assert len(used) == len(set(used))
        assert set(used) <= set(tree)
        assert max(tree) < pdf.Root.StructTreeRoot.ParentTreeNextKey


def test_a_claims_mark_leaves_its_words_as_plain_text(tmp_path: Path) -> None:
    plan = plan_of(
        corpus.front([("c0", "", "e1", ""), ("c1", "p1", "e1", "E1 p.1")], 2, 1),
        corpus.dividers([("E1", "One", ["c0", "c1"])]),
        opened(item(1, made(corpus.text_file, tmp_path / "1.pdf", 1))),
        {"p1": ("e1", 1)},
        {"p1": "c1"},
    )
    with bound(plan).open() as pdf:
        narrative = parts(pdf)[0]
        for element in elements(narrative):
            if element.S == "/Link":
                kids = element.K if isinstance(element.K, Array) else [element.K]
                assert any(isinstance(kid, Dictionary) and "/Obj" in kid for kid in kids)
        # one reference and one row of the index are left of three links
        assert kinds(narrative).count("/Link") == 2
        assert kinds(narrative).count("/Span") >= 1


def test_header_cells_of_two_files_are_kept_apart(tmp_path: Path) -> None:
    pack = bind_tagged_and_plain(tmp_path)
    with pack.open() as pdf:
        ids = pikepdf.NameTree(pdf.Root.StructTreeRoot.IDTree)
        for part, label in ((parts(pdf)[1], "E1"), (parts(pdf)[3], "E3")):
            for element in elements(part):
                if "/ID" in element:
                    assert str(element.ID).startswith(f"{label}-")
                    assert ids[str(element.ID)] == element
                attributes = element.get("/A")
                for one in attributes if isinstance(attributes, Array) else [attributes]:
                    for header in one.get("/Headers", ()) if isinstance(one, Dictionary) else ():
                        assert str(header) in ids
                        assert str(header).startswith(f"{label}-")


def test_a_role_that_means_something_else_gets_another_name(tmp_path: Path) -> None:
    paths: list[Path] = []
    for number, meaning in ((1, "/P"), (2, "/H2")):
        pdf = corpus.tagged_file(1, random.Random(1))
        root = pdf.Root.StructTreeRoot
        root.RoleMap["/Own"] = Name(meaning)
        heading = next(element for element in elements(root) if element.S == "/H1")
        heading.S = Name.Own
        paths.append(save(pdf, tmp_path / f"{number}.pdf"))
    pack = bind_items([item(1, paths[0]), item(2, paths[1])])
    with pack.open() as bound:
        roles = bound.Root.StructTreeRoot.RoleMap
        _, first, second = parts(bound)
        assert roles["/Own"] == "/P"
        assert roles["/Own-E2"] == "/H2"
        assert ("/Own" in kinds(first), "/Own-E2" in kinds(second)) == (True, True)
        assert "/Own" not in kinds(second)


def test_damaged_tags_are_left_out_and_the_page_becomes_a_figure(tmp_path: Path) -> None:
    broken: list[Path] = []
    for number in range(5):
        pdf = corpus.tagged_file(1, random.Random(1))
        root = pdf.Root.StructTreeRoot
        document = next(elements(root))
        if number == 0:
            del root["/ParentTree"]
        elif number == 1:
            root.ParentTree = pdf.make_indirect(Dictionary(Nums=Array([0])))
        elif number == 2:
            document.K.append(document.K[0])
        elif number == 3:
            root.K = String("nothing")
        else:
            document.K[0].K = document
        broken.append(save(pdf, tmp_path / f"{number}.pdf"))
    pack = bind_items([item(number, path) for number, path in enumerate(broken, 1)])
    assert [one.tagged for one in pack.report.items] == [False] * 5
    with pack.open() as bound:
        for part in parts(bound)[1:]:
            assert kinds(part).count("/Figure") == 1
            assert kinds(part).count("/TH") == 0


def test_the_narratives_own_header_cells_keep_their_ids(tmp_path: Path) -> None:
    narrative = io.BytesIO()
    corpus.tagged_file(1, random.Random(1)).save(narrative)
    tagged = made(corpus.tagged_file, tmp_path / "1.pdf", 1)
    plan = plan_of(
        narrative.getvalue(),
        corpus.dividers([("E1", "One", [])]),
        opened(item(1, tagged)),
        {},
    )
    with bound(plan).open() as pdf:
        ids = pikepdf.NameTree(pdf.Root.StructTreeRoot.IDTree)
        own = [element for element in elements(parts(pdf)[0]) if "/ID" in element]
        assert len(own) == 2
        for element in own:
            assert ids[str(element.ID)] == element
            assert f"E1-{element.ID}" in ids
        assert len(ids) == 4


def test_a_narrative_without_tags_is_refused() -> None:
    narrative = io.BytesIO()
    corpus.text_file(1, random.Random(1)).save(narrative)
    with pytest.raises(TagError):
        bound(plan_of(narrative.getvalue(), corpus.dividers([]), (), {}))
