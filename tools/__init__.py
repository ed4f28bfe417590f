"""What set-up and tests run: front-end files, compression, a browser, screenshots. No part of the served dashboard."""
