"""Bytes and letter codes: what a feed is written in, and how text in an old code is made right."""
