"""The sheets of the Directum RX import utility, 4.0 and 4.1: their names and headings.

Sheets are in the order in which they must be loaded: what is referred to comes first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from sed_tui.i18n import N_

_MARKS = re.compile(r"[\s.,:;_()«»\"'/\\-]+")


class Form(StrEnum):
    """What the rows of a sheet are, in the order of loading."""

    ORGANIZATIONS = "organizations"
    UNITS = "units"
    PERSONS = "persons"
    EMPLOYEES = "employees"
    LOGINS = "logins"
    COUNTERPARTIES = "counterparties"
    CONTACTS = "contacts"
    KINDS = "kinds"
    JOURNALS = "journals"
    FILE_PLAN = "file_plan"
    INCOMING = "incoming"
    OUTGOING = "outgoing"
    ORDERS = "orders"
    DIRECTIVES = "directives"
    SIMPLE = "simple"
    CONTRACTS = "contracts"
    AGREEMENTS = "agreements"
    ACTS = "acts"
    WAYBILLS = "waybills"
    TRANSFERS = "transfers"
    ADDRESSEES = "addressees"
    ANNEXES = "annexes"
    SUBSTITUTIONS = "substitutions"
    CURRENCIES = "currencies"
    COUNTRIES = "countries"
    ROLES = "roles"
    CATEGORIES = "categories"
    VIEWERS = "viewers"


FORM_TITLES: dict[Form, str] = {
    Form.ORGANIZATIONS: N_("organizations"),
    Form.UNITS: N_("units"),
    Form.PERSONS: N_("persons"),
    Form.EMPLOYEES: N_("employees"),
    Form.LOGINS: N_("logins"),
    Form.COUNTERPARTIES: N_("counterparties"),
    Form.CONTACTS: N_("contact persons"),
    Form.KINDS: N_("kinds of documents"),
    Form.JOURNALS: N_("journals"),
    Form.FILE_PLAN: N_("the file plan"),
    Form.INCOMING: N_("incoming letters"),
    Form.OUTGOING: N_("outgoing letters"),
    Form.ORDERS: N_("orders"),
    Form.DIRECTIVES: N_("directives"),
    Form.SIMPLE: N_("simple documents"),
    Form.CONTRACTS: N_("contracts"),
    Form.AGREEMENTS: N_("additional agreements"),
    Form.ACTS: N_("acts of work done"),
    Form.WAYBILLS: N_("waybills"),
    Form.TRANSFERS: N_("universal transfer documents"),
    Form.ADDRESSEES: N_("addressees"),
    Form.ANNEXES: N_("annexes"),
    Form.SUBSTITUTIONS: N_("substitutions"),
    Form.CURRENCIES: N_("currencies"),
    Form.COUNTRIES: N_("countries"),
    Form.ROLES: N_("roles"),
    Form.CATEGORIES: N_("categories of contracts"),
    Form.VIEWERS: N_("programs that open files"),
}


@dataclass(frozen=True, slots=True)
class SheetForm:
    """A sheet: what it may be called, `{field: headings}`, and what it is known by.

    A field that stands in `needed` tells two sheets of one name apart.
    """

    form: Form
    names: tuple[str, ...]
    fields: dict[str, tuple[str, ...]]
    needed: tuple[str, ...]


def key_of(text: str) -> str:
    """Return a heading or a name of a sheet for comparison."""
    return _MARKS.sub("", text.casefold().replace("ё", "е").replace("\xad", ""))


def _fields(written: str) -> dict[str, tuple[str, ...]]:
    pairs = (line.split("=", 1) for line in written.split("\n") if "=" in line)
    return {name.strip(): tuple(map(key_of, headings.split("|"))) for name, headings in pairs}


def _form(form: Form, names: str, fields: str, needed: str) -> SheetForm:
    found = _fields(fields)
    return SheetForm(form, tuple(map(key_of, names.split("|"))), found, tuple(needed.split()))


_CONTACTS = """
    phone = Телефоны|Телефон|Рабочий телефон
    email = Эл. почта|Эл.почта|Email|E-mail|Электронная почта
    site = Сайт
    note = Примечание
    account = Номер счета
    bank = Банк
    external_id = ИД во внешней системе
