"""Names and faces: how people and the app look in lists and beside messages."""

from dataclasses import dataclass

_TINTS = (
    "#a8442a",
    "#2f6db3",
    "#7a4fb5",
    "#3a7d44",
    "#b0306a",
    "#8a5a00",
    "#0b7285",
    "#5c4b8a",
    "#9c3d54",
    "#4a6572",
)


@dataclass(frozen=True)
class Face:
    """Somebody as the page shows them. `address` leads to the page as that person, where one may be them."""

    id: str
    name: str
    is_app: bool = False
    number: int = 0
    """Where the person stands among all of them; neighbours never share a colour."""
    role: str = ""
    address: str = ""
    unread: int = 0

    @property
    def initials(self) -> str:
        """Two letters of a Latin name, the given name of a Chinese one."""
        words = self.name.replace("(", " ").split()
        if not words:
            return "?"
        if any("\u4e00" <= letter <= "\u9fff" for letter in words[0]):
            return words[0][-2:] if len(words[0]) > 2 else words[0][-1:]
        return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()

    @property
    def tint(self) -> str:
        """The colour behind the initials, on which white text is readable."""
        return _TINTS[self.number % len(_TINTS)]
