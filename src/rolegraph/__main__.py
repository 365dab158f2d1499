"""`python -m rolegraph` is `rolegraph`."""

from rolegraph.start import main

if __name__ == "__main__":
    main()
