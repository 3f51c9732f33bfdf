"""One spelling of XML: whatever a sender's program wrote, what is looked at afterwards is written by us.

XML can say the same in many ways: prefixes, encodings, character references, comments, CDATA, quotes, the order of
attributes. A real parser takes each part apart and it is written again in one way: UTF-8, the prefixes of a ``Dialect``,
double quotes, no comment, no CDATA, no reference but the five and those for line breaks, no white space between elements.
Only then do scans and calamine see it. ``plain_spelling`` proves of large parts that they stand so already.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from scoring.files.refusal import RefusedError

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATED = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
THREADED = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
XML = "http://www.w3.org/XML/1998/namespace"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
OASIS = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
OASIS_PREFIXES = ("office", "table", "text", "style", "number", "manifest")
CALC_EXTENSION = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
# the encoding that a part declares: <?xml version="1.0" encoding="GB2312"?>
DECLARED = re.compile(
    rb"""(?:\xef\xbb\xbf)?<\?xml[^>]{0,200}?encoding\s{0,20}=\s{0,20}["']([A-Za-z0-9._-]{1,40})["'][^>]{0,200}\?>"""
)
DECODED_HERE = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "cp936": "gb18030",
    "gb-2312": "gb18030",
    "big5": "big5",
}
PARSED_ENCODINGS = frozenset({"utf-8", "utf-16", "us-ascii", "ascii", "iso-8859-1", "windows-1252"})
# the prefixes that are given to names nobody reads: n1:
FOREIGN = re.compile("n[0-9]+:")
PARSED_AT_ONCE = 1 << 16
# what a program that knows a namespace reads, and what every other one does
ALTERNATIVE, CHOICE, FALLBACK = (f"{COMPATIBILITY} {name}" for name in ("AlternateContent", "Choice", "Fallback"))
ALTERNATIVES = frozenset({ALTERNATIVE, CHOICE, FALLBACK})
# characters beyond ASCII that are written as numbers: &#20116;&#21326;
NUMBERED = re.compile(rb"(?:&#[1-9][0-9]{2,5};)++")
# characters that may stand in XML and hide nothing: 五华（）
BEYOND_ASCII = re.compile("[\xa0-\ud7ff\ue000-\ufffd]++")
# what must be escaped in text and attributes: &, <, a line feed
ESCAPED = re.compile('[&<>"\t\n\r]')
ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a kind of part is spelt: namespace -> prefix, ``""`` for the one of elements without a prefix.

    Text stands in elements that hold nothing else; ``blank`` are those in which white space alone says something.
    Where ``mixed`` names elements, all text within those counts. ``closed``: what stands in other namespaces is left out.
    """

    prefixes: Mapping[str, str]
    blank: frozenset[str] = frozenset()
    mixed: frozenset[str] = frozenset()
    closed: bool = True
    head: str = field(init=False, default="")

    def __post_init__(self) -> None:
        names = dict(reversed([(prefix, uri) for uri, prefix in self.prefixes.items()]))  # of two the first
        declared = (f' xmlns{":" * bool(prefix)}{prefix}="{uri}"' for prefix, uri in names.items() if prefix != "xml")
        object.__setattr__(self, "head", "".join(declared))


SPREADSHEET = Dialect({MAIN: "", STRICT_MAIN: "", RELATED: "r", STRICT_RELATED: "r", XML: "xml"}, frozenset("tvf"))
RELATIONS = Dialect({PACKAGE: "", XML: "xml"})
THREADS = Dialect({THREADED: "", XML: "xml"})
OPEN_DOCUMENT = Dialect(
    {OASIS.format(name): name for name in OASIS_PREFIXES} | {CALC_EXTENSION: "calcext", XML: "xml"},
    mixed=frozenset({"text:p", "text:h"}),
    closed=False,
)


def rewritten(part: bytes, dialect: Dialect) -> bytes:
    """Return a part in the one spelling.

    Raises:
        RefusedError: it has a DTD, is not well formed, or is in an encoding that nobody here knows.
    """
    return Writer(dialect).written(part)


class Writer:
    """Writes a part again while a parser takes it apart. A class, because the parser hands it over piece by piece."""

    left_out: frozenset[str] = frozenset()
    """Elements that are not written again."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._names: dict[str, str] = {}
        self._out = ['<?xml version="1.0" encoding="UTF-8"?>']
        self._open = False  # the last start tag is not closed yet
        self._text: list[str] = []
        self._has_children = [False]
        self._mixed = 0
        self._skipped = 0  # elements open that are left out with all that they hold
        self._foreign: dict[str, str] = {}
        self._scope: dict[str, list[str]] = {}  # prefix -> the namespaces that it stands for, the innermost last
        self._chosen: list[bool] = []  # of the alternatives that are open, whether one was taken

    @property
    def depth(self) -> int:
        """How many elements are open."""
        return len(self._has_children) - 1

    def written(self, part: bytes) -> bytes:
        """Return the part, written again."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text.append
        parser.StartDoctypeDeclHandler = _refuse_dtd
        parser.StartNamespaceDeclHandler = lambda prefix, uri: self._scope.setdefault(prefix or "", []).append(uri)
        parser.EndNamespaceDeclHandler = lambda prefix: self._scope[prefix or ""].pop()
        try:
            source = decoded(part)
            for at in range(0, len(source), PARSED_AT_ONCE):
                parser.Parse(source[at : at + PARSED_AT_ONCE], False)
            parser.Parse(b"", True)
        except (expat.ExpatError, LookupError, ValueError) as error:
            raise RefusedError("file-broken") from error
        return "".join(self._out).encode()

    def attributes(self, name: str, held: dict[str, str]) -> dict[str, str]:
        """Return an element's attributes as they are written, its parents being open."""
        return dict(sorted(held.items()))

    def _name(self, name: str) -> str:
        """Return an element's or attribute's name with our prefix."""
        if name not in self._names:
            uri, _, local = name.rpartition(" ")
            prefix = self._dialect.prefixes.get(uri) if uri else ""
            if prefix is None:
                prefix = self._foreign.setdefault(uri, f"n{len(self._foreign) + 1}")
            self._names[name] = f"{prefix}:{local}" if prefix else local
        return self._names[name]

    def _element(self, name: str) -> str:
        """Return an element's name; one that stands in no namespace is none of ours, whatever it is called."""
        if " " in name:
            return self._name(name)
        return f"n0:{name}"

    def _start(self, full: str, given: dict[str, str]) -> None:
        name = self._element(full)
        self._say()
        if not self._skipped and self._dialect.closed and full in ALTERNATIVES and self._takes(full, given):
            return
        if self._skipped or (self._dialect.closed and FOREIGN.match(name)):
            self._skipped += 1
            return
        if self._open:
            self._out.append(">")
        named = {self._name(key): value for key, value in given.items()}
        if self._dialect.closed:
            named = {key: value for key, value in named.items() if not FOREIGN.match(key)}
        shown = self.attributes(name, named)
        self._has_children[-1] = True
        self._has_children.append(False)
        if name in self.left_out:
            self._open = False
            return
        tag = "<" + name + "".join([f' {key}="{_quoted(value)}"' for key, value in shown.items()])
        if self.depth == 1:
            tag += self._dialect.head
        if not self._dialect.closed:
            tag += self._declared(full, given)
        self._out.append(tag)
        self._open = True
        self._mixed += name in self._dialect.mixed

    def _takes(self, full: str, given: dict[str, str]) -> bool:
        """Tell whether what an element of alternatives holds is written: of them the first that asks for nothing unknown."""
        if full == ALTERNATIVE:
            self._chosen.append(False)
            return True
        if not self._chosen or self._chosen[-1]:
            return False
        asked = [self._scope.get(prefix, [""])[-1:] for prefix in given.get("Requires", "").split()]
        self._chosen[-1] = full == FALLBACK or all(uri and uri[0] in self._dialect.prefixes for uri in asked)
        return self._chosen[-1]

    def _declared(self, full: str, given: dict[str, str]) -> str:
        """Declare, on the element itself, the namespaces that are none of ours."""
        uris = dict.fromkeys(key.rpartition(" ")[0] for key in (full, *given) if " " in key)
        declarations = "".join(f' xmlns:{self._foreign[uri]}="{_quoted(uri)}"' for uri in uris if uri in self._foreign)
        return declarations if " " in full else declarations + ' xmlns:n0="none"'

    def _end(self, full: str) -> None:
        if self._skipped:
            self._skipped -= 1
            self._text.clear()
            return
        if self._dialect.closed and full in ALTERNATIVES:
            self._say()
            if full == ALTERNATIVE:
                self._chosen.pop()
            return
        name = self._element(full)
        has_children = self._has_children.pop()
        self._mixed -= name in self._dialect.mixed
        if self._text:
            within = self._mixed + (name in self._dialect.mixed) > 0
            self._say(
                leaf=not has_children and (name in self._dialect.blank or not _is_blank(self._text)), within=within
            )
        if name not in self.left_out:
            self._out.append("/>" if self._open else f"</{name}>")
        self._open = False

    def _say(self, *, leaf: bool = False, within: bool | None = None) -> None:
        """Write the text that was heard since the last tag, where text counts.

        Raises:
            RefusedError: there is text beside elements where no program writes any.
        """
        if not self._text or self._skipped:
            self._text.clear()
            return
        text = "".join(self._text)
        self._text.clear()
        counts = leaf or (self._mixed > 0 if within is None else within)
        if not counts and text.strip(" \t\r\n"):
            if not self._dialect.mixed:
                raise RefusedError("file-broken")
            counts = True
        if counts:
            if self._open:
                self._out.append(">")
                self._open = False
            self._out.append(text if not ESCAPED.search(text) else _shown(text))


