"""Six years of lives: needs, shocks, abuse, requests, help and statutory services, month by month, with planted truth."""

from __future__ import annotations

from earlyhelp.synthetic.lives.simulate import Lives, live

__all__ = ["Lives", "live"]
