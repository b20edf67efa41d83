"""What columns are called in real registers, and which field each name means."""

from __future__ import annotations

import re

from sed_tui.operations.import_columns import COLUMNS, Noun

# a word that the clerk divided to fit the column: «Документо- поток»
_DIVIDED = re.compile(r"(?<=[а-яё])-\s+(?=[а-яё])")
_PUNCTUATION = re.compile(r"[\s.,:;*_()«»\"'/\\-]+")

# field -> its names, joined by |. A name after "~" is weak: it counts only where no other
# column of the file means the field.
_NAMES: dict[Noun, dict[str, str]] = {
    Noun.DOCUMENTS: {
        "external_id": "внешний ид|внешний код|внешний идентификатор|ид во внешней системе"
        "|ключ|guid|uid|ид карточки|~ид|id",
        "flow": "документопоток|поток|направление|direction|~тип документа",
        "kind": "вид документа|вид|document kind|document type|~тип",
        "journal": "журнал регистрации|журнал|ид журнала регистрации|register|индекс журнала",
        "number": "рег №|рег номер|регистрационный номер|регистрационный №|№ регистрации"
        "|номер регистрации|рег № и дата|рег номер и дата|регистрационный номер и дата|вх №"
        "|регистрационный № и дата|номер и дата регистрации|вх № и дата|вх номер и дата|входящий №"
        "|входящий номер|вх номер|регистрационный индекс|индекс документа|рег индекс"
        "|registration number|reg number|№ документа|номер документа|~№|номер|no|n",
        "registered_on": "дата регистрации|рег дата|дата рег|зарегистрирован|registration date"
        "|registered|date registered|~дата документа|дата|date",
        "received_on": "дата поступления|дата получения|получено|поступило|поступил|дата вх"
        "|дата входящего|received|date received|дата входящая",
        "correspondent": "корреспондент|отправитель|от кого|организация корреспондент"
        "|контрагент|автор документа|заявитель|фио заявителя|кому|куда|получатель|sender|from"
        "|корреспондент отправитель|наименование корреспондента|откуда поступил"
        "|откуда|автор|~организация",
        "inn": "инн|инн корреспондента|инн отправителя|инн организации|tax id",
        "their_number": "исх №|исходящий №|исх номер|исходящий номер|номер входящий"
        "|№ корреспондента|номер корреспондента|№ отправителя|номер отправителя|их №"
        "|исх № и дата|исх номер и дата|исходящий № и дата|исходящий номер и дата"
        "|№ и дата письма|номер и дата письма"
        "|номер письма|№ письма|sender's number|senders number|sender number|их номер"
        "|исх № корреспондента|исх № отправителя|номер исх|№ исх|исходящий № отправителя",
        "their_date": "дата исх|дата исходящего|исходящая дата|дата письма|письмо от"
        "|дата корреспондента|дата отправителя|от какого числа|sender's date|senders date"
        "|sender date|их дата|исх дата|дата исх документа|дата исходящего документа|~от",
        "subject": "содержание|краткое содержание|заголовок|тема|о чем|содержание документа"
        "|заголовок к тексту|summary|title|краткое содержание документа|наименование документа"
        "|~имя документа|наименование|название|описание",
        "addressee": "адресат|адресован|на имя|кому адресовано|to|должностное лицо",
        "signatory": "подписал|подписант|кто подписал|подпись|подписавший|signed by",
        "signed_on": "дата подписания|подписано|signed|date signed",
        "drafter": "подготовил|исполнитель документа|составил|drafted by|~исполнитель",
        "drafter_phone": "телефон исполнителя|телефон|phone",
        "sheets": "листов|кол во листов|количество листов|число листов|листы|объем|pages"
        "|листов документа",
        "copies": "экземпляров|экз|кол во экз|количество экземпляров",
        "annex_sheets": "листов приложения|приложение листов|приложения листов|листов приложений"
        "|кол во листов приложения|приложение",
        "delivery": "способ доставки|доставка|вид доставки|способ получения|способ отправки"
        "|канал|delivery method",
        "postal_number": "шпи|почтовый номер|номер отправления|№ почтового отправления|трек номер",
        "in_reply_to": "в ответ на|на №|ответ на|на номер|reply to",
        "case_index": "дело|индекс дела|номер дела|№ дела|в дело|подшито в дело|file code",
        "topic": "тематика|рубрика|вопрос|категория",
        "note": "примечание|примечания|комментарий|заметка|remark|remarks|comment",
        "reply_address": "адрес|адрес для ответа|адрес заявителя|почтовый адрес",
        "appeal_kind": "вид обращения",
        "signatures_count": "количество подписей|число подписей|подписей",
        "confidentiality": "гриф|гриф ограничения доступа|доступ|дсп",
        "files": "файл|файлы|вложения|вложение|скан|file|attachments|путь к файлу",
        "historic": "исторический|архивный|history|исторические данные",
    },
    Noun.CORRESPONDENTS: {
        "external_id": "внешний ид|внешний код|внешний идентификатор|ид во внешней системе"
        "|ключ|guid|uid|~ид|id|код",
        "kind": "вид|тип|вид корреспондента|тип корреспондента",
        "name": "наименование|название|полное наименование|организация|корреспондент|фио"
        "|наименование организации|контрагент|full name|organization"
        "|~юрид наименование|юридическое наименование",
        "short_name": "краткое наименование|сокращенное наименование|сокращение|кратко"
        "|сокр наименование",
        "inn": "инн|tax id",
        "kpp": "кпп",
        "ogrn": "огрн|огрнип|огрн огрнип",
        "address": "адрес|почтовый адрес|~юридический адрес|местонахождение",
        "email": "эл почта|электронная почта|e mail|почта|адрес электронной почты|mail",
    },
    Noun.CALENDAR: {
        "day": "дата|день|число|date",
        "is_working": "рабочий|рабочий день|вид дня|тип дня|тип|вид|working|kind",
        "note": "примечание|пояснение|наименование|название|описание",
    },
    Noun.LAW: {
        "code": "код|шифр",
        "kind": "вид|вид акта|вид документа|тип",
        "level": "уровень|чей",
        "area": "область|тематика|раздел",
        "issuer": "орган|кем издан|кем принят|издатель",
        "number": "номер|№|номер акта",
        "dated": "дата|дата акта|date",
        "title": "название|наименование|заголовок",
        "subject": "предмет|о чём|назначение",
        "status": "статус|состояние|действует",
        "edition": "редакция",
        "checked_on": "проверен|дата проверки|проверено",
        "url": "адрес|ссылка|link",
        "note": "примечание",
    },
    Noun.ASSIGNMENTS: {
        "number": "№|№ п п|п п|n п п|№ пункта|пункт|номер|номер пункта|n|no",
        "text": "текст|поручение|содержание|содержание поручения|текст поручения|задача"
        "|мероприятие|наименование мероприятия|что сделать|решение|формулировка",
        "executor": "исполнитель|ответственный|ответственный исполнитель|исполнители|ответственные"
        "|фио исполнителя|кому|responsible",
        "co_executors": "соисполнители|соисполнитель|со исполнители|co executors",
        "controller": "контролер|контроль|на контроле у|кто контролирует",
        "observers": "наблюдатели|наблюдатель|копия|для сведения",
        "due": "срок|срок исполнения|дата исполнения|исполнить до|до какого числа"
        "|контрольный срок|~дата|deadline",
        "co_due": "срок соисполнителей|срок соисполнителя",
    },
    Noun.PEOPLE: {
        "login": "логин|имя пользователя|учетная запись|user|username|user name",
        "full_name": "фио|ф и о|сотрудник|полное имя|фамилия имя отчество|name|employee",
        "position": "должность|job title|title",
        "unit": "подразделение|отдел|управление|департамент|код подразделения|department",
        "roles": "роли|роль|права|role",
        "email": "эл почта|электронная почта|e mail|почта|mail",
        "phone": "телефон|телефоны|рабочий телефон|telephone",
        "os_user": "пользователь ос|учетная запись ос|os login",
        "language": "язык|язык писем|letters in",
        "clearance": "допуск|допуск к дсп|дсп",
    },
}

