"""One structure tree for the whole pack, so that its pages can be read aloud in order.

Tagged files keep their author's tags; every other page becomes one figure with an alternative text
that says what it is. No library keeps tags when files are joined.
"""

from collections.abc import Mapping, Sequence
from typing import Final, TypeGuard

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from sefwriter.pack.bind.destinations import name_tree
from sefwriter.pack.bind.objects import (
    annotations,
    array_at,
    dictionary_at,
    indirect,
    name_at,
    text_at,
    value_at,
    whole_at,
)
from sefwriter.pack.bind.tree import (
    TagError,
    Tree,
    copied,
    one_or_many,
    parents_of,
    tree_of,
    unwrapped,
)

_HIDDEN: Final = 2
"""The flag of an annotation that is never shown."""


class Tags:
    """The structure tree of the pack as it grows.

    `parents` maps the number on a page or annotation (its /StructParents or /StructParent) to the
    element it belongs to, or to the array of a page's elements.
    """

    def __init__(self, target: Pdf) -> None:
        self._target = target
        self.parents: dict[int, Object] = {}
        self._next = 0
        self._root = target.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self._document = self._element("/Document", self._root, {})
        self._roles: dict[str, Object] = {}
        self._classes: dict[str, Object] = {}
        self._ids: dict[str, Object] = {}
        self._parts: list[Object] = []

    def part(self, title: str) -> Object:
        """A new part of the pack, such as one evidence item; parts are read in this order."""
        part = self._element("/Part", self._document, {"/T": String(title), "/K": Array()})
        self._parts.append(part)
        return part

    def adopt(self, part: Object) -> None:
        """Hang the tags that the target's file came with below a part; numbers and ids stay.

        Must come before all others, and before the file's catalogue is changed. Raises TagError
        where it has none.
        """
        root = tree_of(self._target)
        self.parents = parents_of(root)
        self._next = max(self.parents, default=-1) + 1
        for known, key in ((self._roles, "/RoleMap"), (self._classes, "/ClassMap")):
            known.update((dictionary_at(root, key) or Dictionary()).items())
        ids = dictionary_at(root, "/IDTree")
        self._ids = name_tree(ids) if ids is not None else {}
        self.hang(part, unwrapped(one_or_many(value_at(root, "/K"))))

    def copy(self, source: Pdf, pages: Sequence[Object], label: str) -> Tree:
        """Copy the tags of a tagged file whose pages have been copied before (as `pages`).

        `label` sets its element ids apart from those of other files. The tree's top elements still
        have to be hung below a part by `hang`. Raises TagError where the tags are damaged: then
        nothing has been taken over.
        """
        tree = copied(self._target, source)
        renumbered = {old: self._next + rank for rank, old in enumerate(sorted(tree.parents))}
        _check_pages(pages, renumbered)
        self._adopt_ids(tree, label)
        self._adopt_named(tree, "/RoleMap", "/S", self._roles, label)
        self._adopt_named(tree, "/ClassMap", "/C", self._classes, label)
        for old, value in tree.parents.items():
            self.parents[renumbered[old]] = indirect(self._target, value)
        self._next += len(renumbered)
        _renumber(pages, renumbered)
        return tree

    def hang(self, part: Object, tops: Sequence[Object]) -> None:
        """Put copied top elements below a part."""
        kids = part["/K"]
        for top in tops:
            top["/P"] = part
            kids.append(top)

    def figure(self, part: Object, page: Object, alternative: str) -> None:
        """Make the page, whose content is to be marked 0, one figure with this text."""
        clear([page])
        element = self._element(
            "/Figure", part, {"/Pg": page, "/K": 0, "/Alt": String(alternative)}
        )
        part["/K"].append(element)
        page["/StructParents"] = self._number(Array([element]))
        page["/Tabs"] = Name.S
        for annotation in annotations(page):
            self._tag_annotation(part, page, annotation)

    def finish(self, language: str) -> None:
        """Write the tree into the file."""
        self._document["/K"] = Array(self._parts)
        self._root["/K"] = self._document
        numbered: list[object] = []
        for number in sorted(self.parents):
            numbered += [number, self.parents[number]]
        self._root["/ParentTree"] = self._target.make_indirect(Dictionary(Nums=Array(numbered)))
        self._root["/ParentTreeNextKey"] = self._next
        if self._roles:
            self._root["/RoleMap"] = Dictionary(self._roles)
        if self._classes:
            self._root["/ClassMap"] = Dictionary(self._classes)
        if self._ids:
            tree = pikepdf.NameTree.new(self._target)
            for name, element in sorted(self._ids.items()):
                tree[name] = element
            self._root["/IDTree"] = tree.obj
        root = self._target.Root
        root["/StructTreeRoot"] = self._root
        root["/MarkInfo"] = Dictionary(Marked=True)
        root["/Lang"] = String(language)

    def _element(self, kind: str, parent: Object, entries: Mapping[str, object]) -> Object:
        fixed = {"/Type": Name.StructElem, "/S": Name(kind), "/P": parent}
        return self._target.make_indirect(Dictionary({**fixed, **entries}))

    def _number(self, value: Object) -> int:
        number = self._next
        self.parents[number] = indirect(self._target, value)
        self._next += 1
        return number

    def _tag_annotation(self, part: Object, page: Object, annotation: Object) -> None:
        kind = name_at(annotation, "/Subtype")
        if kind in {"/Popup", "/PrinterMark"} or (whole_at(annotation, "/F") or 0) & _HIDDEN:
            return
        words = text_at(annotation, "/Contents") or text_at(annotation, "/TU")
        if kind == "/Link" and not words:
            words = "Link in the evidence"
            annotation["/Contents"] = String(words)
        target = indirect(self._target, annotation)
        element = self._element(
            {"/Link": "/Link", "/Widget": "/Form"}.get(kind, "/Annot"),
            part,
            {
                "/Pg": page,
                "/K": Dictionary({"/Type": Name.OBJR, "/Obj": target, "/Pg": page}),
                "/Alt": String(words or kind.strip("/")),
            },
        )
        part["/K"].append(element)
        annotation["/StructParent"] = self._number(element)

    def _adopt_ids(self, tree: Tree, label: str) -> None:
        for element in tree.elements:
            own = value_at(element, "/ID")
            if isinstance(own, String):
                name = f"{label}-{own}"
                element["/ID"] = String(name)
                self._ids[name] = indirect(self._target, element)
            for attributes in one_or_many(value_at(element, "/A")):
                headers = array_at(attributes, "/Headers")
                if headers is not None:
                    attributes["/Headers"] = Array(
                        [String(f"{label}-{header}") for header in headers]
                    )

    def _adopt_named(
        self, tree: Tree, key: str, used_at: str, known: dict[str, Object], label: str
    ) -> None:
        """Join a map of the tree's root; a name that means something else gets the label."""
        own = dictionary_at(tree.root, key)
        renamed: dict[str, Name] = {}
        for name, value in own.items() if own is not None else ():
            if not isinstance(value, Name | Dictionary | Array):
                continue
            if name in known and known[name].unparse() != value.unparse():
                renamed[name] = Name(f"{name}-{label}")
                known[str(renamed[name])] = value
            else:
                known[name] = value
        for element in tree.elements if renamed else ():
            used = name_at(element, used_at)
            if used in renamed:
                element[used_at] = renamed[used]


