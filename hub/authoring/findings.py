"""What is wrong with a source, said with its place. Knows no rule."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal


@dataclass(frozen=True)
class Place:
    """Where in the source something stands."""

    file: Path
    line: int  # 1 is the first

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True)
class Finding:
    """One thing to mend. An error keeps a catalog from being published; a warning does not."""

    place: Place
    field: str
    message: str
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        return f"{self.place}: {self.field}: {self.message}"


class SourceError(Exception):
    """The source cannot be published; `findings` say where and why."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("\n".join(str(finding) for finding in findings))
        self.findings = findings
