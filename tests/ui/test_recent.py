"""The last values by their key."""

from __future__ import annotations

from ui.session.recent import Recent


def test_a_value_is_made_once_and_the_oldest_is_forgotten() -> None:
    made: list[str] = []
    held: Recent[str] = Recent(2)

    def get(key: str) -> str:
        return held.get(key, lambda: made.append(key) or key)  # type: ignore[func-returns-value]

    assert [get(key) for key in "abab"] == list("abab")
    assert made == ["a", "b"]
    assert [get(key) for key in "cab"] == list("cab")
    assert made == ["a", "b", "c", "a", "b"]