"""
_LEGAL = f"""
    name = Наименование
    legal_name = Юрид. наименование
    parent = Головная орг.
    inn = ИНН
    kpp = КПП
    ogrn = ОГРН
    legal_address = Юридический адрес
    address = Почтовый адрес
    foreign = Нерезидент
    {_CONTACTS}
"""
_NAME = """
    surname = Фамилия
    first_name = Имя
    patronymic = Отчество
"""
_FILED = """
    subject = Содержание
    kind = Вид документа
    unit = Подразделение
    files = Файл
    note = Примечание
    state = Состояние
    journal = Журнал регистрации|ИД журнала регистрации|Журнал регистрации приложения
    registration = Регистрация
    case = Дело
    external_id = ИД во внешней системе
"""
_LETTER = f"""
    number = №|Рег. №
    registered_on = Дата регистрации|Рег. Дата
    correspondent = Корреспондент
    delivery = Способ доставки
    own = Наша организация|НОР
    {_FILED}
"""
# one template of directives has «Дата | Подробности» where date and kind belong: of two such
# columns the first from the left is data, the last a result
_ORDER = f"""
    number = Рег. №
    registered_on = Рег. Дата|Дата регистрации|Дата
    own = Наша организация|НОР
    performer = Исполнитель
    drafter = Подготовил
    signatory = Подписал
    {_FILED.replace("Вид документа", "Вид документа|Подробности")}
"""
_CONTRACT = f"""
    number = Рег. №|№ договора
    registered_on = Рег. Дата|Дата договора|Дата регистрации
    own = Наша организация|НОР
    counterparty = Контрагент
    category = Категория
    sum = Сумма
    currency = Валюта
    from = Действует с
    until = Действует по
    responsible = Ответственный
    signatory = Подписал
    order = Номер заказа
    {_FILED}
"""
_ANNEX = """
    lead_number = № договора
    lead_date = Дата договора