# a person's name in three columns, and the field that they make together
NAME_PARTS = ("surname", "first_name", "patronymic")
WHOLE_NAME = {Noun.PEOPLE: "full_name", Noun.CORRESPONDENTS: "name"}
_PARTS = {"фамилия": 0, "surname": 0, "last name": 0, "имя": 1, "first name": 1, "отчество": 2}

# columns that registers have and cards do not: no notice is due
_IGNORED = frozenset(
    {"№ п п", "п п", "n п п", "ошибка", "ошибки", "error", "errors", "строка", "row"}
)


def key_of(heading: str) -> str:
    """Return a heading for comparison: without case, punctuation and line breaks."""
    text = _DIVIDED.sub("", heading.casefold()).replace("ё", "е")
    text = text.replace("№", " № ").replace("\xad", "")
    return _PUNCTUATION.sub(" ", text).strip()


def known(noun: Noun) -> dict[str, tuple[str, bool]]:
    """Return `{heading: (field, is weak)}` for a noun, the field's own name among them."""
    found: dict[str, tuple[str, bool]] = {}
    for field in COLUMNS[noun]:
        strong, _tilde, weak = _NAMES[noun].get(field, "").partition("~")
        for name in (field, *strong.split("|")):
            if name:
                found[key_of(name)] = (field, False)
        for name in weak.split("|"):
            if name:
                found.setdefault(key_of(name), (field, True))
    if noun in WHOLE_NAME:
        found |= {name: (NAME_PARTS[part], True) for name, part in _PARTS.items()}
    return found


def is_ignored(heading: str) -> bool:
    """Tell whether a column is left out silently."""
    return not heading or key_of(heading) in _IGNORED
