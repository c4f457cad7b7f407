from tests.audit.kettle import kettle

__all__ = ["kettle"]
