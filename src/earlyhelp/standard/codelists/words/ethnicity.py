"""Words for ethnicity: peoples and places, and the groups that stand for their unnamed rest.

The four-letter codes are those of the extended ethnicity categories of the Department for Education.
"""

from __future__ import annotations

from earlyhelp.standard.types import WordRules

_NAMED = {
    "WBRI": """
        white british; british white; white english; white welsh; white scottish; white northern irish; white
        cornish; english welsh scottish northern irish british; white uk; white other british; white british irish;
        british white british; wcor; weng; wsco; wwel; wowb; wnir; white uk british; white jersey; jersey; guernsey;
        manx
    """,
    "WIRI": "white irish; irish; republic of ireland",
    "WIRT": """
        traveller of irish heritage; irish traveller; traveller irish heritage; irish heritage; irish heritage
        traveller; traveller; white traveller; new age traveller
    """,
    "WOTH": """
        any other white; other white; other white background; any other white background; white other; white
        european; eastern european; western european; white eastern european; white western european; european;
        polish; poland; albanian; bosnian; croatian; greek; greek cypriot; turkish; turkish cypriot; cypriot;
        italian; kosovan; portuguese; serbian; romanian; bulgarian; russian; ukrainian; lithuanian; latvian;
        estonian; hungarian; czech; slovak; slovakian; french; german; spanish; dutch; swedish; norwegian; danish;
        finnish; yugoslav; yugoslavian; former yugoslavia; white american; white australian; white south african;
        white new zealand; white canadian; white mixed white; white unspecified; white any other; white north
        american; white any other ethnic group; white other cultural; belarusian; moldovan; macedonian; montenegrin;
        slovenian; maltese; austrian; swiss; belgian; commonwealth of independent state; baltic state; white
        kosovan; white turkish; white any other background; walb; wbos; wcro; wgre; wgrk; wgrc; wita; wkos; wpor;
        wser; wtur; wtuk; wtuc; weur; weeu; wweu; wotw; wotb; white any
    """,
    "WROM": """
        gypsy; roma; romany; gypsy roma; romani; gypsy romany; gypsy traveller; wrog; wror; wroo; white gypsy; white
        roma
    """,
    "MWBC": """
        white black caribbean; black caribbean white; caribbean and white; white and caribbean; white black carib;
        white caribbean; wbcar; mixed caribbean
    """,
    "MWBA": "white black african; black african white; african and white; white and african; wbafr",
    "MWAS": """
        white asian; asian white; white indian; white pakistani; white bangladeshi; mixed white asian; whasian;
        mwap; mwai; mwao; white and other asian; asian and white; asian mixed white
    """,
    "MOTH": """
        other mixed; any other mixed; mixed other; dual heritage; dual; mixed race; multiple ethnic; other mixed
        background; any other mixed background; black asian; asian black; asian chinese; white chinese; black
        chinese; chinese white; black white; white black; asian and any other ethnic group; black and any other
        ethnic group; chinese and any other ethnic group; black any other ethnic group; asian other ethnicity; black
        other ethnicity; chinese other ethnicity; white other ethnicity; mixed unspecified; mixed any other; mixed
        background; any other mixed multiple; other dual; other multiple; mixed parentage; bi racial; mixed
        heritage; mabl; mach; maoe; mboe; mbch; mcoe; mwoe; mwch; motm; mixedoth; caribbean asian; asian caribbean;
        mixed ethnicity
    """,
    "AIND": "indian; british indian; asian indian; india; punjabi; gujarati",
    "APKN": """
        pakistani; pakistan; british pakistani; mirpuri; kashmiri pakistani; asian pakistani; kashmiri pakistan;
        ampk; akpa; aopk; pakistani kashmiri
    """,
    "ABAN": "bangladeshi; bangladesh; bengali; british bangladeshi; bangldsh; asian bangladeshi; sylheti",
    "AOTH": """
        any other asian; other asian; asian other; other asian background; any other asian background; african
        asian; east african asian; nepali; nepalese; sri lankan; sri lankan tamil; tamil; sinhalese; kashmiri;
        kashmiri other; asian british mixed asian; asian mixed asian; british asian; aafr; akao; anep; asnl; aslt;
        asro; aota; asian unspecified; asian any other; bhutanese; maldivian; asian tamil; asian east african; other
        asian asian unspecified; asian nepali; asian british other
    """,
    "BCRB": """
        caribbean; black caribbean; carib; west indian; jamaican; jamaica; barbadian; trinidadian; trinidad; tobago;
        montserrat; antigua; barbuda; dominican; dominica; grenadian; grenada; st lucia; saint lucia; guyanese;
        guyana; barbados; st vincent; bahamas; black west indian; afro caribbean; african caribbean; caribbean
        black; st kitts; nevis; anguilla; bermuda; martinique; guadeloupe; haiti
    """,
    "BAFR": """
        african; black african; somali; somalian; nigerian; ghanaian; ghana; nigeria; somalia; angolan; angola;
        congolese; congo; sierra leonean; sierra leonian; sierra leone; eritrean; eritrea; ethiopian; ethiopia;
        kenyan; kenya; ugandan; uganda; zimbabwean; zimbabwe; gambian; gambia; cameroon; cameroonian; ivorian; ivory
        coast; liberian; liberia; senegalese; senegal; swazi; swaziland; malawian; malawi; zambian; zambia;
        tanzanian; tanzania; rwandan; rwanda; burundian; burundi; guinean; guinea; mozambique; namibian; botswana;
        mali; malian; togolese; togo; benin; niger; madagascar; mauritanian; bann; bcon; bgha; bngn; bsln; bsom;
        bsud; baof; black somali; other black african; blackafr; lesotho; gabon; chad; djibouti; burkina faso
    """,
    "BOTH": """
        any other black; other black; black other; other black background; any other black background; black
        european; black north american; black american; black british; black british mixed black; black unspecified;
        beur; bnam; botb; any other black african caribbean; black any other; bbri; black british other; any other
        black african caribbean background; black british black british; black south american; african caribbean
        black other; other black african caribbean
    """,
    "CHNE": """
        chinese; british chinese; hong kong; hong kong chinese; malaysian chinese; singaporean; singaporean chinese;
        taiwanese; china; other chinese; chkc; cmal; csng; ctwn; coch; main land chinese; mainland chinese; chinese
        other ethnic group chinese; asian chinese british
    """,
    "OOTH": """
        arab; filipino; philippines; kurdish; kurd; iranian; iran; iraqi; iraq; vietnamese; vietnam; japanese;
        japan; korean; thai; thailand; malay; malaysian; moroccan; algerian; egyptian; yemeni; lebanese; libyan;
        syrian; tunisian; palestinian; jordanian; saudi; kuwaiti; polynesian; latin american; south american;
        central american; brazilian; colombian; ecuadorian; bolivian; peruvian; mexican; chilean; cuban; latin south
        central american; middle eastern; persian; burmese; indonesian; mongolian; hispanic; chinese any other;
        cambodian; laotian; oara; oegy; ofil; oirn; oirq; ojpn; okor; okrd; olam; oleb; olib; omal; omrc; opol;
        otha; ovie; oyem; ooeg; any other group; pacific islander; arab other
    """,
    "REFU": """
        refused; declined; prefer not to say; refused to say; prefers not to say; refuse; not stated refused; does
        not wish; did not wish; unwilling; not disclosed; withheld; unspecified refused
    """,
    "NOBT": """
        not yet obtained; not obtained; information not yet obtained; information not obtained; information not yet
        available; unborn; not known; unknown; not stated; not recorded; not populated; not available; no data; not
        asked; obsolete; not established; not yet recorded; to be obtained; form not completed; unable to obtain;
        not provided; not given; undetermined; do not use; information not available; not specified; not applicable;
        awaiting
    """,
}
_MIXED = {"MOTH": "mixed; mixed multiple; mixed multiple ethnic group; multiple"}
_GROUPS = {
    "WOTH": "white",
    "AOTH": """
        asian; asian british; asian asian british; asian or british asian; asian brit; asian bri; asian british
        asian
    """,
    "BOTH": """
        black; black british; black black british; black african caribbean black british; black african caribbean;
        black brit; bac
    """,
    "OOTH": """
        other ethnic group; any other ethnic group; chinese other ethnic group; other ethnic; other group; other
        ethnic background; any other ethnic background; any other background; other eth grp
    """,
}
_BRITISH = {"WBRI": "british; english; welsh; scottish; cornish"}

