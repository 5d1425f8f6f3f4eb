"""The rules the database itself keeps, for SQLite and PostgreSQL; made anew after every migration."""

from sqlalchemy import Connection

# Each with its key: an INSERT OR REPLACE of SQLite deletes without asking the trigger on deleting.
APPEND_ONLY = {
    "event": ("seq",),
    "approval": ("id",),
    "seal": ("id",),
    "signature": ("id",),
    "operation": ("op_id",),
    "story_revision": ("story_id", "number"),
}
# Where one thing may change, all else: an operation stops waiting once what it has seen arrives.
KEPT = {"operation": "op_id, office, person_id, seq, noun, key, root, lang, field, value, seen, made_at, via"}

# Author = everyone who wrote a value that stands now and did not at the last approval.
AUTHOR_APPROVES = """
    EXISTS (SELECT 1 FROM head JOIN operation ON operation.op_id = head.op_id
            WHERE head.root = NEW.article_id AND operation.person_id = NEW.person_id
              AND head.since > COALESCE((SELECT MAX(seq) FROM approval WHERE article_id = NEW.article_id), 0))
"""


def create_triggers(connection: Connection) -> None:
    """Drops and makes every trigger."""
    make = _sqlite if connection.dialect.name == "sqlite" else _postgres
    for statement in make():
        connection.exec_driver_sql(statement)


def _sqlite() -> list[str]:
    made = []
    for table, key in APPEND_ONLY.items():
        same = " AND ".join(f"{name} = NEW.{name}" for name in key)
        there = f"EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608  our own names, nothing from outside
        for verb, condition in (("update", "1"), ("delete", "1"), ("insert", there)):
            name = f"{table}_never_{verb}"
            made += [
                f"DROP TRIGGER IF EXISTS {name}",
                f"CREATE TRIGGER {name} BEFORE {_verb(verb, table)} ON {table} WHEN {condition} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END",
            ]
    return [
        *made,
        "DROP TRIGGER IF EXISTS approval_by_second_person",
        f"CREATE TRIGGER approval_by_second_person BEFORE INSERT ON approval WHEN {AUTHOR_APPROVES} "
        "BEGIN SELECT RAISE(ABORT, 'an author may not approve'); END",
    ]


def _postgres() -> list[str]:
    made = [
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '%% is append-only', TG_TABLE_NAME; END $$",
        "CREATE OR REPLACE FUNCTION refuse_author() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF {AUTHOR_APPROVES} THEN RAISE EXCEPTION 'an author may not approve'; END IF; RETURN NEW; END $$",
    ]
    for table in APPEND_ONLY:
        for verb in ("update", "delete"):
            name = f"{table}_never_{verb}"
            made += [
                f"DROP TRIGGER IF EXISTS {name} ON {table}",
                f"CREATE TRIGGER {name} BEFORE {_verb(verb, table)} ON {table} FOR EACH ROW "
                "EXECUTE FUNCTION refuse_change()",
            ]
    return [
        *made,
        "DROP TRIGGER IF EXISTS approval_by_second_person ON approval",
        "CREATE TRIGGER approval_by_second_person BEFORE INSERT ON approval FOR EACH ROW "
        "EXECUTE FUNCTION refuse_author()",
    ]


def _verb(verb: str, table: str) -> str:
    return f"UPDATE OF {KEPT[table]}" if verb == "update" and table in KEPT else verb
