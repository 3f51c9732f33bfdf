"""Why nothing can be done any more, in words."""

from __future__ import annotations

from scoring.analysis.options import Shut

SHUT = {Shut.CLOSED: "考评已经截止", Shut.TOO_LATE: "最后一个季度的截止日已过，迟报的台账不收"}
