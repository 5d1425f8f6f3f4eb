"""The only fonts a press knows are ours: what a machine has or lacks can neither change a page nor bring it down."""

from importlib.resources import as_file, files
from pathlib import Path
from xml.sax.saxutils import escape

from outbox.fonts import FACES


def write(folder: Path) -> Path:
    """Writes fonts.conf, which names our font packages and nothing of the machine's, and returns its path."""
    lines = [f"<dir>{escape(str(place))}</dir>" for place in _folders()]
    file = folder / "fonts.conf"
    file.write_text(
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>\n'
        + "\n".join([*lines, f"<cachedir>{escape(str(folder))}</cachedir>"])
        + "\n</fontconfig>\n",
        "utf-8",
    )
    return file


def _folders() -> list[Path]:
    found = []
    for package in dict.fromkeys(face.package for face in FACES):
        with as_file(files(package).joinpath("files")) as place:
            found.append(place)
    return found
