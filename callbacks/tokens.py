"""The secret in a link's address. It is shown once; what is kept is its hash."""

import hashlib
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

_PASSWORDS = PasswordHasher()


def new_token() -> str:
    """256 random bits, in 43 characters of an address."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What is kept of a token. Of 256 random bits there is nothing to guess: no slow hash is needed."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def password_hash(password: str) -> str | None:
    """What is kept of a password, slow to guess from; None for an empty one."""
    return _PASSWORDS.hash(password) if password else None


def is_password(kept: str, typed: str) -> bool:
    """Whether a password is the one that was set."""
    try:
        return _PASSWORDS.verify(kept, typed)
    except (Argon2Error, InvalidHashError):
        return False
