"""The articles' own pages: visited politely, read by recipe, kept with their evidence."""
