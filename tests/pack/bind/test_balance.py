import random

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Object

from sefwriter.pack.bind.balance import Balance, balance
from tests.bench import corpus

PIECES = (
    b"q",
    b"Q",
    b"1 0 0 1 5 5 cm",
    b"(a q in words) Tj",
    b"(an \\) escaped q bracket) Tj",
    b"(nested (q) brackets Q ) Tj",
    b"% a comment q Q",
    b"/P <</MCID 0>> BDC",
    b"/Artifact BMC",
    b"EMC",
    b"[(q) -3 (Q)] TJ",
    b"/q gs",
    b"BI /W 1 /H 1 /BPC 8 /CS /G ID q EI",
)


def page_of(*streams: bytes) -> tuple[pikepdf.Pdf, Object]:
    pdf = pikepdf.new()
    page = pdf.add_blank_page().obj
    page.Contents = pikepdf.Array([pdf.make_stream(stream) for stream in streams])
    return pdf, page


def parsed(page: Object) -> list[str]:
    return [str(operator) for _, operator in pikepdf.parse_content_stream(page)]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12), st.sampled_from([b"\n", b" \n", b"\r\n"]))
def test_the_fence_closes_what_the_content_leaves_open(pieces: list[bytes], gap: bytes) -> None:
    pdf, page = page_of(gap.join(pieces))
    fence = balance(page)
    depth = fence.opens
    for operator in parsed(page):
        depth += {"q": 1, "Q": -1}.get(operator, 0)
        assert depth >= 1
    assert depth == fence.closes
    pdf.close()


def test_marks_left_open_are_ended() -> None:
    pdf, page = page_of(b"/P <</MCID 0>> BDC /Span BMC EMC EMC EMC /P BMC q")
    assert balance(page) == Balance(opens=1, closes=2, ends=1)
    pdf.close()


def test_an_operator_is_not_split_over_streams() -> None:
    pdf, page = page_of(b"q", b"Q", b"Q")
    assert balance(page) == Balance(opens=2, closes=1)
    pdf.close()


def test_ordinary_pages_need_one_pair() -> None:
    pdf = corpus.text_file(1, random.Random(1))
    assert balance(pdf.pages[0].obj) == Balance()


def test_a_tagged_page_is_read_at_a_glance(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its MCID is no operator ID, which begins the bytes of a picture."""
    pdf, page = page_of(b"q /P <</MCID 0>> BDC BT (words) Tj ET EMC")
    monkeypatch.delattr(pikepdf, "parse_content_stream")
    assert balance(page) == Balance(opens=1, closes=2)
    pdf.close()
