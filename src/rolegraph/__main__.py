"""`python -m rolegraph` is `rolegraph`."""

from rolegraph.cli import main

if __name__ == "__main__":
    main()
