"""``python -m pipeline``: the ``stance`` command of the code in the working folder.

dvc.yaml calls it so, because ``dvc exp run --temp`` works on a copy of the project and must run the copy's code.
"""

from pipeline.cli import main

if __name__ == "__main__":
    main()
