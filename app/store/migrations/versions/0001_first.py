"""The first schema. Longer than other files because it is one list of tables, written once and never changed."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

from app.models.base import UTCTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Makes every table; app/store/triggers.py adds the rules the database keeps."""
    for make in (
        _asset,
        _counter,
        _issue,
        _office,
        _outlet,
        _person,
        _place,
        _run,
        _article,
        _event,
        _justification,
        _operation,
        _seal,
        _sign_in,
        _source,
        _approval,
        _head,
        _note_operation,
        _proof,
        _signature,
        _story,
        _article_story,
        _parcel,
        _story_alias,
        _story_picture,
        _story_revision,
    ):
        make()


def _asset() -> None:
    op.create_table(
        "asset",
        Column("sha256", sa.String(), nullable=False),
        Column("media_type", sa.String(), nullable=False),
        Column("size", sa.Integer(), nullable=False),
        Column("width", sa.Integer(), nullable=True),
        Column("height", sa.Integer(), nullable=True),
        Column("kept_at", UTCTime(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_asset")),
    )


def _counter() -> None:
    op.create_table(
        "counter",
        Column("name", sa.String(), nullable=False),
        Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_counter")),
    )


def _issue() -> None:
    op.create_table(
        "issue",
        Column("id", sa.String(), nullable=False),
        Column("office", sa.String(), nullable=False),
        Column("year", sa.Integer(), nullable=False),
        Column("number", sa.Integer(), nullable=False),
        Column("revision", sa.Integer(), nullable=False),
        Column("issue_date", sa.Date(), nullable=False),
        Column("pages", sa.Integer(), nullable=False),
        Column("lang", sa.String(), nullable=False),
        Column(
            "stage",
            sa.Enum(
                "draft",
                "sealed",
                "signed",
                "released",
                name="issuestage",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        Column("seq", sa.Integer(), nullable=False),
        Column("created_at", UTCTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issue")),
        sa.UniqueConstraint("office", "year", "number", "revision", name=op.f("uq_issue_office_year_number_revision")),
        sa.UniqueConstraint("seq", name=op.f("uq_issue_seq")),
    )


def _office() -> None:
    op.create_table(
        "office",
        Column("id", sa.String(), nullable=False),
        Column("code", sa.String(), nullable=False),
        Column(
            "mode",
            sa.Enum("real", "demo", "training", name="mode", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        Column("preset", sa.String(), nullable=False),
        Column("name", sa.String(), nullable=False),
        Column("bulletin", sa.String(), nullable=False),
        Column("facts", sa.JSON(), nullable=False),
        Column("imprint", sa.JSON(), nullable=False),
        Column("sections", sa.JSON(), nullable=False),
        Column("topics", sa.JSON(), nullable=False),
        Column("phones", sa.JSON(), nullable=False),
        Column("created_at", UTCTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office")),
    )


def _outlet() -> None:
    op.create_table(
        "outlet",
        Column("id", sa.String(), nullable=False),
        Column("name", sa.String(), nullable=False),
        Column("credit", sa.String(), nullable=False),
        Column("site", sa.String(), nullable=False),
        Column("hosts", sa.JSON(), nullable=False),
        Column("agreement", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outlet")),
    )


def _person() -> None:
    op.create_table(
        "person",
        Column("id", sa.String(), nullable=False),
        Column("office", sa.String(), nullable=False),
        Column("name", sa.String(), nullable=False),
        Column("post", sa.String(), nullable=False),
        Column(
            "role",
            sa.Enum(
                "contributor",
                "editor",
                "approver",
                "clerk",
                "fanpage",
                "administrator",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        Column("passphrase_hash", sa.String(), nullable=False),
        Column("language", sa.String(), nullable=False),
        Column("active", sa.Boolean(), nullable=False),
        Column("failures", sa.Integer(), nullable=False),
        Column("wait_until", UTCTime(), nullable=True),
        Column("created_at", UTCTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("name", name=op.f("uq_person_name")),
    )


def _place() -> None:
    op.create_table(
        "place",
        Column("id", sa.String(), nullable=False),
        Column("office", sa.String(), nullable=False),
        Column("parent_id", sa.String(), nullable=True),
        Column(
            "kind",
            sa.Enum(
                "province",
                "commune",
                "hamlet",
                "point",
                name="placekind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        Column("name", sa.String(), nullable=False),
        Column("former_district", sa.String(), nullable=False),
        Column("copies", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["place.id"], name=op.f("fk_place_parent_id_place")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place")),
    )
    op.create_index(op.f("ix_place_parent_id"), "place", ["parent_id"], unique=False)


def _run() -> None:
    op.create_table(
        "run",
        Column("id", sa.String(), nullable=False),
        Column("job", sa.String(), nullable=False),
        Column("slot", sa.String(), nullable=False),
        Column("started_at", UTCTime(), nullable=False),
        Column("ended_at", UTCTime(), nullable=True),
        Column("outcome", sa.String(), nullable=False),
        Column("detail", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run")),
        sa.UniqueConstraint("job", "slot", name=op.f("uq_run_job_slot")),
    )


def _article() -> None:
    op.create_table(
        "article",
        Column("id", sa.String(), nullable=False),
        Column("office", sa.String(), nullable=False),
        Column("lang", sa.String(), nullable=False),
        Column(
            "stage",
            sa.Enum(
                "draft",
                "submitted",
                "returned",
                "approved",
                "placed",
                "released",
                "withdrawn",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        Column("seq", sa.Integer(), nullable=False),
        Column("created_by", sa.String(), nullable=False),
        Column("created_at", UTCTime(), nullable=False),
        Column("changed_at", UTCTime(), nullable=False),
        Column("remark", sa.String(), nullable=False),
        Column("remark_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_article_created_by_person")),
        sa.ForeignKeyConstraint(["remark_by"], ["person.id"], name=op.f("fk_article_remark_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article")),
        sa.UniqueConstraint("seq", name=op.f("uq_article_seq")),
    )


def _event() -> None:
    op.create_table(
        "event",
        Column("seq", sa.Integer(), nullable=False),
        Column("office", sa.String(), nullable=False),
        Column("kind", sa.String(), nullable=False),
        Column("person_id", sa.String(), nullable=True),
        Column("via", sa.String(), nullable=False),
        Column("fields", sa.JSON(), nullable=False),
        Column("at", UTCTime(), nullable=False),
        Column("previous", sa.String(), nullable=False),
        Column("hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_event_person_id_person")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_event")),
        sa.UniqueConstraint("hash", name=op.f("uq_event_hash")),
    )


def _justification() -> None:
    op.create_table(
        "justification",
        Column("id", sa.String(), nullable=False),
        Column("subject", sa.String(), nullable=False),
        Column("kind", sa.String(), nullable=False),
        Column("words", sa.String(), nullable=False),
        Column("reason", sa.String(), nullable=False),
        Column("person_id", sa.String(), nullable=False),
        Column("made_at", UTCTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_justification_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_justification")),
    )
    op.create_index(op.f("ix_justification_subject"), "justification", ["subject"], unique=False)


def _operation() -> None:
    op.create_table(
        "operation",
        Column("op_id", sa.String(), nullable=False),
        Column("office", sa.String(), nullable=False),
        Column("person_id", sa.String(), nullable=False),
        Column("seq", sa.Integer(), nullable=False),
        Column("noun", sa.String(), nullable=False),
        Column("key", sa.String(), nullable=False),
        Column("root", sa.String(), nullable=False),
        Column("lang", sa.String(), nullable=False),
        Column("field", sa.String(), nullable=False),
        Column("value", sa.String(), nullable=False),
        Column("seen", sa.JSON(), nullable=False),
        Column("waiting", sa.Boolean(), nullable=False),
        Column("made_at", UTCTime(), nullable=False),
        Column("via", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_operation_person_id_person")),
        sa.PrimaryKeyConstraint("op_id", name=op.f("pk_operation")),
        sa.UniqueConstraint("office", "seq", name=op.f("uq_operation_office_seq")),
    )
    op.create_index("ix_operation_root_seq", "operation", ["root", "seq"], unique=False)


def _seal() -> None:
    op.create_table(
        "seal",
        Column("id", sa.String(), nullable=False),
        Column("issue_id", sa.String(), nullable=False),
        Column("snapshot", sa.JSON(), nullable=False),
        Column("snapshot_hash", sa.String(), nullable=False),
        Column("seq", sa.Integer(), nullable=False),
        Column("sealed_by", sa.String(), nullable=True),
        Column("sealed_at", UTCTime(), nullable=False),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name=op.f("fk_seal_issue_id_issue")),
        sa.ForeignKeyConstraint(["sealed_by"], ["person.id"], name=op.f("fk_seal_sealed_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seal")),
        sa.UniqueConstraint("seq", name=op.f("uq_seal_seq")),
    )
    op.create_index(op.f("ix_seal_issue_id"), "seal", ["issue_id"], unique=False)


def _sign_in() -> None:
    op.create_table(
        "sign_in",
        Column("key_hash", sa.String(), nullable=False),
        Column("person_id", sa.String(), nullable=True),
        Column("csrf", sa.String(), nullable=False),
        Column("created_at", UTCTime(), nullable=False),
        Column("seen_at", UTCTime(), nullable=False),
        Column("ended_at", UTCTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sign_in_person_id_person")),
        sa.PrimaryKeyConstraint("key_hash", name=op.f("pk_sign_in")),
    )


def _source() -> None:
    op.create_table(
        "source",
        Column("id", sa.String(), nullable=False),
        Column("outlet_id", sa.String(), nullable=False),
        Column("name", sa.String(), nullable=False),
        Column("url", sa.String(), nullable=False),
        Column("grade", sa.String(), nullable=False),
        Column("enabled", sa.Boolean(), nullable=False),
        Column("etag", sa.String(), nullable=True),
        Column("last_modified", sa.String(), nullable=True),
        Column("body_digest", sa.String(), nullable=True),
        Column("outcome", sa.String(), nullable=True),
        Column("message", sa.String(), nullable=True),
        Column("failures", sa.Integer(), nullable=False),
        Column("read_at", UTCTime(), nullable=True),
        Column("new_at", UTCTime(), nullable=True),
        Column("next_try_at", UTCTime(), nullable=True),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlet.id"], name=op.f("fk_source_outlet_id_outlet")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
    )


def _approval() -> None:
    op.create_table(
        "approval",
        Column("id", sa.String(), nullable=False),
        Column("office", sa.String(), nullable=False),
        Column("article_id", sa.String(), nullable=False),
        Column("person_id", sa.String(), nullable=False),
        Column("content_hash", sa.String(), nullable=False),
        Column("content", sa.JSON(), nullable=False),
        Column("seq", sa.Integer(), nullable=False),
        Column("approved_at", UTCTime(), nullable=False),
        Column("via", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_approval_article_id_article")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_approval_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval")),
        sa.UniqueConstraint("seq", name=op.f("uq_approval_seq")),
    )
    op.create_index(op.f("ix_approval_article_id"), "approval", ["article_id"], unique=False)


def _head() -> None:
    op.create_table(
        "head",
        Column("noun", sa.String(), nullable=False),
        Column("key", sa.String(), nullable=False),
        Column("lang", sa.String(), nullable=False),
        Column("field", sa.String(), nullable=False),
        Column("op_id", sa.String(), nullable=False),
        Column("root", sa.String(), nullable=False),
        Column("since", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["op_id"], ["operation.op_id"], name=op.f("fk_head_op_id_operation")),
        sa.PrimaryKeyConstraint("noun", "key", "lang", "field", "op_id", name=op.f("pk_head")),
    )
    op.create_index("ix_head_root", "head", ["root"], unique=False)


def _note_operation() -> None:
    op.create_table(
        "note_operation",
        Column("op_id", sa.String(), nullable=False),
        Column("article_id", sa.String(), nullable=False),
        Column("person_id", sa.String(), nullable=False),
        Column("seq", sa.Integer(), nullable=False),
        Column("text", sa.String(), nullable=False),
        Column("made_at", UTCTime(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_note_operation_article_id_article")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_note_operation_person_id_person")),
        sa.PrimaryKeyConstraint("op_id", name=op.f("pk_note_operation")),
    )
    op.create_index(op.f("ix_note_operation_article_id"), "note_operation", ["article_id"], unique=False)


def _proof() -> None:
    op.create_table(
        "proof",
        Column("id", sa.String(), nullable=False),
        Column("seal_id", sa.String(), nullable=False),
        Column("kind", sa.String(), nullable=False),
        Column("subject", sa.String(), nullable=False),
        Column("files", sa.JSON(), nullable=False),
        Column("findings", sa.JSON(), nullable=False),
        Column("engine", sa.String(), nullable=False),
        Column("made_at", UTCTime(), nullable=False),
        sa.ForeignKeyConstraint(["seal_id"], ["seal.id"], name=op.f("fk_proof_seal_id_seal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proof")),
        sa.UniqueConstraint("seal_id", "kind", "subject", name=op.f("uq_proof_seal_id_kind_subject")),
    )
    op.create_index(op.f("ix_proof_seal_id"), "proof", ["seal_id"], unique=False)


def _signature() -> None:
    op.create_table(
        "signature",
        Column("id", sa.String(), nullable=False),
        Column("office", sa.String(), nullable=False),
        Column("issue_id", sa.String(), nullable=False),
        Column("seal_id", sa.String(), nullable=False),
        Column("snapshot_hash", sa.String(), nullable=False),
        Column("person_id", sa.String(), nullable=False),
        Column("signed_at", UTCTime(), nullable=False),
        Column("via", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name=op.f("fk_signature_issue_id_issue")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_signature_person_id_person")),
        sa.ForeignKeyConstraint(["seal_id"], ["seal.id"], name=op.f("fk_signature_seal_id_seal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signature")),
        sa.UniqueConstraint("issue_id", name=op.f("uq_signature_issue_id")),
    )


def _story() -> None:
    op.create_table(
        "story",
        Column("id", sa.String(), nullable=False),
        Column("office", sa.String(), nullable=False),
        Column("outlet_id", sa.String(), nullable=False),
        Column("source_id", sa.String(), nullable=False),
        Column("identity", sa.String(), nullable=False),
        Column("url", sa.String(), nullable=False),
        Column("title", sa.String(), nullable=False),
        Column("summary", sa.String(), nullable=False),
        Column("author", sa.String(), nullable=False),
        Column("lang", sa.String(), nullable=False),
        Column("digest", sa.String(), nullable=False),
        Column("published_at", UTCTime(), nullable=True),
        Column("published_raw", sa.String(), nullable=False),
        Column("first_seen_at", UTCTime(), nullable=False),
        Column("first_seen_seq", sa.Integer(), nullable=False),
        Column("folded", sa.String(), nullable=False),
        Column("score", sa.Integer(), nullable=False),
        Column("reasons", sa.JSON(), nullable=False),
        Column(
            "triage",
            sa.Enum(
                "new", "kept", "later", "dropped", name="triage", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        Column("cluster_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlet.id"], name=op.f("fk_story_outlet_id_outlet")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_story_source_id_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story")),
        sa.UniqueConstraint("first_seen_seq", name=op.f("uq_story_first_seen_seq")),
        sa.UniqueConstraint("source_id", "identity", name=op.f("uq_story_source_id_identity")),
    )
    op.create_index(op.f("ix_story_cluster_id"), "story", ["cluster_id"], unique=False)
    op.create_index(op.f("ix_story_outlet_id"), "story", ["outlet_id"], unique=False)
    op.create_index("ix_story_triage_seq", "story", ["triage", "first_seen_seq"], unique=False)


def _article_story() -> None:
    op.create_table(
        "article_story",
        Column("article_id", sa.String(), nullable=False),
        Column("story_id", sa.String(), nullable=False),
        Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_article_story_article_id_article")),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_article_story_story_id_story")),
        sa.PrimaryKeyConstraint("article_id", "story_id", name=op.f("pk_article_story")),
    )


def _parcel() -> None:
    op.create_table(
        "parcel",
        Column("id", sa.String(), nullable=False),
        Column("office", sa.String(), nullable=False),
        Column("signature_id", sa.String(), nullable=False),
        Column("issue_id", sa.String(), nullable=False),
        Column("proof_id", sa.String(), nullable=False),
        Column("kind", sa.String(), nullable=False),
        Column("subject", sa.String(), nullable=False),
        Column("destination", sa.String(), nullable=False),
        Column(
            "state",
            sa.Enum(
                "waiting",
                "made",
                "unknown",
                "withdrawn",
                name="parcelstate",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        Column("files", sa.JSON(), nullable=False),
        Column("made_at", UTCTime(), nullable=True),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name=op.f("fk_parcel_issue_id_issue")),
        sa.ForeignKeyConstraint(["proof_id"], ["proof.id"], name=op.f("fk_parcel_proof_id_proof")),
        sa.ForeignKeyConstraint(["signature_id"], ["signature.id"], name=op.f("fk_parcel_signature_id_signature")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parcel")),
        sa.UniqueConstraint(
            "signature_id",
            "kind",
            "subject",
            "destination",
            name=op.f("uq_parcel_signature_id_kind_subject_destination"),
        ),
    )
    op.create_index(op.f("ix_parcel_issue_id"), "parcel", ["issue_id"], unique=False)
    op.create_index(op.f("ix_parcel_signature_id"), "parcel", ["signature_id"], unique=False)


def _story_alias() -> None:
    op.create_table(
        "story_alias",
        Column("source_id", sa.String(), nullable=False),
        Column("key", sa.String(), nullable=False),
        Column("story_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_story_alias_source_id_source")),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_story_alias_story_id_story")),
        sa.PrimaryKeyConstraint("source_id", "key", name=op.f("pk_story_alias")),
    )
    op.create_index(op.f("ix_story_alias_story_id"), "story_alias", ["story_id"], unique=False)


def _story_picture() -> None:
    op.create_table(
        "story_picture",
        Column("story_id", sa.String(), nullable=False),
        Column("number", sa.Integer(), nullable=False),
        Column("url", sa.String(), nullable=False),
        Column("caption", sa.String(), nullable=False),
        Column("asset", sa.String(), nullable=True),
        Column("trouble", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_story_picture_story_id_story")),
        sa.PrimaryKeyConstraint("story_id", "number", name=op.f("pk_story_picture")),
    )


def _story_revision() -> None:
    op.create_table(
        "story_revision",
        Column("story_id", sa.String(), nullable=False),
        Column("number", sa.Integer(), nullable=False),
        Column("title", sa.String(), nullable=False),
        Column("summary", sa.String(), nullable=False),
        Column("digest", sa.String(), nullable=False),
        Column("evidence", sa.String(), nullable=False),
        Column("fetched_from", sa.String(), nullable=False),
        Column("fetched_at", UTCTime(), nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_story_revision_story_id_story")),
        sa.PrimaryKeyConstraint("story_id", "number", name=op.f("pk_story_revision")),
    )
