"""``python -m segmentation``: see :mod:`segmentation.cli`."""

import os

# A second thread that waits by spinning costs k-means a hundredfold on a busy machine; libraries
# read this when they are loaded, so it is set before anything else is imported.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

if __name__ == "__main__":
    try:
        from segmentation.cli import main

        code = main()
    except KeyboardInterrupt:  # before there are words, or while the session is tidied up
        code = 130
    raise SystemExit(code)
