"""What is asked with HEAD gets the head of the page and not the page: monitors and link checkers ask so."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase, StreamingHttpResponse


def heads_alone(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """The outermost layer: every answer as it is, without a body where none was asked for; its length stays told."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        found = get_response(request)
        if request.method == "HEAD":
            if isinstance(found, StreamingHttpResponse):
                found.streaming_content = ()
            else:
                found.content = b""
        return found

    return answer