_UNSURE = {
    "AOTH": "afghan; afghani; aafg; caribbean asian british; mauritian asian; asian african; sikh",
    "OOTH": """
        oafg; north african; jewish; armenian; uzbek; kazakh; azerbaijani; georgian; fijian; mauritian; seychellois;
        turkmen; hindu; muslim
    """,
    "WOTH": "israeli",
    "MOTH": "african asian mixed",
    "BAFR": "sudanese; sudan; south african",
    "NOBT": "missing",
}

ethnicity_words = WordRules(
    tiers=(_NAMED, _MIXED, _BRITISH, _GROUPS),
    alone={"OOTH": "any other; other", "NOBT": "unspecified"},
    hints=_UNSURE,
    heads={"WOTH": "", "BOTH": "", "MOTH": "", "AOTH": "CO", "OOTH": "C"},
    numbering=(
        (r"\(?[A-E](?:\.|: ?)(?P<code>[A-E]\d)\)?", r"\g<code>"),
        (r"\(?(?:A\.)?A(?:\.|: ?)?A?\d{0,2}\)?", "WOTH"),
        (r"\(?B\.?(?:: ?)?B?\d{0,2}\)?", "MOTH"),
        (r"\(?C\.?(?:: ?)?C?\d{0,2}\)?", "AOTH"),
        (r"\(?D\.?(?:: ?)?D?\d{0,2}\)?", "BOTH"),
        (r"\(?E\.?(?:: ?)?E?\d{0,2}\)?", "OOTH"),
        (r"\(?[NU][.:]? ?[A-Z]\d\)?", "NOBT"),
        (r"\(?NS\)?|\(?U\)?|\(?UNK\)?", "NOBT"),
    ),
)
