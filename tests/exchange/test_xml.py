"""XML as it comes: whatever is written, a parser reads back."""

from __future__ import annotations

import io
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from detente.exchange.xml import Markup, legal

texts = st.text(st.characters(codec="utf-8"), max_size=30)


@given(texts, texts)
def test_a_text_and_an_attribute_come_back(text, value):
    stream = io.BytesIO()
    with (out := Markup(stream)).element("a", {"b": value, "none": None}):
        out.leaf("c", text)
        out.leaf("d", None, {"n": 1})
    root = ElementTree.fromstring(stream.getvalue())
    assert root.attrib == {"b": legal(value)}
    assert (root.findtext("c"), root.find("d").attrib, root.find("d").text) == (legal(text), {"n": "1"}, None)


@given(texts)
def test_what_xml_can_hold_is_not_changed(text):
    if all(c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff") for c in text):
        assert legal(text) == text
    else:
        assert "\ufffd" in legal(text)


def test_no_entity_gets_in():
    stream = io.BytesIO()
    Markup(stream).leaf("a", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;', {"b": '"><x/>'})
    root = ElementTree.fromstring(stream.getvalue())
    assert root.text.endswith("&e;")
    assert (root.get("b"), len(root)) == ('"><x/>', 0)
