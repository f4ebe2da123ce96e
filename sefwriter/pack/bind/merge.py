"""Files joined into one, at the same cost for each page however long the pack grows.

qpdf's and pikepdf's own ways look through the whole target for each page added, or lose links,
forms or layers; here each page is copied by itself and one balanced page tree is made at the end.
The narrative, with more links and tags than all else, is not copied: the pack grows out of it.
"""

from collections.abc import Iterable
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from sefwriter.pack.bind.destinations import Destinations, disarm, disarm_actions, name_tree
from sefwriter.pack.bind.objects import (
    annotations,
    array_at,
    dictionaries,
    dictionary_at,
    fields_below,
    indirect,
    name_at,
    text_at,
    value_at,
)
from sefwriter.pack.bind.sheet import mend

_INHERITED: Final = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
_FAN_OUT: Final = 64
_DEEPEST: Final = 50
"""How far up a chain of parents is followed: a loop in a damaged file must end."""


class Merger:
    """The pack as it grows. `target` is its file, `pages` its pages so far, in order.

    It begins as `front`, of which no more is kept than its pages; the rest is written anew.
    """

    def __init__(self, front: Pdf) -> None:
        self.target = front
        self.pages = _ready(front)[0]
        _bare(front)
        self._fields: list[Object] = []
        self._form_fonts: dict[str, Object] = {}
        self._layers: list[Object] = []
        self._layers_off: list[Object] = []
        self._layer_order: list[Object] = []
        self._attachments: dict[str, Object] = {}

    def copy(self, source: Pdf, label: str) -> list[Object]:
        """Copy all pages of a file, not yet placed, with its form, layers and attachments.

        `label`, such as "E12", sets its form fields and attachments apart from those of others.
        Of the source only what runs something is changed, in memory.
        """
        pages, destinations = _ready(source)
        if _needs_appearances(source):
            source.generate_appearance_streams()
        copies = [self.target.copy_foreign(page) for page in pages]
        self._copy_form(source, label, pages, destinations)
        self._copy_layers(source, label)
        self._copy_attachments(source, label)
        return copies

    def place(self, pages: Iterable[Object]) -> None:
        """Put copied pages next in the pack."""
        self.pages.extend(pages)

    def attach(self, name: str, data: bytes, description: str) -> str:
        """Attach a file under this name, or one like it that isn't taken, which is returned."""
        name = self._unlike_others(name)
        spec = pikepdf.AttachedFileSpec(
            self.target, data, filename=name, description=description, relationship=Name.Source
        )
        self._attachments[name] = indirect(self.target, spec.obj)
        return name

    def finish(self) -> None:
        """Write the page tree and what belongs to the whole file."""
        self._write_page_tree()
        root = self.target.Root
        if self._fields:
            root.AcroForm = self.target.make_indirect(
                Dictionary(
                    Fields=Array(self._fields),
                    DA=String("/Helv 0 Tf 0 g"),
                    DR=Dictionary(Font=Dictionary(self._form_fonts)),
                )
            )
        if self._layers:
            root.OCProperties = Dictionary(
                OCGs=Array(self._layers),
                D=Dictionary(Order=Array(self._layer_order), OFF=Array(self._layers_off)),
            )
        if self._attachments:
            tree = pikepdf.NameTree.new(self.target)
            for name in sorted(self._attachments):
                tree[name] = self._attachments[name]
            root.Names = Dictionary(EmbeddedFiles=tree.obj)

    def _write_page_tree(self) -> None:
        level, counts = self.pages, [1] * len(self.pages)
        while True:
            nodes: list[Object] = []
            sums: list[int] = []
            for start in range(0, len(level), _FAN_OUT):
                kids = level[start : start + _FAN_OUT]
                count = sum(counts[start : start + _FAN_OUT])
                node = self.target.make_indirect(
                    Dictionary(Type=Name.Pages, Count=count, Kids=Array(kids))
                )
                for kid in kids:
                    kid["/Parent"] = node
                nodes.append(node)
                sums.append(count)
            level, counts = nodes, sums
            if len(level) <= 1:
                break
        self.target.Root.Pages = level[0]

    def _copy_form(
        self, source: Pdf, label: str, pages: list[Object], destinations: Destinations
    ) -> None:
        form = dictionary_at(source.Root, "/AcroForm")
        tops = _top_fields(source, form, pages)
        if not tops:
            return
        for field in fields_below(tops):
            disarm_actions(field, destinations)
        copies = [self.target.copy_foreign(field) for field in tops]
        parent = self.target.make_indirect(Dictionary(T=String(label), Kids=Array(copies)))
        for key in ("/DA", "/Q") if form is not None else ():
            value: object = form.get(key) if form is not None else None
            if isinstance(value, int):
                parent[key] = value
            elif isinstance(value, String):
                parent[key] = String(str(value))
        for copied in copies:
            copied["/Parent"] = parent
        for field in fields_below(copies):
            # A signature covers the bytes of its own file; in the pack only its picture can stay.
            if name_at(field, "/FT") == "/Sig" and "/V" in field:
                del field["/V"]
        self._fields.append(parent)
        resources = dictionary_at(form, "/DR") if form is not None else None
        fonts = dictionary_at(resources, "/Font") if resources is not None else None
        for name, font in fonts.items() if fonts is not None else ():
            if name not in self._form_fonts and isinstance(font, Dictionary):
                self._form_fonts[name] = self.target.copy_foreign(indirect(source, font))

    def _copy_layers(self, source: Pdf, label: str) -> None:
        properties = dictionary_at(source.Root, "/OCProperties")
        if properties is None:
            return
        groups = [g for g in dictionaries(array_at(properties, "/OCGs")) if g.is_indirect]
        if not groups:
            return
        shown = dictionary_at(properties, "/D") or Dictionary()
        off = {group.objgen for group in dictionaries(array_at(shown, "/OFF"))}
        if name_at(shown, "/BaseState") == "/OFF":
            on = {group.objgen for group in dictionaries(array_at(shown, "/ON"))}
            off |= {group.objgen for group in groups} - on
        copies = [self.target.copy_foreign(group) for group in groups]
        self._layers += copies
        self._layer_order.append(Array([String(label), *copies]))
        self._layers_off += [
            copied for group, copied in zip(groups, copies, strict=True) if group.objgen in off
        ]

    def _copy_attachments(self, source: Pdf, label: str) -> None:
        names = dictionary_at(source.Root, "/Names")
        tree = dictionary_at(names, "/EmbeddedFiles") if names is not None else None
        for name, spec in name_tree(tree).items() if tree is not None else ():
            if isinstance(spec, Dictionary):
                copied = self.target.copy_foreign(indirect(source, spec))
                shown = text_at(spec, "/UF") or text_at(spec, "/F") or name
                shown = self._unlike_others(f"{label} {shown}")
                copied["/F"] = copied["/UF"] = String(shown)
                self._attachments[shown] = copied

    def _unlike_others(self, name: str) -> str:
        number, wanted = 2, name
        while wanted in self._attachments:
            number, wanted = number + 1, f"{name} ({number})"
        return wanted


