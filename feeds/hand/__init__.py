"""What people bring by hand: text, links, documents, photos and saved pages."""
