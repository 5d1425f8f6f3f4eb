"""create_app: puts the desk together. It starts no thread and opens no connection to anywhere."""

import os
from collections.abc import Callable
from datetime import UTC, datetime

from flask import Flask

from app.paths import STATIC, TEMPLATES
from app.store.assets import Assets
from app.store.database import Database
from app.web import (
    approvals,
    article_edit,
    article_page,
    article_pictures,
    articles,
    errors,
    files,
    health,
    issue_compose,
    issue_sign,
    issues,
    languages,
    outbox,
    pages,
    patterns,
    people,
    phrases,
    places,
    proofs,
    rules,
    security,
    setup,
    sign_in,
    source_add,
    source_settings,
    stories,
    story_add,
    story_letters,
    story_text,
    story_told,
    story_triage,
    story_why,
    system,
    today,
    topics,
)
from app.web.context import KEY, Context
from app.web.database import WebDatabase
from config import Config

MOST_BYTES = 24 * 1024 * 1024  # of one request: a picture of 20 MB and its form
ROOMS = (
    setup,
    sign_in,
    languages,
    files,
    today,
    rules,
    stories,
    story_add,
    story_letters,
    story_text,
    story_told,
    story_why,
    story_triage,
    articles,
    article_page,
    article_edit,
    article_pictures,
    approvals,
    issues,
    issue_compose,
    issue_sign,
    proofs,
    outbox,
    places,
    system,
    source_add,
    source_settings,
    topics,
    health,
    people,
    patterns,
)


def create_app(
    config: Config,
    database: Database,
    *,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    random: Callable[[int], bytes] = os.urandom,
    setup_code: str = "",
) -> Flask:
    """The desk. `setup_code` is what a visitor from another machine must type at the first set-up."""
    app = Flask(
        "bantin", static_folder=None, template_folder=str(TEMPLATES), instance_path=str(config.data_dir.resolve())
    )
    app.config["MAX_CONTENT_LENGTH"] = MOST_BYTES
    app.config["MAX_FORM_MEMORY_SIZE"] = MOST_BYTES
    lender = WebDatabase(database)
    lender.init_app(app)
    app.extensions[KEY] = Context(
        config=config,
        database=database,
        lend=lender.lend,
        now=now,
        random=random,
        assets=Assets(config.data_dir / "assets"),
        setup_code=setup_code,
    )
    security.guard(app, config=config)
    phrases.install(app)
    errors.install(app)
    app.jinja_env.globals.update(
        asset=files.addresses(STATIC), csrf_field=pages.csrf_field, csrf_token=pages.csrf_token, lang=phrases.language
    )
    for room in ROOMS:
        app.register_blueprint(room.routes)
    return app
