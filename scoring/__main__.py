"""Run the command line: ``python -m scoring``."""

if __name__ == "__main__":  # a process that helps to read imports this module too, and needs no command line
    from scoring.cli.commands import run

    run()
