"""The same XML in another spelling, drawn by chance: prefixes, encoding, references, CDATA, quotes, order, comments."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Collection
from xml.parsers import expat

ENCODINGS = ("UTF-8", "utf-8", "UTF-16", "UTF-16LE", "GBK", "GB18030", "gb2312", "utf-8-sig")
REMARKS = ('<!-- <c r="A1"> -->', "<!---->", "<?x y?>", "<!-- 未完成 <sheetData> ]]> -->")
READ = (".xml", ".rels")


class Respelling:
    """Writes a part again as a parser hands it over, every time differently."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._names = {"http://www.w3.org/XML/1998/namespace": "xml"}
        self._out: list[str] = []
        self._text: list[str] = []
        self._own: list[str] = []  # names of open elements, as they were written

    def written(self, part: bytes, encoding: str) -> bytes:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.ordered_attributes = True
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text.append
        parser.Parse(part, True)
        name = "UTF-8" if encoding == "utf-8-sig" else encoding.replace("LE", "")
        quote = self._chance.choice("'\"")
        head = f"<?xml version={quote}1.0{quote} encoding={quote}{name}{quote}?>{self._chance.choice(['', chr(10)])}"
        text = head + "".join(self._out)
        codec = "gb18030" if encoding.lower().startswith("gb") else encoding
        mark = b"\xff\xfe" if encoding == "UTF-16LE" else b""
        return mark + text.encode(codec, "xmlcharrefreplace")

    def _name(self, full: str, *, element: bool, declare: list[str]) -> str:
        uri, _, local = full.rpartition(" ")
        if not uri:
            return local
        if uri not in self._names or (element and self._chance.random() < 0.03):
            prefix = self._chance.choice(["", "x", "ns0", "a-b", "_", "é", "中", "main.1"])
            self._names[uri] = prefix
            if list(self._names.values()).count(prefix) > 1:
                self._names[uri] = prefix = f"p{len(self._names)}{self._chance.randrange(99)}"
            declare.append(f"xmlns{':' * bool(prefix)}{prefix}={self._quoted(uri)}")
        prefix = self._names[uri]
        if not prefix and not element:  # an attribute without a prefix stands in no namespace
            prefix = f"q{self._chance.randrange(10**6)}"
            declare.append(f"xmlns:{prefix}={self._quoted(uri)}")
        return f"{prefix}:{local}" if prefix else local

    def _start(self, full: str, given: list[str]) -> None:
        self._say()
        names, declare = dict(self._names), []  # a declaration counts inside its element only
        self._own.append(names)  # type: ignore[arg-type]
        name = self._name(full, element=True, declare=declare)
        pairs = [
            f"{self._name(key, element=False, declare=declare)}{self._gap()}={self._gap()}{self._quoted(value)}"
            for key, value in zip(given[::2], given[1::2], strict=True)
        ]
        pairs += declare
        self._chance.shuffle(pairs)
        self._out.append(f"<{name}" + "".join(self._space() + pair for pair in pairs) + self._gap() + ">")
        self._own.append(name)

    def _end(self, _: str) -> None:
        self._say()
        name, names = self._own.pop(), self._own.pop()
        empty = (
            self._out[-1].startswith(f"<{name}") and self._out[-1].endswith(">") and not self._out[-1].startswith("</")
        )
        if empty and self._chance.random() < 0.7:
            self._out[-1] = self._out[-1][:-1] + "/>"
        else:
            self._out.append(f"</{name}{self._gap()}>")
        self._names = names  # type: ignore[assignment]
        if self._chance.random() < 0.05:
            self._out.append(self._chance.choice(REMARKS))

    def _say(self) -> None:
        text = "".join(self._text)
        self._text.clear()
        if not text:
            return
        cut = self._chance.randrange(len(text) + 1)
        pieces = [self._shown(text[:cut]), self._shown(text[cut:])]
        self._out.append(self._chance.choice(["", "", *REMARKS]).join(pieces))

    def _shown(self, text: str) -> str:
        if "]]>" not in text and self._chance.random() < 0.15 and "\r" not in text:
            return f"<![CDATA[{text}]]>"
        return "".join(self._reference(sign) for sign in text)

    def _quoted(self, value: str) -> str:
        quote = self._chance.choice("'\"")
        shown = "".join(f"&#{ord(sign)};" if sign in "'\"\t\n\r" else self._reference(sign) for sign in value)
        return quote + shown + quote

    def _reference(self, sign: str) -> str:
        if sign in "<&\r" or self._chance.random() < 0.03:
            return self._chance.choice([f"&#{ord(sign)};", f"&#x{ord(sign):X};", f"&#x000{ord(sign):x};"])
        return "&gt;" if sign == ">" else sign

    def _space(self) -> str:
        return self._chance.choice([" ", " ", " ", "\n", "\t  "])

    def _gap(self) -> str:
        return self._chance.choice(["", "", "", "", " ", "\n"])


def respelt(data: bytes, seed: int, encodings: Collection[str] = ENCODINGS) -> bytes:
    """Return a workbook of which every XML part stands in another spelling."""
    chance = random.Random(seed)
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in source.infolist():
            part = source.read(entry)
            if entry.filename.endswith(READ) and part and chance.random() < 0.8:
                part = Respelling(chance).written(part, chance.choice(sorted(encodings)))
            archive.writestr(entry, part)
    return target.getvalue()