"""

FORMS = (
    _form(Form.ORGANIZATIONS, "НашиОрганизации|НОР", _LEGAL, "name inn"),
    _form(
        Form.UNITS,
        "Подразделения",
        """
        name = Наименование
        short_name = Краткое наименование
        code = Код
        own = Наша организация|НОР
        parent = Головное подразделение
        leader = Руководитель
        phone = Телефон|Телефоны
        note = Примечание
        external_id = ИД во внешней системе
        """,
        "name own",
    ),
    _form(Form.PERSONS, "Персоны", f"{_NAME} address = Почтовый адрес\n{_CONTACTS}", "surname"),
    _form(
        Form.EMPLOYEES,
        "Сотрудники",
        f"own = Наша организация|НОР\nunit = Подразделение\nposition = Должность{_NAME}{_CONTACTS}",
        "own surname",
    ),
    _form(Form.LOGINS, "Логины", f"login = Логин{_NAME}{_CONTACTS}", "login surname"),
    _form(Form.COUNTERPARTIES, "Контрагенты|Организации", _LEGAL, "name inn"),
    _form(
        Form.CONTACTS,
        "Контактные лица|КонтактныеЛица",
        f"{_NAME} own = Организация\n position = Должность{_CONTACTS}",
        "surname own",
    ),
    _form(
        Form.KINDS,
        "ВидыДокументов",
        """
        name = Наименование
        short_name = Сокращенное имя
        code = Код
        flow = Документопоток
        numbering = Тип нумерации
        type = Тип документа
        """,
        "name flow",
    ),
    _form(
        Form.JOURNALS,
        "ЖурналыРегистрации",
        """
        name = Наименование
        type = Тип журнала
        code = Индекс
        flow = Документопоток
        digits = Кол-во цифр в номере
        scope = Разрез нумерации
        period = Период нумерации
        group = Группа регистрации
        """,
        "name flow period",
    ),
    _form(
        Form.FILE_PLAN,
        "Номенклатура дел",
        "code = Индекс\nname = Заголовок\nown = НОР",
        "code name",
    ),
    _form(
        Form.INCOMING,
        "ВходящиеПисьма",
        f"their_date = Письмо от\ntheir_number = Номер входящий\naddressee = Адресат{_LETTER}",
        "number correspondent their_date",
    ),
    _form(
        Form.OUTGOING,
        "ИсходящиеПисьма",
        f"drafter = Подготовил\nid = Id исходящего письма в DirectumRX|ИД{_LETTER}",
        "number correspondent drafter",
    ),
    _form(Form.ORDERS, "Приказы", _ORDER, "number subject signatory"),
    _form(Form.DIRECTIVES, "Распоряжения", _ORDER, "number subject signatory"),
    _form(
        Form.SIMPLE,
        "ПростойДокумент|ПростыеДокументы",
        f"number = Рег. №\nregistered_on = Дата документа|Рег. Дата\nname = Имя документа"
        f"\nown = Наша организация|НОР{_FILED}",
        "number name",
    ),
    _form(Form.CONTRACTS, "Договоры", _CONTRACT, "number counterparty"),
    _form(
        Form.AGREEMENTS,
        "Доп.Соглашения|ДополнительныеСоглашения",
        _CONTRACT.replace("№ договора", "№ доп. соглашения").replace(
            "Дата договора", "Дата доп. соглашения"
        )
        + _ANNEX,
        "number counterparty",
    ),
    _form(Form.ACTS, "Акты", _CONTRACT, "number counterparty"),
    _form(Form.WAYBILLS, "Накладные", _CONTRACT + "\nlead_number = № договора", "number own"),
    _form(Form.TRANSFERS, "УПД", _CONTRACT, "number own"),
    _form(
        Form.ADDRESSEES,
        "ИсходящиеПисьмаАдресаты",
        """
        letter = Id исходящего письма в DirectumRX|ИД исходящего письма
        correspondent = Корреспондент
        addressee = Адресат
        delivery = Способ доставки
        """,
        "letter correspondent",
    ),
    _form(
        Form.ANNEXES,
        "Приложения",
        _CONTRACT.replace("Рег. №|№ договора", "Рег. № приложения|Рег. №").replace(
            "Рег. Дата|Дата договора|Дата регистрации",
            "Дата регистрации приложения|Дата регистрации",
        )
        + _ANNEX,
        "number lead_number",
    ),
    _form(
        Form.SUBSTITUTIONS,
        "Замещения",
        """
        substitute = Замещающий
        substitute_own = НОР замещающего
        absent = Сотрудник
        own = НОР замещаемого
        starts_on = Дата начала
        ends_on = Дата завершения
        """,
        "substitute absent",
    ),
    _form(Form.CURRENCIES, "Валюты", "name = Наименование\ncode = Буквенный код", "name code"),
    _form(Form.COUNTRIES, "Страны", "name = Наименование\ncode = Код", "name code"),
    _form(Form.ROLES, "Роли", "name = Наименование\nmembers = Состав участников", "name members"),
    _form(
        Form.CATEGORIES,
        "КатегорииДоговоров",
        "name = Наименование\nkinds = Виды документов",
        "name kinds",
    ),
    _form(
        Form.VIEWERS, "Приложения", "name = Наименование\nextension = Расширение", "name extension"
    ),
)
ORDER = {form: place for place, form in enumerate(Form)}

# what the vendor's utility writes back
VERDICT, DAY, DETAILS = "Итог", "Дата", "Подробности"
RESULTS = (VERDICT, DAY, DETAILS)
REMARK_HEADINGS = ("Строка", "Вид", "Суть")
REMARK_SHEETS = ("Ошибки", "Дополнительно")


def is_remark_sheet(name: str) -> bool:
    """Tell whether a sheet is one that results are written to."""
    return key_of(name) in set(map(key_of, REMARK_SHEETS))
