"""Who may do what: roles, and the person behind a request."""

from dataclasses import dataclass
from typing import Literal

Role = Literal["viewer", "manager"]
SignIn = Literal["none", "one_time", "google"]
"""How people sign in: not at all (loopback only), by a printed address that works once, with a Google account."""

RANK: dict[Role, int] = {"viewer": 1, "manager": 2}


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who has signed in; `name` is an e-mail address, or what stands for whoever opened a one-time address."""

    name: str
    role: Role

    def may(self, needed: Role) -> bool:
        """Whether the role is enough."""
        return RANK[self.role] >= RANK[needed]


LOCAL = Person("local", "manager")  # whoever sits at this computer, where no sign-in is set up
ONE_TIME = "one-time address"
