"""Classes of installation by the words of 项目类型 and 是否有外线."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scoring.model.rules import ProjectClass
from scoring.words.statuses import as_text, fold, is_blank, read_yes


@dataclass(frozen=True, slots=True)
class TypeRead:
    """What the two cells say. ``trouble`` is a problem's code, ``""`` for none; ``is_error`` keeps the row out."""

    project_class: str | None
    said: str
    trouble: str = ""
    is_error: bool = False


class ProjectTypes:
    """Know the classes of the rules by all their names; each pair of cells is read once."""

    def __init__(self, classes: Sequence[ProjectClass]) -> None:
        self.shown = "、".join(dict.fromkeys(f"“{c.project_type}”" for c in classes))
        self._of_name: dict[str, list[ProjectClass]] = {}
        for project_class in classes:
            for name in {fold(name) for name in (project_class.project_type, *project_class.names)}:
                self._of_name.setdefault(name, []).append(project_class)
        self._whole = {fold(project_class.name): project_class for project_class in classes}
        self._known: dict[tuple[object, object], TypeRead] = {}

    def read(self, kind: object, line: object) -> TypeRead:
        """Return the class of an installation by its 项目类型 and 是否有外线."""
        key = kind, line
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._read(kind, line)
        return known

    def _read(self, kind: object, line: object) -> TypeRead:
        text = as_text(kind)
        if is_blank(kind):
            return TypeRead(None, "", "project-type-missing")
        name = fold(text).strip("。.;,")
        if name in self._whole and name not in self._of_name:
            return TypeRead(self._whole[name].name, text)
        classes = self._of_name.get(name, [])
        if not classes:
            return TypeRead(None, text, "project-type-unreadable", is_error=True)
        if len(classes) == 1 and classes[0].external_line is None:
            return TypeRead(classes[0].name, text)
        return self._by_line(classes, text, line)

    @staticmethod
    def _by_line(classes: list[ProjectClass], said: str, line: object) -> TypeRead:
        """Tell classes of one 项目类型 apart by whether there is an external line."""
        if is_blank(line):
            return TypeRead(None, said, "external-line-missing")
        has_line = read_yes(line)
        if has_line is None:
            return TypeRead(None, said, "external-line-unreadable", is_error=True)
        chosen = next((one for one in classes if one.external_line is has_line), None)
        return TypeRead(chosen.name if chosen else None, said)
