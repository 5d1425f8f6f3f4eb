"""Makes the two pictures of the README from a finished demo: `python docs/make_pictures.py` after `./run demo`."""

import io
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import waitress
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from app.cli.sample_desk import APPROVER, PASSPHRASE  # noqa: E402
from app.store.folder import Folder  # noqa: E402
from app.web.application import create_app  # noqa: E402
from config import Config  # noqa: E402

DATA = ROOT / "var-demo"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


def print_pages(target: Path) -> None:
    """The cover and an inner page of the booklet side by side."""
    booklet = next((DATA / "xuat-ban").rglob("*-doc-A5.pdf"))
    document = pypdfium2.PdfDocument(booklet)
    pages = [document[n].render(scale=100 / 72).to_pil() for n in (0, 3)]
    document.close()
    gap = 16
    whole = Image.new("RGB", (sum(page.width for page in pages) + 3 * gap, pages[0].height + 2 * gap), "#d9d2c4")
    for number, page in enumerate(pages):
        whole.paste(page, (gap + number * (page.width + gap), gap))
    whole.quantize(128, dither=Image.Dither.NONE).save(target, optimize=True)


def desk_page(browser: Browser, address: str, target: Path) -> None:
    """The page of the issue as the approver sees it."""
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.goto(f"{address}/dang-nhap")
    page.get_by_label("Tên").first.fill(APPROVER)
    page.get_by_label("Mật khẩu").first.fill(PASSPHRASE)
    page.keyboard.press("Enter")
    page.wait_for_url("**/hom-nay")
    page.goto(f"{address}/so-ban-tin")
    page.locator("main a[href*='/so-ban-tin/']").first.click()
    page.wait_for_load_state("networkidle")
    shot = Image.open(io.BytesIO(page.screenshot()))
    shot.convert("RGB").quantize(128, dither=Image.Dither.NONE).save(target, optimize=True)


def main() -> None:
    """Both pictures, into docs/."""
    print_pages(ROOT / "docs" / "ban-tin.png")
    config = Config(data_dir=DATA)
    folder = Folder.open(config, now=datetime.now(UTC))
    server = waitress.create_server(create_app(config, folder.database), host="127.0.0.1", port=0)
    threading.Thread(target=server.run, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        desk_page(browser, f"http://127.0.0.1:{server.effective_port}", ROOT / "docs" / "ban-bien-tap.png")
        browser.close()


if __name__ == "__main__":
    main()
