"""Where the program's own files lie, in a checkout and once installed."""

from pathlib import Path

_here = Path(__file__).resolve().parent

ROOT = _here.parent
STATIC = _here / "static"
TRANSLATIONS = _here / "translations"
TEMPLATES = next(path for path in (_here / "templates", _here.parent / "templates") if path.is_dir())
