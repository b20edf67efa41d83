"""A route as text: TOML that is kept in a repository, read with the line of every fault.

```toml
code = "outgoing"
title = "Исходящее письмо"
priority = 10
[when]
flow = ["outgoing"]
[groups]
"юристы" = ["kuznec"]
[[stage]]
name = "Визы"
kind = "approval"
performers = ["role:unit_head", "group:юристы"]
order = "parallel"
term = "2 рд"
mandatory = true
[stage.when]
amount_from = 100000
```
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sed_tui.domain.flows import DRAFTED, Flow
from sed_tui.domain.route import (
    DEFAULT_PERFORMERS,
    STAGE_KIND_TITLES,
    ComputedRole,
    Condition,
    Performer,
    PerformerKind,
    Route,
    RouteStage,
    StageKind,
)
from sed_tui.domain.text import folded
from sed_tui.errors.causes import toml_cause
from sed_tui.errors.routes import RouteBadValue, RouteFault, RouteNotToml, RouteUnknownKey
from sed_tui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_STAGE = re.compile(r"\s*\[\[\s*stage\s*\]\]")
_TOP = ("code", "title", "priority", "ask_again", "when", "groups", "stage")
_EVERYBODY = "everybody"
_WHEN = ("flow", "kind", "organization", "unit")
_OF_STAGE = (
    *("name", "kind", "performers", "order", "term", "mandatory", "keeps_on_immaterial"),
    *("skip_late", "late_to", "when"),
)
_OF_CONDITION = (
    *("kind", "addressee", "delivery", "several_addressees", "amount_from", "amount_to"),
    *("same", "different"),
)
_CODE = re.compile(r"[\w.-]{1,64}")
_PAIR = 2


@dataclass(frozen=True, slots=True)
class ReadRoute:
    """What a text says, as far as it could be read, and its faults in the order of lines."""

    route: Route | None
    faults: list[RouteFault]
    places: Places


class Places:
    """The lines of a text, from 1, on which stages begin and keys stand."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()
        self._stages = [n for n, line in enumerate(self._lines) if _STAGE.match(line)]

    def of(self, key: str, stage: int | None = None) -> int:
        """Return the line of a key, in a stage or above all stages; else where that begins."""
        first, last = self._block(stage)
        pattern = re.compile(rf"\s*\[?\s*[\"']?{re.escape(key)}[\"']?\s*[=\].]")
        for number in range(first, last):
            if pattern.match(self._lines[number]):
                return number + 1
        return first + 1

    def _block(self, stage: int | None) -> tuple[int, int]:
        if stage is None:
            return 0, self._stages[0] if self._stages else len(self._lines)
        if stage >= len(self._stages):  # stages written in one line
            return 0, len(self._lines)
        ends = [*self._stages[stage + 1 :], len(self._lines)]
        return self._stages[stage], ends[0]


def read_route(text: str) -> ReadRoute:
    """Read the text of a route; what it means together is checked by `route_check`."""
    places = Places(text)
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found.group(1)) if found else text.count("\n") + 1
        return ReadRoute(None, [RouteNotToml(line=line, reason=toml_cause(error))], places)
    reader = _Reader(places)
    route = reader.route(content)
    return ReadRoute(route, reader.faults, places)


def performer(written: str) -> Performer:
    """Return the performer that a text names."""
    kind, colon, name = written.partition(":")
    if colon and kind.strip() in {"group", "unit", "role"}:
        return Performer(PerformerKind(kind.strip()), name.strip())
    return Performer(PerformerKind.PERSON, written.strip())


