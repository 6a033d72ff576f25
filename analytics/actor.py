"""Who acts: the roles, what each may do, and whoever acts in this context.

Pages say who acts at every run (pages/ui/gate.py). Whoever sits at the machine, and the command line, is its owner.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token
from dataclasses import dataclass

from analytics.errors import NotAllowed

# Each may do what those before it may.
ROLES = ("nobody", "link", "viewer", "analyst", "owner")
# The least role for each action, and the action in words.
ACTIONS: dict[str, tuple[str, str]] = {
    "read": ("link", "look at the shop's numbers"),
    "browse": ("viewer", "open every view"),
    "save views": ("viewer", "save views"),
    "import": ("analyst", "import files and take imports back"),
    "edit": ("analyst", "change what the shop knows"),
    "share": ("owner", "share links"),
    "settings": ("owner", "change settings"),
    "people": ("owner", "decide who may come in"),
    "publish": ("owner", "publish, back up and restore"),
}


@dataclass(frozen=True)
class Actor:
    """`name` is an e-mail address, “link 12”, or where the owner sits; `stores` are the only ones to be seen (None: all).

    A guest opens every view and leaves nothing behind.
    """

    name: str
    role: str
    stores: tuple[int, ...] | None = None
    is_guest: bool = False

    def sees(self, store_id: int) -> bool:
        """Whether a store is among those that this actor may see."""
        return self.stores is None or store_id in self.stores

    def may(self, action: str) -> bool:
        """Whether this actor's role is enough for an action of ACTIONS."""
        is_enough = ROLES.index(self.role) >= ROLES.index(ACTIONS[action][0])
        return is_enough and (not self.is_guest or action in ("read", "browse"))


OWNER = Actor("this computer", "owner")
NOBODY = Actor("nobody", "nobody", ())

_ACTING: ContextVar[Actor | None] = ContextVar("acting", default=None)
_otherwise = OWNER


def current() -> Actor:
    """Whoever acts in this context; without anybody named the machine's owner, or nobody once `shut` was called."""
    return _ACTING.get() or _otherwise


def shut() -> None:
    """From now on nobody acts in this process who was not named: what a server calls before it answers anybody."""
    global _otherwise
    _otherwise = NOBODY


def become(actor: Actor | None) -> Token[Actor | None]:
    """Let an actor act from here on in this context; None: whoever acts otherwise."""
    return _ACTING.set(actor)


@contextmanager
def acting(actor: Actor) -> Iterator[None]:
    """Let an actor act inside a block."""
    token = become(actor)
    try:
        yield
    finally:
        _ACTING.reset(token)


def require(action: str) -> None:
    """Raises NotAllowed, saying who may, if the one who acts may not do an action of ACTIONS."""
    actor = current()
    if not actor.may(action):
        least, words = ACTIONS[action]
        raise NotAllowed(
            f"To {words} takes the role of {article(least)}; {actor.name} is {article(actor.role)}. Ask an owner."
        )


def article(role: str) -> str:
    """A role with its article: “an analyst”."""
    return role if role == "nobody" else f"{'an' if role[0] in 'ao' else 'a'} {role}"
