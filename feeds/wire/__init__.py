"""The line to the outside: checked addresses, names resolved once, caps on bytes and time; fetch.py is its door."""