def clear(pages: Sequence[Object]) -> None:
    """Take off what points into a tree of tags that isn't there."""
    for page in pages:
        if "/StructParents" in page:
            del page["/StructParents"]
        for annotation in annotations(page):
            if "/StructParent" in annotation:
                del annotation["/StructParent"]


def drop_annotation(tags: Tags, annotation: Object) -> None:
    """Take a link that is to be removed out of the tags; its words stay, as plain text."""
    number = whole_at(annotation, "/StructParent")
    element = tags.parents.pop(number, None) if number is not None else None
    if not isinstance(element, Dictionary):
        return
    own = value_at(element, "/K")
    kids = [
        kid
        for kid in (own if isinstance(own, Array) else [own])
        if not (_is_reference(kid) and kid["/Obj"].objgen == annotation.objgen)
    ]
    element["/K"] = Array(kids)
    if not any(map(_is_reference, kids)) and name_at(element, "/S") == "/Link":
        element["/S"] = Name.Span


def _check_pages(pages: Sequence[Object], known: dict[int, int]) -> None:
    for page in pages:
        number = whole_at(page, "/StructParents")
        if number is not None and number not in known:
            raise TagError("a page that the tree doesn't know")


def _renumber(pages: Sequence[Object], numbers: dict[int, int]) -> None:
    seen: set[tuple[int, int]] = set()
    for page in pages:
        _renumber_one(page, "/StructParents", numbers)
        for annotation in annotations(page):
            _renumber_one(annotation, "/StructParent", numbers)
        _renumber_forms(page, numbers, seen)


def _renumber_forms(holder: Object, numbers: dict[int, int], seen: set[tuple[int, int]]) -> None:
    """Pictures and drawings used on pages, and those used within them, each once."""
    stack = [holder]
    while stack:
        resources = dictionary_at(stack.pop(), "/Resources")
        drawn = dictionary_at(resources, "/XObject") if resources is not None else None
        for form in drawn.values() if drawn is not None else ():
            if not isinstance(form, pikepdf.Stream) or form.objgen in seen:
                continue
            seen.add(form.objgen)
            _renumber_one(form, "/StructParents", numbers)
            _renumber_one(form, "/StructParent", numbers)
            stack.append(form)


def _renumber_one(holder: Object, key: str, numbers: dict[int, int]) -> None:
    number = whole_at(holder, key)
    if number is None:
        return
    if number in numbers:
        holder[key] = numbers[number]
    else:
        del holder[key]


def _is_reference(kid: object) -> TypeGuard[Dictionary]:
    """Whether this is an annotation's place among the tags, and no element or marked content."""
    return isinstance(kid, Dictionary) and "/Obj" in kid
