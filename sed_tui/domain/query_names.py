"""The names of the query language, in English and in Russian."""

from __future__ import annotations

from enum import StrEnum

from sed_tui.domain.flows import Flow


class Field(StrEnum):
    """What a condition is about."""

    FLOW = "flow"
    FROM = "from"
    NUMBER = "number"
    JOURNAL = "journal"
    KIND = "kind"
    SINCE = "since"
    UNTIL = "until"
    ON = "on"
    REGISTRAR = "registrar"
    ADDRESSEE = "addressee"
    EXECUTOR = "executor"
    CASE = "case"
    HAS = "has"
    OVERDUE = "overdue"
    REGISTERED = "registered"
    UNREGISTERED = "unregistered"


class Holding(StrEnum):
    """What a document may have."""

    FILE = "file"
    ASSIGNMENT = "assignment"
    LINK = "link"


# a person who asks for what is his own
MYSELF = frozenset({"me", "я", "меня", "мои"})

NAMES: dict[str, Field] = {
    name: field
    for field, names in {
        Field.FLOW: "flow поток",
        Field.FROM: "from correspondent от корреспондент отправитель",
        Field.NUMBER: "number номер рег",
        Field.JOURNAL: "journal журнал",
        Field.KIND: "kind вид",
        Field.SINCE: "since с начиная",
        Field.UNTIL: "until по до",
        Field.ON: "on за дата",
        Field.REGISTRAR: "registrar регистратор",
        Field.ADDRESSEE: "addressee to адресат кому",
        Field.EXECUTOR: "executor исполнитель",
        Field.CASE: "case дело",
        Field.HAS: "has есть",
    }.items()
    for name in names.split()
}
FLAGS: dict[str, Field] = {
    name: field
    for field, names in {
        Field.OVERDUE: "overdue просрочено просроченные просроченный",
        Field.REGISTERED: "registered зарегистрировано зарегистрированные зарегистрирован",
        Field.UNREGISTERED: "unregistered незарегистрировано незарегистрированные"
        " незарегистрирован",
    }.items()
    for name in names.split()
}
FLOWS: dict[str, str] = {
    name: flow.value
    for flow, names in {
        Flow.INCOMING: "incoming входящие входящий входящее вх in",
        Flow.OUTGOING: "outgoing исходящие исходящий исходящее исх out",
        Flow.INTERNAL: "internal внутренние внутренний внутреннее вн",
        Flow.ORDER: "order orders орд приказы приказ распоряжения распоряжение",
        Flow.APPEAL: "appeal appeals обращения обращение ог",
    }.items()
    for name in names.split()
}
HOLDINGS: dict[str, str] = {
    name: holding.value
    for holding, names in {
        Holding.FILE: "file files файл файлы",
        Holding.ASSIGNMENT: "assignment assignments поручение поручения",
        Holding.LINK: "link links связка связки связь",
    }.items()
    for name in names.split()
}
