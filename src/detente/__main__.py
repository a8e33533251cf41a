"""`python -m detente`: the command, where the folder of scripts is not on the path."""

from detente.cli import main

if __name__ == "__main__":
    main()
