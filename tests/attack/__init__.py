"""An attacker with real HTTP, against the whole server."""
