"""Addresses and formulas as cells hold them: what is a link, and what is a picture's formula left as text."""

from __future__ import annotations

import re

# an address on the web: https://example.invalid/a
LINK = re.compile(r"https?://[^\s/]\S*", re.IGNORECASE)
LONGEST_ADDRESS = 2_000
# a picture in a cell as WPS writes it, with its number: =DISPIMG("ID_1A2B",1)
DISPIMG = re.compile(r"=?\s?(?:_xlfn\.)?DISPIMG\s*\(\s*[\"“”']([^\"“”']+)[\"“”']", re.IGNORECASE)
LONGEST_FORMULA = 300


def is_link(address: str) -> bool:
    """Tell whether an address is a link: http and https only.

    >>> is_link("https://www.km.gov.cn/a"), is_link("javascript:alert(1)"), is_link("附件/规范.pdf")
    (True, False, False)
    """
    return len(address) <= LONGEST_ADDRESS and LINK.fullmatch(address.strip()) is not None


def is_shown_picture(text: str) -> bool:
    """Tell whether a cell's text is a WPS formula that shows a picture, and so says nothing in words."""
    return bool(shown_picture(text))


def shown_picture(text: str) -> str:
    """Return the name of the picture that a WPS formula (or its stored text) shows; ``""`` where it is none.

    >>> shown_picture('=DISPIMG("ID_7F",1)'), shown_picture("见附件")
    ('ID_7F', '')
    """
    match = DISPIMG.match(text.lstrip()[:LONGEST_FORMULA]) if "(" in text else None
    return match[1] if match else ""
