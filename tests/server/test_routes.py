"""The operations over HTTP: the same answers, the same failures, described truly."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from sed_tui.domain.access import PEOPLE, Role
from sed_tui.errors import by_code
from sed_tui.operations.registry import Effect, operations
from tests.handlers.any_request import any_request

if TYPE_CHECKING:
    import httpx

    from tests.server.conftest import Token

LETTER: dict[str, Any] = {
    "flow": "incoming",
    "subject": "О сведениях",
    "correspondent": "Минздрав",
    "their_number": "145/и",
    "their_date": "2026-11-20",
}


def register(http: httpx.Client, **headers: str) -> httpx.Response:
    return http.post("/v1/document.register", json=LETTER, headers=headers)


def test_a_letter_is_registered_and_found_both_ways(http: httpx.Client) -> None:
    made = register(http).json()
    posted = http.post("/v1/document.list", json={"limit": 5}).json()
    got = http.get("/v1/document.list", params={"limit": 5}).json()

    assert made["number"] == "01-23/1"
    assert [row["id"] for row in posted["rows"]] == [made["id"]]
    assert got == posted


def test_a_failure_is_a_problem_of_the_standard(http: httpx.Client) -> None:
    answer = http.get("/v1/document.show", params={"document": "01-23/77"})

    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told["type"] == "urn:sed-tui:problem:not_found"
    assert (told["status"], told["code"], told["exit_status"]) == (404, "not_found", 4)
    assert "01-23/77" in told["detail"]
    assert told["details"] == {"kind": "Document", "key": "01-23/77"}
    assert answer.headers["x-request-id"] in told["instance"]


def test_it_is_told_in_the_language_of_the_caller(http: httpx.Client) -> None:
    asked = {"document": "01-23/77"}

    russian = http.get("/v1/document.show", params=asked, headers={"Accept-Language": "ru-RU"})
    english = http.get("/v1/document.show", params=asked)

    assert "Не найдено" in russian.json()["detail"]
    assert "not found" in english.json()["detail"]


def test_a_key_registers_once_whoever_else_uses_it(http: httpx.Client, token: Token) -> None:
    first = register(http, **{"Idempotency-Key": "k-1"})
    again = register(http, **{"Idempotency-Key": "k-1"})
    other = register(
        http, **{"Idempotency-Key": "k-1", "Authorization": f"Bearer {token('kim', *PEOPLE)}"}
    )

    assert again.json() == first.json()
    assert other.json()["code"] == "idempotency_key_reused"
    assert len(http.get("/v1/document.list").json()["rows"]) == 1


def test_a_dry_run_changes_nothing(http: httpx.Client) -> None:
    dry = register(http, **{"Sed-Dry-Run": "1", "Sed-Reason": "%D0%BF%D1%80%D0%BE%D0%B1%D0%B0"})

    assert dry.json()["number"] == "01-23/1"
    assert http.get("/v1/document.list").json()["rows"] == []


@pytest.mark.parametrize("engine", ["sqlite"])
def test_every_operation_has_its_address(http: httpx.Client) -> None:
    for name, operation in operations().items():
        body = json.loads(any_request(operation).model_dump_json())
        dry = {"Sed-Dry-Run": "1"}
        posted = http.post(f"/v1/{name}", json=body, headers=dry)
        assert posted.status_code < 500, name
        assert posted.json().get("code") not in {"internal", "no_such_address"}, name
        got = http.get(f"/v1/{name}")
        reads = operation.effect is Effect.READ
        assert (got.json().get("code") == "no_such_address") == (not reads), name


@pytest.mark.parametrize("engine", ["sqlite"])
def test_the_description_is_true_to_the_registry(anybody: httpx.Client) -> None:
    spec = anybody.get("/openapi.json").json()

    for name, operation in operations().items():
        path = spec["paths"][f"/v1/{name}"]
        assert ("get" in path) == (operation.effect is Effect.READ)
        example = path["post"]["requestBody"]["content"]["application/json"]["example"]
        assert set(example) == {
            n for n, f in operation.request.model_fields.items() if f.is_required()
        }
    assert {failure["code"] for failure in spec["x-failures"]} == set(by_code())
    references = {
        part.rpartition("/")[2]
        for part in json.dumps(spec).split('"')
        if "#/components/schemas/" in part
    }
    assert references <= set(spec["components"]["schemas"])


@pytest.mark.parametrize("engine", ["sqlite"])
def test_values_of_a_query_are_read_as_what_they_are(http: httpx.Client) -> None:
    register(http)

    wrong = http.get("/v1/document.list", params={"limit": "много"})
    twice = http.get("/v1/document.list", params=[("limit", "1"), ("limit", "2")])
    unknown = http.get("/v1/document.list", params={"planet": "3"})

    assert [one.status_code for one in (wrong, twice, unknown)] == [422] * 3
    assert [one.json()["field"] for one in (wrong, twice, unknown)] == ["limit", "limit", "planet"]


def test_it_is_told_whether_it_runs_and_whether_it_works(anybody: httpx.Client) -> None:
    assert anybody.get("/health").json()["status"] == "ok"
    assert anybody.get("/ready").json()["status"] == "ready"


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_link_answers_with_the_card_for_whoever_may_see_it(
    http: httpx.Client, anybody: httpx.Client, token: Token
) -> None:
    made = register(http).json()["id"]
    stranger = {"Authorization": f"Bearer {token('lee', Role.EXECUTOR)}"}

    card = http.get(f"/d/{made}")
    hidden = http.get(f"/d/{made}", headers=stranger)
    absent = http.get("/d/00000000-0000-0000-0000-000000000001", headers=stranger)
    page = anybody.get(f"/d/{made}", headers={"Accept": "text/html"})

    assert card.json()["number"] == "01-23/1"
    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert hidden.json()["code"] == absent.json()["code"]
    assert (page.status_code, "sedctl open" in page.text, "01-23" in page.text) == (
        401,
        True,
        False,
    )
    assert anybody.get(f"/t/{made}").status_code == 401
