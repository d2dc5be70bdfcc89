"""The web application: pages over what the pipeline released, and the desks at which people mend, map, review and release.

`access` says who may do what; `pages` is the one way to declare a page, and a page without a rule cannot be made; `screens/`
holds one module a page, each a function from a request to a documented page; `actions/` what is done when a form is sent;
`reading` keeps what a snapshot answers; `exports` writes any table or chart of a page as a file; `models` are users, runs and
notes, never tables of the standard. Nothing imports this package but the command `serve`.
"""
