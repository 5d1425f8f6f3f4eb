"""Brings the sample stories in through the ordinary way: a small server on this machine, fetched like any outlet."""

import tempfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from app.store import sources
from app.store.assets import Assets
from app.store.database import Database
from config import Config
from feeds.catalogue import read_catalogue
from feeds.intake import ReadReport, read_sources
from feeds.registry import register
from feeds.samples.feed import outlets_toml, serve


def load_samples(database: Database, config: Config, assets: Assets, *, now: datetime) -> ReadReport:
    """Reads both sample outlets once; their doors are closed again afterwards, for their server is gone."""
    with serve(now) as base_url, tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "outlets.toml"
        file.write_text(outlets_toml(base_url), "utf-8")
        catalogue = read_catalogue(file)
        with database.writing() as session:
            register(session, catalogue)
        ids = tuple(source.id for source in catalogue.sources)
        local = replace(config, fetch_private_networks=True)
        report = read_sources(database, local, catalogue, assets, now=now, only=ids)
    with database.writing() as session:
        for source_id in ids:
            sources.get(session, source_id).enabled = False
    return report
