"""What is drawn; matplotlib is imported after its messages are set."""

import logging

# It works without a folder for its settings, and takes a temporary one.
logging.getLogger("matplotlib").setLevel(logging.ERROR)
