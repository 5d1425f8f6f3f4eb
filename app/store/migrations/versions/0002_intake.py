"""What intake learned: pages and sentences of stories, tags, rules, memory of sources, and a search index."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column
from sqlalchemy.orm import Session

from app.models.base import UTCTime
from app.store.search import Entry, index

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """New columns carry a server default, so that no table is built anew."""
    _new_columns()
    _standing()
    op.create_index("ix_story_first_seen_at", "story", ["first_seen_at"])
    op.create_index(op.f("ix_asset_first_like"), "asset", ["first_like"])
    op.create_index(op.f("ix_story_picture_asset"), "story_picture", ["asset"])
    _story_tables()
    _source_tables()
    _rule_tables()
    _search()


def _new_columns() -> None:
    _add("office", "learns", sa.Boolean(), default=sa.true())
    _add("office", "ages", sa.Boolean(), default=sa.true())
    _add("outlet", "official", sa.Boolean(), default=sa.true())
    _add("outlet", "layout_misses", sa.Integer(), default="0")
    _add("source", "kind", sa.String(), default="feed")
    _add("source", "own", sa.Boolean(), default=sa.false())
    _add("source", "quirks", sa.JSON())
    _add("source", "rhythm_hours", sa.Double())
    _add("source", "patience_hours", sa.Double())
    _add("source", "rests_weekends", sa.Boolean(), default=sa.false())
    _add("source", "first_at", UTCTime())
    _add("source", "newest_at", UTCTime())
    _add("source", "failing_since", UTCTime())
    _add("source", "asked_at", UTCTime())
    _add("story", "starred", sa.Boolean(), default=sa.false())
    _add("story", "garbled", sa.String())
    _add("story", "brought_by", sa.String())
    _add("story_picture", "screen", sa.String())
    _add("story_picture", "credit", sa.String())
    _add("asset", "look", sa.String(16))
    _add("asset", "first_like", sa.String())


def _standing() -> None:
    """Days since 2000-01-01; in the stories of old the day is that of UTC."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    day = "substr(first_seen_at, 1, 10)"
    days = f"CAST(julianday({day}) - 2451544.5 AS integer)" if sqlite else f"{day}::date - date '2000-01-01'"
    _add("story", "seen_day", sa.Integer(), default="0")
    op.execute(f"UPDATE story SET seen_day = {days}")  # noqa: S608  our own words, nothing from outside
    op.add_column(
        "story",
        Column("standing", sa.Integer(), sa.Computed("3 * score + seen_day", persisted=not sqlite), nullable=False),
    )
    op.create_index("ix_story_triage_standing", "story", ["triage", "standing", "first_seen_seq"])


def _add(table: str, name: str, kind: Any, *, default: Any = None) -> None:
    op.add_column(table, Column(name, kind, nullable=default is None, server_default=default))


