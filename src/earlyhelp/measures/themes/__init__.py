"""The measures themselves, one module a theme of the published catalogue; the catalogue finds whatever is declared here."""
