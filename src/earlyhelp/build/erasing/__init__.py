"""Erasure of one person from a workspace: who is meant, which rows are theirs, and every file written again without them."""

from earlyhelp.build.erasing.forget import Asked, forget
from earlyhelp.build.erasing.whose import Whom

__all__ = ["Asked", "Whom", "forget"]
