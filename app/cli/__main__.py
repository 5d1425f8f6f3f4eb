"""`python -m app.cli`."""

# Under the guard, so that the limited children, which import this file again, do not load the whole program.
if __name__ == "__main__":
    import sys

    from app.cli.main import main

    sys.exit(main())