def is_signed(pdf: Pdf) -> bool:
    """Whether somebody has signed this file by a digital signature."""
    form = dictionary_at(pdf.Root, "/AcroForm")
    tops = dictionaries(array_at(form, "/Fields")) if form is not None else ()
    return any(
        name_at(field, "/FT") == "/Sig" and dictionary_at(field, "/V") is not None
        for field in fields_below(tops)
    )


def _ready(source: Pdf) -> tuple[list[Object], Destinations]:
    """The pages of a file, each able to stand by itself and doing no harm; and their places."""
    pages: list[Object] = [page.obj for page in source.pages]
    destinations = Destinations(source, pages)
    for page in pages:
        _inherit(source, page)
        _part_annotations(source, page)
        mend(page)
        disarm(page, destinations)
    return pages, destinations


def _bare(pdf: Pdf) -> None:
    """Take off what belongs to the file as a whole: its maker's data, bookmarks, names, tags."""
    for key in set(pdf.Root.keys()) - {"/Type", "/Pages"}:
        del pdf.Root[key]
    for key in {"/Info", "/ID"} & set(pdf.trailer.keys()):
        del pdf.trailer[key]


def _inherit(source: Pdf, page: Object) -> None:
    for key in _INHERITED:
        if key in page:
            continue
        parent = dictionary_at(page, "/Parent")
        for _ in range(_DEEPEST):
            if parent is None or key in page:
                break
            value: object = value_at(parent, key)
            if isinstance(value, Dictionary):
                # Shared by the pages below this parent, as one object and not as many twins.
                parent[key] = page[key] = indirect(source, value)
            elif value is not None:
                page[key] = value
            parent = dictionary_at(parent, "/Parent")


def _part_annotations(source: Pdf, page: Object) -> None:
    """Make each annotation an object of its own: tags and forms have to point at it."""
    kept = array_at(page, "/Annots")
    for index, annotation in enumerate(kept if kept is not None else ()):
        if kept is not None and isinstance(annotation, Dictionary) and not annotation.is_indirect:
            kept[index] = source.make_indirect(annotation)


def _needs_appearances(source: Pdf) -> bool:
    form = dictionary_at(source.Root, "/AcroForm")
    return form is not None and form.get("/NeedAppearances") is True


def _top_fields(source: Pdf, form: Dictionary | None, pages: list[Object]) -> list[Object]:
    """The fields without a parent, those on pages that the form forgot to list among them."""
    listed = list(dictionaries(array_at(form, "/Fields"))) if form is not None else []
    tops: list[Object] = [field for field in listed if field.is_indirect]
    known = {field.objgen for field in tops}
    for page in pages:
        for annotation in annotations(page):
            if name_at(annotation, "/Subtype") != "/Widget":
                continue
            top = _top(annotation)
            if top.is_indirect and top.objgen not in known:
                known.add(top.objgen)
                tops.append(top)
    return tops


def _top(field: Object) -> Object:
    for _ in range(_DEEPEST):
        parent = dictionary_at(field, "/Parent")
        if parent is None:
            break
        field = parent
    return field
