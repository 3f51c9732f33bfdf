"""Run the command line: ``python -m scoring``."""

from scoring.cli.commands import run

if __name__ == "__main__":
    run()
