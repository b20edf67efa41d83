"""An example of a JSON Schema: its obligatory fields, each with a plausible value."""

from __future__ import annotations

from typing import Any

_BY_FORMAT = {
    "date": "2026-11-23",
    "date-time": "2026-11-23T09:00:00+05:00",
    "uuid": "3f2b8c1e-0d4a-4f6e-9b7a-5c1d2e3f4a5b",
}
_BY_NAME = {
    "document": "01-23/1456",
    "subject": "О представлении сведений",
    "correspondent": "Минздрав",
    "employee": "kim",
    "executor": "kim",
    "journal": "01-23",
    "text": "Подготовить ответ",
}


def example_of(schema: dict[str, Any], schemas: dict[str, Any], name: str = "") -> Any:
    """Return a value that a schema allows, looking references up among the others."""
    if "$ref" in schema:
        return example_of(schemas[schema["$ref"].rpartition("/")[2]], schemas, name)
    for known in ("default", "const"):
        if known in schema:
            return schema[known]
    if "enum" in schema:
        return schema["enum"][0]
    for choice in ("anyOf", "oneOf", "allOf"):
        if choice in schema:
            return example_of(schema[choice][0], schemas, name)
    return _of_type(schema, schemas, name)


def _of_type(schema: dict[str, Any], schemas: dict[str, Any], name: str) -> Any:
    match schema.get("type"):
        case "object":
            needed = schema.get("required", ())
            fields = schema.get("properties", {})
            return {one: example_of(fields[one], schemas, one) for one in needed if one in fields}
        case "array":
            return [example_of(schema.get("items", {}), schemas, name)]
        case "integer" | "number":
            return schema.get("minimum", 1)
        case "boolean":
            return False
        case "string":
            return _BY_FORMAT.get(schema.get("format", ""), _BY_NAME.get(name, "…"))
    return "…"
