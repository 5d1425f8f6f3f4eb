"""Order keys: text that sorts between two others, so that moving one thing never renumbers the rest."""

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def between(before: str, after: str) -> str:
    """A key that sorts after `before` and before `after`; an empty one is the open end.

    Both must be keys made here and in order; never ends in 0, so that there is always room below it.
    """
    made = ""
    for index in range(max(len(before), len(after)) + 1):
        low = DIGITS.index(before[index]) if index < len(before) else 0
        high = DIGITS.index(after[index]) if after and index < len(after) else len(DIGITS)
        if high - low > 1:
            return made + DIGITS[(low + high) // 2]
        made += DIGITS[low]
        if high > low:
            after = ""  # already below `after`: only `before` binds from here
    return made + DIGITS[len(DIGITS) // 2]


def spread(count: int) -> list[str]:
    """`count` keys in order, with room everywhere."""
    keys: list[str] = []
    for _ in range(count):
        keys.append(between(keys[-1] if keys else "", ""))
    return keys
