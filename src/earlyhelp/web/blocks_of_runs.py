"""What a screen shows of long work: its steps, each with its state in words, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass

from earlyhelp.web.blocks import OnScreen


@dataclass(frozen=True)
class Task:
    """One step: what is done, its state in words, and a remark. `over`: nothing more will happen to it."""

    words: str
    state: str
    about: str = ""
    over: bool = False


@dataclass(frozen=True)
class TaskList(OnScreen):
    """Steps in order. `caption`: what they are steps of."""

    caption: str
    items: tuple[Task, ...]

    def __post_init__(self) -> None:
        if not self.caption.strip() or not self.items:
            raise ValueError("a list of tasks has a caption and tasks")


@dataclass(frozen=True)
class Progress(OnScreen):
    """How far something is: `done` of `whole` parts, said in words too."""

    words: str
    done: int
    whole: int

    def __post_init__(self) -> None:
        if not 0 <= self.done <= self.whole or not self.words.strip():
            raise ValueError("progress is part of a whole, and has words")
