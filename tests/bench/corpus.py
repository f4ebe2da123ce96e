"""PDFs of many kinds, made from a seed: evidence for tests and benchmarks of the binder."""

import io
import json
import random
from collections.abc import Callable
from pathlib import Path

import pikepdf
import typst
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image

from sefwriter.paper.fonts import page_fonts

WORDS = (
    *("assurance", "attendance", "audit", "board", "complaint", "curriculum", "evidence"),
    *("family", "finding", "governor", "health", "improvement", "learner", "minute", "outcome"),
    *("owner", "parent", "partner", "placement", "plan", "policy", "provision", "pupil"),
    *("register", "review", "risk", "safeguarding", "school", "survey", "training", "visit"),
)
A4 = (595, 842)


def sentence(seed: random.Random, words: int = 12) -> str:
    return " ".join(seed.choice(WORDS) for _ in range(words)).capitalize() + "."


def text_file(pages: int, seed: random.Random, size: tuple[int, int] = A4) -> Pdf:
    """Plain typed pages; "Source page N" stands at the top of each."""
    pdf = pikepdf.new()
    font = pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type1,
            BaseFont=Name.Helvetica,
            Encoding=Name.WinAnsiEncoding,
        )
    )
    width, height = size
    for number in range(1, pages + 1):
        lines = [f"BT /F0 14 Tf 40 {height - 50} Td (Source page {number}) Tj ET"]
        for up in range(height - 80, 60, -14):
            line = sentence(seed)[: width // 6]
            lines.append(f"BT /F0 9.5 Tf 40 {up} Td ({line}) Tj ET")
        page = pdf.add_blank_page(page_size=size)
        page.obj.Resources = Dictionary(Font=Dictionary(F0=font))
        page.obj.Contents = pdf.make_stream("\n".join(lines).encode())
    return pdf


def scanned_file(pages: int, seed: random.Random) -> Pdf:
    """Pages that are one grey picture each."""
    pdf = pikepdf.new()
    small = Image.frombytes("L", (62, 88), bytes(seed.choices(range(180, 256), k=62 * 88)))
    packed = io.BytesIO()
    small.resize((1240, 1754)).save(packed, "JPEG", quality=60)
    for _ in range(pages):
        page = pdf.add_blank_page(page_size=A4)
        image = pdf.make_stream(
            packed.getvalue() + seed.randbytes(8),
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=1240,
            Height=1754,
            ColorSpace=Name.DeviceGray,
            BitsPerComponent=8,
            Filter=Name.DCTDecode,
        )
        page.obj.Resources = Dictionary(XObject=Dictionary(Scan=image))
        page.obj.Contents = pdf.make_stream(b"q 595 0 0 842 0 0 cm /Scan Do Q")
    return pdf


def rotated_file(pages: int, seed: random.Random) -> Pdf:
    pdf = text_file(pages, seed)
    for index, page in enumerate(pdf.pages):
        page.obj.Rotate = (90, 180, 270, 0)[index % 4]
    return pdf


def cropped_file(pages: int, seed: random.Random) -> Pdf:
    """A crop box within an odd media box, and a page unit of two points on each second page."""
    pdf = text_file(pages, seed)
    for index, page in enumerate(pdf.pages):
        page.obj.MediaBox = [-20, -30, 640, 900]
        page.obj.CropBox = [10, 20, 580, 830]
        page.obj.Rotate = 90 * (index % 4)
        if index % 2:
            page.obj.UserUnit = 2
    return pdf


def unbalanced_file(pages: int, seed: random.Random) -> Pdf:
    """Content that ends scaled, in red, with an open q."""
    pdf = text_file(pages, seed)
    for page in pdf.pages:
        page.contents_add(b"0.5 0 0 0.5 100 100 cm q 1 0 0 rg", prepend=False)
    return pdf


def inherited_file(pages: int, seed: random.Random) -> Pdf:
    """Resources and sizes stand in the page tree only."""
    pdf = text_file(pages, seed)
    resources = pdf.pages[0].obj.Resources
    for page in pdf.pages:
        del page.obj["/Resources"], page.obj["/MediaBox"]
    pdf.Root.Pages.Resources = resources
    pdf.Root.Pages.MediaBox = Array([0, 0, 595, 842])
    return pdf


def linked_file(pages: int, seed: random.Random) -> Pdf:
    """Bookmarks on three levels, and on each page links by page, by name, by old name and away."""
    pdf = text_file(pages, seed)
    kept = [page.obj for page in pdf.pages]
    names = pikepdf.NameTree.new(pdf)
    names["last"] = Array([kept[-1], Name.Fit])
    pdf.Root.Names = Dictionary(Dests=names.obj)
    pdf.Root.Dests = Dictionary(old=Dictionary(D=Array([kept[0], Name.Fit])))
    for index, page in enumerate(kept):
        following = kept[(index + 1) % pages]
        page.Annots = Array(
            [
                _link(pdf, 100, Dest=Array([following, Name.Fit])),
                _link(pdf, 120, A=Dictionary(S=Name.GoTo, D=String("last"))),
                _link(pdf, 140, Dest=Name.old),
                _link(pdf, 160, A=Dictionary(S=Name.URI, URI=String("https://example.org/"))),
                _link(pdf, 180, A=Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))),
                _link(pdf, 200, A=Dictionary(S=Name.Launch, F=String("calc.exe"))),
            ]
        )
    with pdf.open_outline() as bookmarks:
        for index in range(0, pages, 3):
            top = pikepdf.OutlineItem(f"Chapter {index + 1}", index)
            below = pikepdf.OutlineItem(f"Part {index + 1}", min(index + 1, pages - 1))
            below.children.append(pikepdf.OutlineItem("Detail", min(index + 2, pages - 1)))
            top.children.append(below)
            bookmarks.root.append(top)
    return pdf