def decoded(part: bytes) -> bytes:
    """Return a part in an encoding that the parser knows; those of Chinese offices it does not.

    Raises:
        RefusedError: nobody here knows its encoding.
        ValueError: its bytes are none of the encoding that it declares.
    """
    declared = DECLARED.match(part)
    name = declared[1].decode().lower() if declared else "utf-8"
    codec = DECODED_HERE.get(name)
    if declared is None or codec is None:
        if name not in PARSED_ENCODINGS:
            raise RefusedError("file-broken")
        return part
    return part[declared.end() :].decode(codec).encode()


def spelt_out(part: bytes) -> bytes:
    """Write characters beyond ASCII themselves, where a program wrote their numbers (openpyxl does); for parts in UTF-8.

    >>> spelt_out(b"<t>&#20116;&#21326;&#10;&lt;</t>").decode()
    '<t>五华&#10;&lt;</t>'
    """
    return NUMBERED.sub(_character, part) if b"&#" in part else part


def _character(run: re.Match[bytes]) -> bytes:
    text = "".join(map(chr, map(int, run[0][2:-1].split(b";&#"))))
    return text.encode() if BEYOND_ASCII.fullmatch(text) else run[0]


def _is_blank(pieces: list[str]) -> bool:
    return not "".join(pieces).strip(" \t\r\n")


def _refuse_dtd(*_: object) -> None:
    raise RefusedError("file-dtd")


def _quoted(value: str) -> str:
    return ESCAPED.sub(lambda found: ESCAPES[found[0]], value) if ESCAPED.search(value) else value


def _shown(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
