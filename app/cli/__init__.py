"""The terminal: every step of the desk as a verb, worded for people or, with --json, for scripts."""
