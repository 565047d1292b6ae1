"""What belongs to a million customers, written by the database itself: each table in one statement."""

BUSY = 1000
"""Every so many-th customer is busy, with so many activities of its own on top."""
ACTIVITIES_OF_BUSY = 300

DAYS = {
    "sqlite": "datetime('2026-01-01', '+' || (i % 320) || ' days') || '.000000'",
    "postgresql": "timestamp '2026-01-01' + (i % 320) * interval '1 day'",
}
TABLES: dict[str, tuple[int, dict[str, str]]] = {
    "customers": (
        1,
        {
            **{column: column for column in ("id", "name", "name_key", "phone", "website", "tax_id")},
            "kind": "CASE WHEN i % 5 = 0 THEN 'active' ELSE 'prospect' END",
            "kind_by_hand": "{false}",
            "value_class": "CASE WHEN i % 50 = 0 THEN 'A' ELSE NULL END",
            "class_by_hand": "{false}",
            "owner_id": "1 + i % 20",
            "region": "CASE WHEN i % 3 = 0 THEN 'North' ELSE '华南' END",
            **dict.fromkeys(("aliases", "other_phones", "addresses", "tags"), "{list}"),
            "custom": "{object}",
            "extra": "{object}",
        },
    ),
    "contacts": (
        1,
        {
            **{column: column for column in ("id", "name", "phone", "email")},
            "customer_id": "i",
            "title": "'CTO'",
        },
    ),
    "opportunities": (
        2,
        {
            "customer_id": "i",
            "name": "'licence ' || i",
            "owner_id": "1 + i % 20",
            "stage_id": "1 + (i / 2) % 6",
            "amount_minor": "100000 + i % 900000",
            "currency": "'USD'",
            "closed_on": "CASE WHEN (i / 2) % 6 > 3 THEN date({day}) ELSE NULL END",
            "extra": "{object}",
        },
    ),
    "activities": (
        2,
        {
            "customer_id": "i",
            "kind": "'call'",
            "text": "'wants 50 seats'",
            "happened_at": "{day}",
            "person_id": "1 + i % 20",
        },
    ),
    "tasks": (
        3,
        {
            "customer_id": "i",
            "text": "'send references'",
            "assignee_id": "1 + i % 20",
            "state": "'open'",
            "due_on": "date({day})",
        },
    ),
    "quotes": (
        10,
        {
            "customer_id": "i",
            "number": "'Q-' || i",
            "currency": "'USD'",
            "discount_percent": "'0'",
            "state": "'sent'",
            "total_minor": "120000",
        },
    ),
    "changes": (
        1,
        {
            "changeset": "'c' || i",
            "entity": "'customers'",
            "entity_id": "i",
            "entity_version": "1",
            "field": "CASE WHEN i % 100 = 0 THEN 'kind' ELSE '' END",
            "old": "CASE WHEN i % 100 = 0 THEN {prospect} ELSE NULL END",
            "new": "CASE WHEN i % 100 = 0 THEN {active} ELSE {object} END",
            "at": "{day}",
            "how": "'import'",
        },
    ),
}
"""Each table: of every so many-th customer there is a row, and what its columns are."""


COPIED = ("customers", "contacts")
"""The tables of which a part of the columns was copied from files, into copied_TABLE."""


def insertion(dialect: str, table: str, customers: int) -> str:
    """The statement that fills a table."""
    every, columns = TABLES[table]
    if table in COPIED:
        return _insert(dialect, table, columns, f"SELECT *, id AS i FROM copied_{table}")
    return _insert(dialect, table, columns, _numbers(dialect, every, customers, every))


def insertion_of_busy(dialect: str, count: int) -> str:
    """The statement that gives so many busy customers their activities."""
    many = _numbers(dialect, 1, count * ACTIVITIES_OF_BUSY, 1)
    busy = f"SELECT 1 + (n.i % {count}) * {BUSY} AS i FROM ({many}) n"
    return _insert(dialect, "activities", TABLES["activities"][1], busy)


def _numbers(dialect: str, first: int, last: int, step: int) -> str:
    if dialect == "postgresql":
        return f"SELECT i FROM generate_series({first}, {last}, {step}) AS g(i)"
    return (
        f"WITH RECURSIVE g(i) AS (SELECT {first} UNION ALL SELECT i + {step} FROM g "
        f"WHERE i + {step} <= {last}) SELECT i FROM g"
    )


def _insert(dialect: str, table: str, columns: dict[str, str], numbers: str) -> str:
    is_postgres = dialect == "postgresql"
    as_json = "'{text}'::jsonb" if is_postgres else "'{text}'"
    words = {
        "{day}": DAYS[dialect],
        "{false}": "false" if is_postgres else "0",
        "{list}": as_json.replace("{text}", "[]"),
        "{object}": as_json.replace("{text}", "{}"),
        "{prospect}": as_json.replace("{text}", '"prospect"'),
        "{active}": as_json.replace("{text}", '"active"'),
    }
    given = {"workspace_id": "1", **columns}
    if table != "changes":
        given |= {"created_at": "{day}", "version": "1"}
    values = ", ".join(given.values())
    for word, sql in words.items():
        values = values.replace(word, sql)
    return f"INSERT INTO {table} ({', '.join(given)}) SELECT {values} FROM ({numbers}) numbers"
