"""Pictures as things, with what should be said of them: not there, linked, hidden, not to be shown, too tall."""

from __future__ import annotations

import posixpath
from dataclasses import replace

from scoring.evidence.cell_pictures import Held
from scoring.evidence.geometry import Spot
from scoring.evidence.parts import Parts
from scoring.evidence.pictures import troubles_of
from scoring.model.evidence import EvidenceKind, Thing, Trouble

MISSING, LINKED, HIDDEN = "evidence-picture-missing", "evidence-linked", "evidence-picture-hidden"
DRAWING_UNREAD, NOWHERE = "evidence-drawing-unread", -1  # the row of what lies on no cell
TALL, OBJECT_MISSING = "evidence-picture-tall", "evidence-object-missing"


def marked(thing: Thing, code: str, detail: str = "", *, counts: bool = True) -> Thing:
    """Return a thing with something to be said of it; ``counts`` False: it shows nothing."""
    return replace(thing, troubles=(*thing.troubles, Trouble(code, detail)), counts=thing.counts and counts)


def picture_thing(parts: Parts, held: Held, spot: Spot) -> Thing:
    """Return a picture on its cell. One that is only linked, or not in the package, shows nothing; nothing is fetched."""
    name = posixpath.basename(held.part) or held.address or "图片"
    thing = Thing(EvidenceKind.PICTURE, name, spot.row, spot.column, part=held.part)
    blob = parts.blob(held.part) if held.part else None
    if blob is None:
        linked = held.address and not held.part
        return marked(thing, LINKED if linked else MISSING, held.address if linked else "", counts=False)
    shown = replace(thing, sha256=blob.sha256, troubles=troubles_of(blob))
    return marked(shown, TALL) if spot.tall else shown
