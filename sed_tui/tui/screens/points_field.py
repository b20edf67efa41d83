"""The points of a resolution that have been written already, in a list of a form."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from textual import on
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from widgets.form_field import Field

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from sed_tui.operations.resolution import PointRow

# field of the form -> field of the point; the common controller has a field of his own
POINT_FIELDS = {
    "text": "text",
    "executor": "executor",
    "co_executors": "co_executors",
    "due": "due",
    "co_due": "co_due",
    "own_controller": "controller",
    "observers": "observers",
}
LISTS = ("co_executors", "observers")


@dataclass(frozen=True, slots=True)
class WrittenPoint:
    """A point: what it gives to the operation, its people as shown, the states of its fields."""

    number: int
    given: dict[str, Any]
    people: str
    fields: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, row: PointRow) -> WrittenPoint:
        """Return a point of a draft that is there already."""
        given = {
            "text": row.text or "",
            "executor": row.executor or "",
            "co_executors": "; ".join(row.co_executors),
            "due": row.due or "",
            "co_due": row.co_due or "",
            "controller": row.own_controller or "",
            "observers": "; ".join(row.observers),
        }
        people = ", ".join(filter(None, [row.executor, *row.co_executors]))
        fields: dict[str, Any] = {name: given[field] for name, field in POINT_FIELDS.items()}
        for name in LISTS:
            names = getattr(row, name)
            items = [{"text": each, "key": each} for each in names]
            fields[name] = {"items": items, "text": ""}
        return cls(row.number, given, people, fields)

    @property
    def state(self) -> dict[str, Any]:
        """Return what a draft must keep."""
        return asdict(self)

    @property
    def given_fields(self) -> dict[str, Any]:
        """Return the fields of the request, its number included."""
        return {"number": str(self.number), **self.given}

    @property
    def line(self) -> str:
        """Return the point in a line of a list."""
        text = str(self.given["text"]).replace("\n", " ")
        return f"{self.number}. {text} → {self.people} · {self.given['due']}"


class PointsField(Field):
    """The points before the one in hand; Enter takes one back into the fields."""

    DEFAULT_CSS = """
    PointsField { display: none; }
    PointsField.-filled { display: block; }
    PointsField OptionList {
        height: auto; max-height: 6; width: 1fr; border: none; padding: 0; background: $surface;
    }
    """

    class TakenBack(Message):
        """A point is to be changed."""

        def __init__(self, place: int, point: WrittenPoint) -> None:
            super().__init__()
            self.place, self.point = place, point

    def __init__(self, key: str, label: str) -> None:
        super().__init__(key, label)
        self.items: list[WrittenPoint] = []
        self._list = OptionList(markup=False)

    def editor(self) -> Iterable[Widget]:
        """Yield the list."""
        yield self._list

    @property
    def number(self) -> int:
        """Return the number of the next point: the least that is free."""
        taken = {item.number for item in self.items}
        return next(n for n in range(1, len(taken) + 2) if n not in taken)

    @property
    def raw(self) -> str:
        """Return the points as they are shown."""
        return "\n".join(item.line for item in self.items)

    @raw.setter
    def raw(self, text: str) -> None:
        raise NotImplementedError

    @property
    def state(self) -> Any:
        """Return what a draft must keep."""
        return [item.state for item in self.items]

    def restore(self, state: Any) -> None:
        """Fill the list with what a draft kept."""
        self.items = [WrittenPoint(**each) for each in state or ()]
        self._show()

    def add(self, point: WrittenPoint) -> None:
        """Put a point in its place."""
        self.items = sorted([*self.items, point], key=lambda item: item.number)
        self._show()
        self.changed()

    def take_out(self, place: int) -> None:
        """Take a point out."""
        del self.items[place]
        self._show()
        self.changed()

    def _show(self) -> None:
        self._list.clear_options()
        self._list.add_options([Option(item.line) for item in self.items])
        self.set_class(bool(self.items), "-filled")

    @on(OptionList.OptionSelected)
    def _on_chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.TakenBack(event.option_index, self.items[event.option_index]))
