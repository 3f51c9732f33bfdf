"""Where the app lives below its address: an office's proxy may hand out several programs, each below a path of its own."""

from __future__ import annotations

from streamlit import config


def base_path() -> str:
    """Return the path below which everything of the app lies, ``/assessment``; ``""`` where that is the whole address."""
    path = str(config.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{path}" if path else ""