def _story_tables() -> None:
    op.create_table(
        "story_tag",
        Column("story_id", sa.String(), nullable=False),
        Column("tag", sa.String(), nullable=False),
        _to_story("story_tag"),
        sa.PrimaryKeyConstraint("story_id", "tag", name=op.f("pk_story_tag")),
    )
    op.create_index(op.f("ix_story_tag_tag"), "story_tag", ["tag"])
    op.create_table(
        "story_assignment",
        Column("story_id", sa.String(), nullable=False),
        Column("person_id", sa.String(), nullable=False),
        Column("at", UTCTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_story_assignment_person_id_person")),
        _to_story("story_assignment"),
        sa.PrimaryKeyConstraint("story_id", name=op.f("pk_story_assignment")),
    )
    op.create_index(op.f("ix_story_assignment_person_id"), "story_assignment", ["person_id"])
    op.create_table(
        "story_page",
        Column("story_id", sa.String(), nullable=False),
        Column("number", sa.Integer(), nullable=False),
        *(Column(name, sa.String(), nullable=False) for name in ("url", "title", "standfirst", "text", "author")),
        Column("published_raw", sa.String(), nullable=False),
        Column("published_at", UTCTime(), nullable=True),
        *(Column(name, sa.String(), nullable=False) for name in ("digest", "read_by", "evidence")),
        Column("fetched_at", UTCTime(), nullable=False),
        Column("differs", sa.Boolean(), nullable=False, server_default=sa.false()),
        _to_story("story_page"),
        sa.PrimaryKeyConstraint("story_id", "number", name=op.f("pk_story_page")),
    )
    op.create_table(
        "page_visit",
        Column("story_id", sa.String(), nullable=False),
        Column("asked_at", UTCTime(), nullable=True),
        *(Column(name, sa.String(), nullable=True) for name in ("asked_by", "outcome")),
        Column("read_at", UTCTime(), nullable=True),
        _to_story("page_visit"),
        sa.PrimaryKeyConstraint("story_id", name=op.f("pk_page_visit")),
    )
    op.create_index(op.f("ix_page_visit_asked_at"), "page_visit", ["asked_at"])
    op.create_table(
        "story_sentence",
        Column("story_id", sa.String(), nullable=False),
        Column("hash", sa.BigInteger(), nullable=False),
        _to_story("story_sentence"),
        sa.PrimaryKeyConstraint("story_id", "hash", name=op.f("pk_story_sentence")),
    )
    op.create_index(op.f("ix_story_sentence_hash"), "story_sentence", ["hash"])
    op.create_table(
        "story_link",
        Column("story_id", sa.String(), nullable=False),
        Column("other_id", sa.String(), nullable=False),
        Column("percent", sa.Integer(), nullable=False),
        _to_story("story_link"),
        sa.PrimaryKeyConstraint("story_id", "other_id", name=op.f("pk_story_link")),
    )
    op.create_index(op.f("ix_story_link_other_id"), "story_link", ["other_id"])


def _source_tables() -> None:
    op.create_table(
        "source_reading",
        Column("source_id", sa.String(), nullable=False),
        Column("at", UTCTime(), nullable=False),
        Column("outcome", sa.String(), nullable=False),
        Column("new", sa.Integer(), nullable=False),
        Column("changed", sa.Integer(), nullable=False),
        Column("previous_at", UTCTime(), nullable=True),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_source_reading_source_id_source")),
        sa.PrimaryKeyConstraint("source_id", "at", name=op.f("pk_source_reading")),
    )
    op.create_table(
        "source_memory",
        Column("source_id", sa.String(), nullable=False),
        Column("items", sa.JSON(), nullable=False),
        Column("cookies", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_source_memory_source_id_source")),
        sa.PrimaryKeyConstraint("source_id", name=op.f("pk_source_memory")),
    )
    op.create_table(
        "site_rules",
        *(Column(name, sa.String(), nullable=False) for name in ("origin", "rules")),
        Column("read_at", UTCTime(), nullable=False),
        sa.PrimaryKeyConstraint("origin", name=op.f("pk_site_rules")),
    )
    op.create_table(
        "traffic",
        Column("day", sa.String(), nullable=False),
        Column("bytes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_traffic")),
    )


def _rule_tables() -> None:
    op.create_table(
        "rule",
        Column("id", sa.String(), nullable=False),
        Column("office", sa.String(), nullable=False),
        Column("name", sa.String(), nullable=False),
        Column("place", sa.Integer(), nullable=False),
        Column("conditions", sa.JSON(), nullable=False),
        Column("actions", sa.JSON(), nullable=False),
        Column("enabled", sa.Boolean(), nullable=False),
        Column("made_by", sa.String(), nullable=False),
        Column("made_at", UTCTime(), nullable=False),
        Column("deleted_at", UTCTime(), nullable=True),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_rule_made_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule")),
    )
    op.create_table(
        "rule_hit",
        Column("rule_id", sa.String(), nullable=False),
        Column("story_id", sa.String(), nullable=False),
        Column("at", UTCTime(), nullable=False),
        Column("before", sa.JSON(), nullable=False),
        Column("run_id", sa.String(), nullable=True),
        Column("undone_at", UTCTime(), nullable=True),
        sa.ForeignKeyConstraint(["rule_id"], ["rule.id"], name=op.f("fk_rule_hit_rule_id_rule")),
        _to_story("rule_hit"),
        sa.PrimaryKeyConstraint("rule_id", "story_id", name=op.f("pk_rule_hit")),
    )
    op.create_index(op.f("ix_rule_hit_story_id"), "rule_hit", ["story_id"])
    op.create_index(op.f("ix_rule_hit_run_id"), "rule_hit", ["run_id"])
    op.create_table(
        "rule_run",
        Column("id", sa.String(), nullable=False),
        Column("rule_id", sa.String(), nullable=False),
        Column("undoes", sa.String(), nullable=True),
        Column("asked_by", sa.String(), nullable=False),
        Column("asked_at", UTCTime(), nullable=False),
        Column("since", UTCTime(), nullable=True),
        *(Column(name, sa.Integer(), nullable=False) for name in ("total", "touched", "below")),
        Column("ended_at", UTCTime(), nullable=True),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_rule_run_asked_by_person")),
        sa.ForeignKeyConstraint(["rule_id"], ["rule.id"], name=op.f("fk_rule_run_rule_id_rule")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_run")),
    )
    op.create_index(op.f("ix_rule_run_rule_id"), "rule_run", ["rule_id"])
    op.create_table(
        "learned_word",
        Column("word", sa.String(), nullable=False),
        Column("kept", sa.Integer(), nullable=False),
        Column("passed", sa.Integer(), nullable=False),
        Column("points", sa.Double(), nullable=False),
        Column("enabled", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_learned_word")),
    )


def _to_story(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f(f"fk_{table}_story_id_story"))


def _search() -> None:
    """The index over the words of the stories; its row number is `first_seen_seq`. app/store/search.py asks it."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE story_fts USING fts5(title, summary, body, content='', contentless_delete=1, "
            "tokenize='unicode61 remove_diacritics 0')"
        )
    else:
        op.execute("CREATE TABLE story_fts (rowid integer PRIMARY KEY, document tsvector NOT NULL)")
        op.execute("CREATE INDEX ix_story_fts_document ON story_fts USING gin (document)")
    _index_what_is_there()


def _index_what_is_there() -> None:
    """The stories of an older database, by the code that will ask for them: folding is not to be had in SQL."""
    session = Session(op.get_bind())
    query = sa.text(
        "SELECT first_seen_seq, title, summary FROM story WHERE first_seen_seq > :last "
        "ORDER BY first_seen_seq LIMIT 500"
    )
    last = 0
    while rows := session.execute(query, {"last": last}).all():
        index(session, [Entry(seq, title, summary) for seq, title, summary in rows])
        last = rows[-1][0]
    session.flush()