def _link(pdf: Pdf, up: int, **leads: pikepdf.Object) -> pikepdf.Object:
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[40, up, 140, up + 12], F=4)
    for key, value in leads.items():
        link[f"/{key}"] = value
    return pdf.make_indirect(link)


def form_file(pages: int, seed: random.Random) -> Pdf:
    """Twelve text fields on each page, all files with the same field names."""
    pdf = text_file(pages, seed)
    font = pdf.pages[0].obj.Resources.Font.F0
    fields = Array()
    for index, page in enumerate(pdf.pages):
        page.obj.Annots = Array()
        for row in range(12):
            drawn = pdf.make_stream(
                f"/Tx BMC BT /Helv 9 Tf 2 4 Td ({sentence(seed, 3)}) Tj ET EMC".encode(),
                Type=Name.XObject,
                Subtype=Name.Form,
                BBox=[0, 0, 300, 16],
                Resources=Dictionary(Font=Dictionary(Helv=font)),
            )
            field = pdf.make_indirect(
                Dictionary(
                    Type=Name.Annot,
                    Subtype=Name.Widget,
                    FT=Name.Tx,
                    T=String(f"field{index}.{row}"),
                    V=String("value"),
                    Rect=[160, 200 + 26 * row, 460, 216 + 26 * row],
                    F=4,
                    P=page.obj,
                    AP=Dictionary(N=drawn),
                    AA=Dictionary(K=Dictionary(S=Name.JavaScript, JS=String("app.beep()"))),
                )
            )
            page.obj.Annots.append(field)
            fields.append(field)
    pdf.Root.AcroForm = Dictionary(
        Fields=fields, DA=String("/Helv 9 Tf 0 g"), DR=Dictionary(Font=Dictionary(Helv=font))
    )
    return pdf


def layered_file(pages: int, seed: random.Random) -> Pdf:
    """A layer that is seen and one that is not, on each page."""
    pdf = text_file(pages, seed)
    seen, hidden = (
        pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(name)))
        for name in ("Seen", "Hidden")
    )
    for page in pdf.pages:
        page.obj.Resources.Properties = Dictionary(L0=seen, L1=hidden)
        page.contents_add(
            b"/OC /L0 BDC BT /F0 20 Tf 300 30 Td (LAYER) Tj ET EMC "
            b"/OC /L1 BDC BT /F0 20 Tf 300 60 Td (SECRET) Tj ET EMC",
            prepend=False,
        )
    pdf.Root.OCProperties = Dictionary(
        OCGs=Array([seen, hidden]), D=Dictionary(Order=Array([seen, hidden]), OFF=Array([hidden]))
    )
    return pdf


def attaching_file(pages: int, seed: random.Random) -> Pdf:
    pdf = text_file(pages, seed)
    pdf.attachments["data.csv"] = pikepdf.AttachedFileSpec(pdf, b"a,b\n1,2\n", filename="data.csv")
    return pdf


