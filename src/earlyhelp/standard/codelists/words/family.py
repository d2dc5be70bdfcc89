"""Words for somebody's place in a family. Who is somebody's partner or in-law is told before whose parent they may be."""

from __future__ import annotations

from earlyhelp.standard.types import WordRules

_HALF_AND_STEP = " ".join(
    f"{kind} {relation};"
    for kind in ("half", "step", "foster", "adopted")
    for relation in ("brother", "sister", "sibling")
)
family_roles_words = WordRules(
    tiers=(
        {
            "partner": """
                partner; mother partner; father partner; mum partner; dad partner; parent partner; partner of mother;
                partner of father; partner of parent; boyfriend; girlfriend; spouse; husband; wife; fiance; fiancee;
                cohabitee; cohabiting; ptnr
            """,
            "carer": """
                step parent; step father; step mother; step mum; step dad; stepparent; stepfather; stepmother; stepmum; stepdad;
                foster parent; foster mother; foster father; foster carer; special guardian; sgo; kinship; kinship carer;
                connected person; connected carer; private foster carer; friends and family carer; family and friends carer
            """,
            "grandparent": """
                grandparent; grandmother; grandfather; grandma; grandad; granddad; grandpa; gran; granny; nan; nana; nanna; mgm;
                mgf; pgm; pgf; great grandparent; great grandmother; great grandfather; step grandparent; step grandmother; step
                grandfather
            """,
            "sibling": f"""
                sibling; brother; sister; stepbrother; stepsister; {_HALF_AND_STEP} twin brother; twin sister; older
                brother; older sister; younger brother; younger sister
            """,
            "other": """
                aunt; aunty; auntie; uncle; cousin; niece; nephew; great aunt; great uncle; friend; family friend; lodger;
                neighbour; other relative; extended family; mother sister; mother brother; father sister; father brother; not
                related; unrelated; no relation; childminder; professional; godparent; godmother; godfather
            """,
            "child": """
                foster child; fostered child; adopted child; looked after child; adopted son; adopted daughter; unborn;
                unborn child; unborn baby
            """,
        },
        {"parent": "parent; mother; father; mum; mummy; mom; mam; dad; daddy; mo; fa; moth; fath; mth; fth"},
        {"carer": "carer; guardian; legal guardian; main carer; primary carer"},
        {
            "child": """
                child; young person; yp; cyp; son; daughter; boy; girl; baby; infant; toddler; index; subject; index child;
                subject child; focus child; main child; primary child; pupil
            """
        },
    ),
    hints={"sibling": "twin", "other": "relative; household member; adult"},
    open="""
        parent carer; ex partner; ex husband; ex wife; former partner; partner child; partner son; partner daughter; child of
        partner; step child; stepchild; step son; stepson; step daughter; stepdaughter; mother law; father law; sister law;
        brother law; grandchild; grandson; granddaughter
    """,
)
