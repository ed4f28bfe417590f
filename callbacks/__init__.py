"""Every entry point, thin: Dash callbacks, HTTP routes, command line."""
