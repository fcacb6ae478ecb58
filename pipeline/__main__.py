"""``python -m pipeline`` is ``vanban``."""

from pipeline.cli import run

if __name__ == "__main__":
    run()