class _Reader:
    """Takes values of the sorts that keys have; the first fault of a key drops its value."""

    def __init__(self, places: Places) -> None:
        self.faults: list[RouteFault] = []
        self._places = places
        self._stage: int | None = None

    def route(self, content: Mapping[str, Any]) -> Route:
        self._known(content, _TOP)
        when = self._table(content, "when", _WHEN)
        flows = self._choices(when, "flow", [flow.value for flow in Flow if flow in DRAFTED])
        code = self._text(content, "code") or ""
        if not _CODE.fullmatch(code):
            self._fault("code", code, _("letters, digits and . _ -"))
        groups = content.get("groups", {})
        names = groups if isinstance(groups, dict) else {}
        return Route(
            code=code,
            title=self._text(content, "title") or code,
            priority=self._number(content, "priority") or 0,
            asks_everybody=self._choices(content, "ask_again", ["voided", _EVERYBODY])
            == (_EVERYBODY,),
            flows=frozenset(map(Flow, flows)),
            kinds=frozenset(map(folded, self._texts(when, "kind"))),
            organizations=frozenset(self._texts(when, "organization")),
            units=frozenset(self._texts(when, "unit")),
            groups={name: self._texts(names, name) for name in names},
            stages=tuple(self._stages(content)),
        )

    def _stages(self, content: Mapping[str, Any]) -> Iterable[RouteStage]:
        written = content.get("stage", [])
        if not isinstance(written, list) or not all(isinstance(one, dict) for one in written):
            self._fault("stage", written, "[[stage]]")
            return
        for place, one in enumerate(written):
            self._stage = place
            yield self._one(one, place)
        self._stage = None

    def _one(self, one: Mapping[str, Any], place: int) -> RouteStage:
        self._known(one, _OF_STAGE)
        kinds = self._choices(one, "kind", list(StageKind))
        if "kind" not in one:
            self._fault("kind", "", ", ".join(StageKind))
        kind = StageKind(kinds[0]) if kinds else StageKind.APPROVAL
        orders = self._choices(one, "order", ["parallel", "sequential"])
        default = DEFAULT_PERFORMERS.get(kind)
        named = tuple(map(performer, self._texts(one, "performers")))
        if not named and default is not None:
            named = (Performer(PerformerKind.ROLE, default.value),)
        return RouteStage(
            name=self._text(one, "name") or _(STAGE_KIND_TITLES[kind]),
            kind=kind,
            performers=named,
            is_parallel=orders != ("sequential",),
            term=self._text(one, "term"),
            is_mandatory=bool(self._flag(one, "mandatory")),
            keeps_immaterial=bool(self._flag(one, "keeps_on_immaterial")),
            skip_late=self._number(one, "skip_late"),
            late_to=tuple(map(performer, self._texts(one, "late_to"))),
            condition=self._condition(one),
            line=self._places.of("[[stage]]", place),
        )

    def _condition(self, one: Mapping[str, Any]) -> Condition:
        when = self._table(one, "when", _OF_CONDITION)
        return Condition(
            kinds=frozenset(map(folded, self._texts(when, "kind"))),
            addressees=frozenset(map(folded, self._texts(when, "addressee"))),
            delivery=frozenset(map(folded, self._texts(when, "delivery"))),
            several_addressees=self._flag(when, "several_addressees"),
            amount_from=self._number(when, "amount_from"),
            amount_to=self._number(when, "amount_to"),
            same=self._pair(when, "same"),
            different=self._pair(when, "different"),
        )

    def _pair(self, table: Mapping[str, Any], key: str) -> tuple[ComputedRole, ComputedRole] | None:
        roles = self._choices(table, key, list(ComputedRole))
        if not roles:
            return None
        if len(set(roles)) != _PAIR:
            self._fault(key, ", ".join(roles), _("two different roles"))
            return None
        return ComputedRole(roles[0]), ComputedRole(roles[1])

    def _known(self, table: Mapping[str, Any], keys: tuple[str, ...]) -> None:
        for key in table:
            if key not in keys:
                line = self._places.of(key, self._stage)
                self.faults.append(RouteUnknownKey(line=line, key=key, keys=", ".join(keys)))

    def _table(
        self, table: Mapping[str, Any], key: str, keys: tuple[str, ...]
    ) -> Mapping[str, Any]:
        value = table.get(key, {})
        if not isinstance(value, dict):
            self._fault(key, value, ", ".join(keys))
            return {}
        self._known(value, keys)
        return value

    def _text(self, table: Mapping[str, Any], key: str) -> str | None:
        value = table.get(key)
        if value is None or isinstance(value, str):
            return value
        self._fault(key, value, _("a text in quotation marks"))
        return None

    def _texts(self, table: Mapping[str, Any], key: str) -> tuple[str, ...]:
        value = table.get(key, [])
        if isinstance(value, str):
            return (value,)
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        self._fault(key, value, _("texts in quotation marks, in brackets"))
        return ()

    def _choices(self, table: Mapping[str, Any], key: str, known: list[str]) -> tuple[str, ...]:
        values = self._texts(table, key)
        for value in values:
            if value not in known:
                self._fault(key, value, ", ".join(known))
        return tuple(value for value in values if value in known)

    def _flag(self, table: Mapping[str, Any], key: str) -> bool | None:
        value = table.get(key)
        if value is None or isinstance(value, bool):
            return value
        self._fault(key, value, "true, false")
        return None

    def _number(self, table: Mapping[str, Any], key: str) -> int | None:
        value = table.get(key)
        if value is None or (isinstance(value, int) and not isinstance(value, bool)):
            return value
        self._fault(key, value, _("a whole number"))
        return None

    def _fault(self, key: str, value: object, expected: str) -> None:
        line = self._places.of(key, self._stage)
        fault = RouteBadValue(line=line, key=key, value=value, expected=expected)
        self.faults.append(fault)
