"""What the MEDO format calls things: namespaces, enumerations, the closed lists of both editions.

Source: the XML schemas of IEDMS 2.2 and 2.6.
"""

from __future__ import annotations

from sed_tui.exchange.message import Event, FileGroup, LinkKind

NAMESPACE = "http://www.infpres.com/IEDMS"
READ_NAMESPACES = (NAMESPACE, "urn:IEDMS:MESSAGE")
CONTAINER_NAMESPACES = ("http://minsvyaz.ru/container", "urn:IEDMS:CONTAINER")

DOCUMENT = "Документ"
NOTIFICATION = "Уведомление"
ACKNOWLEDGMENT = "Квитанция"
CONTAINER = "Транспортный контейнер"
MESSAGE_TYPES = (DOCUMENT, NOTIFICATION, ACKNOWLEDGMENT, CONTAINER)

EVENTS: dict[Event, tuple[str, str]] = {
    Event.REGISTERED: ("Зарегистрирован", "documentAccepted"),
    Event.REFUSED: ("Отказано в регистрации", "documentRefused"),
    Event.EXECUTOR_ASSIGNED: ("Назначен исполнитель", "executorAssigned"),
    Event.REPORT_PREPARED: ("Доклад подготовлен", "reportPrepared"),
    Event.REPORT_SENT: ("Доклад направлен", "reportSent"),
    Event.COURSE_CHANGED: ("Исполнение", "courseChanged"),
    Event.PUBLISHED: ("Опубликование", "documentPublished"),
}
EVENTS_OF: dict[str, frozenset[Event]] = {
    "2.2": frozenset(EVENTS) - {Event.PUBLISHED},
    "2.6": frozenset(EVENTS),
}
LINKS: dict[LinkKind, str] = {
    LinkKind.REPLY_TO: "В ответ на",
    LinkKind.IN_EXECUTION: "Во исполнение",
    LinkKind.BASIS: "Документ-основание",
    LinkKind.THEIR_NUMBER: "На №",
    LinkKind.REPLY: "Ответ",
    LinkKind.RELATED: "Связан с",
}
GROUPS: dict[FileGroup, str] = {
    FileGroup.TEXT: "Текст документа",
    FileGroup.ANNEX: "Текст приложения",
}
FILE_KINDS = {"2.2": ("pdf", "tif", "doc", "txt"), "2.6": ("pdf", "tif", "doc", "txt", "xml")}

REASONS_22 = (
    "Не подлежит регистрации",
    "Ошибка адресации",
    "Не указан корреспондент",
    "Нет искового заявления",
    "Отсутствует текст",
    "Нет подписи",
    "Приложение отсутствует",
    "Листаж приложения указан ошибочно",
    "Несовпадение реквизитов приложения с приложенными документами",
)
REASONS_26 = (
    *REASONS_22,
    "Нет № и даты",
    "Не полная комплектация",
    "Дата документа неразборчива",
    "Исходящий номер документа неразборчив",
    "Отсутствует (не видна) подпись",
    "Перевернуты страницы",
    "Продублированы страницы",
    "В приложении проект нормативного акта",
    "Документ ДСП",
    "Документ и/или приложение отсканированы с оборотом",
    "Документ неверно адресован",
    "Документ получен ранее на бумажном носителе",
    "Документ зарегистрирован ранее, текст взамен разосланного загружен",
    "Количество страниц в тексте документа не соответствует заявленному",
    "Несоответствие переданных реквизитов тексту документа",
    "Отсутствует приложение, указанное в документе",
    "Текст неразборчив",
    "Текст отсутствует",
    "Текст не соответствует регламенту",
)
REASONS = {"2.2": REASONS_22, "2.6": REASONS_26}

NUMBER_LENGTH = 31
TEXT_LENGTH = 4_000
NAME_LENGTH = 511
COMMENT_LENGTH = 2_047
FILE_NAME_LENGTH = 255
DESIGNATION_LENGTH = 255
