"""What has to be said in words."""

from policy.refusals import RuleBroken


def check_said(text: str, code: str, clause: str, what: str) -> None:
    """A solemn act says why (O-3, O-4, O-11)."""
    if not text.strip():
        raise RuleBroken(code, f"{what} must be stated.", clause=clause, remedy="Write it in your own words.")
