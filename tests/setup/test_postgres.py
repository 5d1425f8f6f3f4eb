"""The throw-away PostgreSQL that other tests lean on."""

from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.postgres import find_binaries, running_postgres


@pytest.mark.skipif(find_binaries() is None, reason="PostgreSQL is not installed")
def test_a_throw_away_postgres_keeps_vietnamese_letters_and_leaves_nothing_behind() -> None:
    binaries = find_binaries()
    assert binaries is not None

    with running_postgres(binaries) as url:
        engine = create_engine(url)
        with engine.connect() as connection:
            shouted = connection.scalar(text("SELECT upper(:words)"), {"words": "đồng bào S’tiêng, M’nông"})
            folder = Path(connection.scalars(text("SHOW data_directory")).one())
            assert folder.exists()
        engine.dispose()

    assert shouted == "ĐỒNG BÀO S’TIÊNG, M’NÔNG"
    assert not folder.exists()
