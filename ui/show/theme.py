"""The look: colours as meanings, one style sheet, one plotly template. Light for paper-white rooms, dark for projectors."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import htpy as h
import plotly.graph_objects as go
from markupsafe import Markup

from ui.show.tables import Html, html

FONT = "'Microsoft YaHei','PingFang SC','Noto Sans CJK SC','Source Han Sans SC',sans-serif"
ASSETS = Path(__file__).resolve().parents[1] / "assets"
STYLE = "\n".join((ASSETS / name).read_text(encoding="utf-8") for name in ("style.css", "wall.css", "analysis.css"))


@dataclass(frozen=True, slots=True)
class Mark:
    """How a state is shown: its ground, the text on it, and the sign and word that stand beside the colour."""

    colour: str
    ink: str
    sign: str
    word: str


WHITE, INK = "#FFFFFF", "#1B2733"

IN_TIME = Mark("#1B7F79", WHITE, "✓", "按时完成")
LATE = Mark("#E0A526", INK, "◷", "逾期完成")
OVERDUE = Mark("#C2362B", WHITE, "✕", "逾期未完成")
NO_EVIDENCE = Mark("#C979A9", INK, "▤", "未附佐证")
SILENT = Mark("#3A3F47", WHITE, "∅", "未报送")
SOON = Mark("#F2D16B", INK, "!", "临近")
NOT_DUE = Mark("#BFCFDA", INK, "·", "未到期")
ROUTINE = Mark("#F3F5F7", INK, "–", "日常掌握")
WON = Mark("#2B6CB0", WHITE, "+", "加分")


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours that differ between the themes. ``front`` … ``back`` are the rank bands, ``rim`` the edge of black."""

    ground: str
    card: str
    line: str
    ink: str
    quiet: str
    brand: str
    brand_ink: str
    soft: str
    loss: str
    win: str
    front: str
    upper: str
    lower: str
    back: str
    band_ink: str
    bar: str
    rim: str


LIGHT = Palette(
    ground="#FAFBFC", card="#FFFFFF", line="#E3E8EE", ink=INK, quiet="#5B6B7A", brand="#0B5C8A", brand_ink=WHITE,
    soft="#EEF4F8", loss="#C2362B", win="#2B6CB0", front="#B4282D", upper="#A9CBDD", lower="#DCE6EC", back="#22262B",
    band_ink=INK, bar="#7FA9C0", rim="#22262B",
)  # fmt: skip
DARK = Palette(
    ground="#0F1720", card="#17212C", line="#2A3846", ink="#E8EEF3", quiet="#9FB0BF", brand="#7CC2E8", brand_ink="#0F1720",
    soft="#1D2A37", loss="#F0857B", win="#7FB2EA", front="#B4282D", upper="#35566B", lower="#26343F", back="#22262B",
    band_ink="#E8EEF3", bar="#5F89A3", rim="#9FB0BF",
)  # fmt: skip


def palette(*, dark: bool) -> Palette:
    """Return the colours of a theme."""
    return DARK if dark else LIGHT


@cache
def style_sheet(colours: Palette) -> Html:
    """Return the style sheet with a theme's colours in it, as HTML."""
    on_paper = "" if colours == LIGHT else f"@media print{{:root{{{_names(LIGHT)}}}}}"
    style = Markup(f":root{{{_names(colours)}--font:{FONT};}}\n{STYLE}{on_paper}")  # noqa: S704 (our own style sheet)
    return html(h.style[style])


def _names(colours: Palette) -> str:
    return "".join(f"--{name.replace('_', '-')}:{value};" for name, value in asdict(colours).items())


def template(colours: Palette) -> go.layout.Template:
    """Return the plotly template: our type, no grid but a hairline, nothing that moves."""
    axis = {
        "gridcolor": colours.line, "linecolor": colours.line, "zeroline": False, "ticks": "", "automargin": True,
        "fixedrange": True, "tickfont": {"color": colours.quiet, "size": 14},
    }  # fmt: skip
    return go.layout.Template(
        layout={
            "font": {"family": FONT, "size": 14, "color": colours.ink},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "margin": {"l": 8, "r": 16, "t": 8, "b": 8},
            "xaxis": axis,
            "yaxis": axis,
            "showlegend": False,
            "dragmode": False,
            "hoverlabel": {"font": {"family": FONT, "size": 14}},
        }
    )
