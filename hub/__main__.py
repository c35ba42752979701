"""`python -m hub`."""

from hub.cli import app

if __name__ == "__main__":
    app()