def tagged_file(pages: int, seed: random.Random) -> Pdf:
    """A PDF/UA-1 file by typst: a heading, paragraphs, a table with header cells, and a link."""
    texts = [[sentence(seed, 40) for _ in range(6)] for _ in range(pages)]
    template = b"""
    #let pages = json(bytes(sys.inputs.pages))
    #set document(title: "Tagged evidence")
    #set text(font: "Source Sans Pro", lang: "en", region: "GB", size: 10pt)
    #for (index, texts) in pages.enumerate() [
      #if index > 0 { pagebreak() }
      = Source page #(index + 1)
      #for text in texts [ #text #parbreak() ]
      #link("https://example.org/")[A page elsewhere]
      #table(columns: 2, table.header[Measure][Value], [Plans in time], [71 %])
    ]
    """
    return pikepdf.open(io.BytesIO(_typst(template, pages=texts)))


def front(claims: list[tuple[str, str, str, str]], claims_a_page: int, pages: int) -> bytes:
    """A narrative of so many sections of a page each, over `claims`: id, passage, evidence, label.

    A claim without a passage is marked, as in the real narrative. Its last page is an index with a
    row for each evidence.
    """
    template = b"""
    #let claims = json(bytes(sys.inputs.claims))
    #let at(kind, id) = "https://sef.invalid/" + kind + "/" + id
    #set document(title: "Narrative")
    #set text(font: "Source Sans Pro", lang: "en", region: "GB", size: 10pt)
    #for (index, some) in claims.enumerate() [
      #if index > 0 { pagebreak() }
      = Section #(index + 1)
      #for (id, passage, evidence, label) in some [
        #let words = [Claim #id is what we say of our area.]
        #if passage == "" { link(at("c", id), words) } else [#words #link(at("p", passage))[#label]]
        #parbreak()
      ]
    ]
    #pagebreak()
    = Evidence index
    #for evidence in json(bytes(sys.inputs.evidence)) [
      #link(at("e", evidence))[Evidence #evidence] #parbreak()
    ]
    """
    split = [claims[i * claims_a_page : (i + 1) * claims_a_page] for i in range(pages)]
    rows = list(dict.fromkeys(claim[2] for claim in claims))
    return _typst(template, claims=split, evidence=rows)


def dividers(items: list[tuple[str, str, list[str]]]) -> bytes:
    """A divider for each item: number, title, the ids of the claims it proves."""
    template = b"""
    #set document(title: "Dividers")
    #set text(font: "Source Sans Pro", lang: "en", region: "GB")
    #for (index, (number, title, claims)) in json(bytes(sys.inputs.items)).enumerate() [
      #if index > 0 { pagebreak() }
      = #number #title
      #for id in claims [ #link("https://sef.invalid/c/" + id)[Claim #id] #parbreak() ]
    ]
    """
    return _typst(template, items=items)


def _typst(template: bytes, **data: object) -> bytes:
    return typst.compile(
        template,
        font_paths=page_fonts(),
        ignore_system_fonts=True,
        sys_inputs={name: json.dumps(value) for name, value in data.items()},
        pdf_standards=["ua-1"],
    )


KINDS: dict[str, tuple[Callable[[int, random.Random], Pdf], int]] = {
    "text": (text_file, 40),
    "linked": (linked_file, 22),
    "scanned": (scanned_file, 14),
    "tagged": (tagged_file, 6),
    "form": (form_file, 6),
    "rotated": (rotated_file, 4),
    "cropped": (cropped_file, 3),
    "unbalanced": (unbalanced_file, 2),
    "inherited": (inherited_file, 2),
    "layered": (layered_file, 2),
    "attaching": (attaching_file, 2),
}
"""Each kind of file with its weight among a hundred."""


def write_corpus(folder: Path, pages: int, seed: int = 7) -> list[tuple[Path, int]]:
    """Write files with so many pages together; returns each with its page count."""
    chance = random.Random(seed)
    names = list(KINDS)
    weights = [weight for _, weight in KINDS.values()]
    files: list[tuple[Path, int]] = []
    left = pages
    while left > 0:
        kind = chance.choices(names, weights)[0]
        count = min(left, chance.randint(2, 30))
        path = folder / f"{len(files):04d}-{kind}.pdf"
        encrypted = len(files) % 20 == 9
        KINDS[kind][0](count, chance).save(
            path, encryption=pikepdf.Encryption(owner="owner") if encrypted else False
        )
        files.append((path, count))
        left -= count
    return files
