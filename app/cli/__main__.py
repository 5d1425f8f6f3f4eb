"""`python -m app.cli`."""

# Under the guard, so that the limited children, which import this file again, do not load the whole program.
if __name__ == "__main__":
    import gc
    import sys

    from app.cli.main import main

    code = main()
    gc.freeze()  # the end is near: nothing is looked through once more for what could be let go of
    sys.exit(code)
