"""Keys made from the one secret, each for one purpose."""

import hashlib
import hmac


def derived(secret: bytes, purpose: bytes) -> bytes:
    """A key for one purpose: who finds out one of them knows nothing of the others."""
    return hmac.new(secret, purpose, hashlib.sha256).digest()
