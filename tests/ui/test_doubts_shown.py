"""A doubt about a thing is said in words beside it, with the other half one click away."""

from __future__ import annotations

from datetime import date

import pytest

from scoring.model.evidence import Evidence, EvidenceKind
from scoring.model.looks import Half, ThingDoubt, ThingDoubtKind
from ui.show.evidence_strip import DOUBTS, doubts

ITEM = Evidence(EvidenceKind.PICTURE, "<b>a.png", "ab" * 32)
OTHER = Half("官渡区", "4A", 2, Evidence(EvidenceKind.PICTURE, "b.png", "cd" * 32), exact=False)
PAIRS = {ThingDoubtKind.OTHER_UNIT, ThingDoubtKind.OTHER_CLAUSE, ThingDoubtKind.EARLIER_QUARTER}


@pytest.mark.parametrize("kind", list(ThingDoubtKind))
def test_every_doubt_is_said(kind: ThingDoubtKind) -> None:
    other = OTHER if kind in PAIRS else None
    doubt = ThingDoubt(kind, "五华区", ("4A",), ITEM, other, date(2023, 7, 5), date(2023, 6, 30))
    said = doubts([doubt], lambda unit: unit, lambda half: f"unit?unit={half.unit}")
    assert "存疑" in said
    assert "{" not in said
    assert "<b>" not in said
    assert ('href="unit?unit=官渡区"' in said) is (kind in PAIRS)
    assert ("几乎相同" in said) is (kind in PAIRS)


def test_every_kind_has_its_words_and_none_is_silent() -> None:
    assert set(DOUBTS) == set(ThingDoubtKind)
    assert doubts([], str, lambda _: "") == ""
