"""Doors an office finds itself: the feed of a site, pages of headlines, lists of feeds, and whose badge they wear."""
