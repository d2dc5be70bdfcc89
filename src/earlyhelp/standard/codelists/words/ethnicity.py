"""Words for ethnicity: peoples and places, and the groups that stand for their unnamed rest.

The four-letter codes are those of the extended ethnicity categories of the Department for Education.
"""

from __future__ import annotations

from earlyhelp.standard.types import WordRules

_NAMED = {
    "WBRI": """
        white british; british white; white english; white welsh; white scottish; white northern irish; white
        cornish; english welsh scottish northern irish; white english welsh scottish northern irish;
        english welsh scottish northern irish british; other white british; white uk; white other british; white british
        irish; british white british; wcor; weng; wsco; wwel; wowb; wnir; white uk british; white jersey;
        jersey; guernsey; manx; white britain; white ulster; ulster; channel islander; white channel islander
    """,
    "WIRI": "white irish; irish; ireland; eire; white southern irish; white republic of ireland",
    "WIRT": "irish traveller; irish heritage; traveller; white traveller; traveller of irish",
    "WOTH": """
        any other white; other white; white other; white european; white eastern european; white western
        european; european; polish; poland; albanian; bosnian; croatian; greek; turkish; cypriot; italian;
        kosovan; portuguese; serbian; romanian; bulgarian; russian; ukrainian; lithuanian; latvian; estonian;
        hungarian; czech; slovak; slovakian; french; german; spanish; dutch; swedish; norwegian; danish;
        finnish; yugoslav; yugoslavian; former yugoslavia; white american; white australian; white south
        african; white new zealand; white canadian; white mixed white; white unspecified; white any other; white
        north american; belarusian; moldovan; macedonian; montenegrin; slovenian; maltese; austrian; swiss;
        belgian; commonwealth of independent state; baltic state; white kosovan; white turkish; walb; wbos;
        wcro; wgre; wgrk; wgrc; wita; wkos; wpor; wser; wtur; wtuk; wtuc; weur; weeu; wweu; wotw; wotb; white
        any; bosnia; kosovo; serbia; croatia; albania; romania; bulgaria; hungary; lithuania; latvia; estonia;
        slovakia; slovenia; russia; ukraine; belarus; moldova; italy; spain; portugal; france; germany; greece;
        scandinavian; icelandic; luxembourg; white polish; white commonwealth; north american; australian; new
        zealander; canadian; other european; white latin american; white caucasian; caucasian; white russian;
        white greek; white south american; gibraltarian; swede; belgium; austria; switzerland; netherlands;
        norway; sweden; denmark; finland; white ukrainian; white scandinavian; white slavic
    """,
    "WROM": """
        gypsy; roma; romany; romani; gypsy traveller; wrog; wror; wroo; white gypsy; white roma; slovak roma;
        romanian roma; czech roma
    """,
    "MWBC": """
        dual heritage white black caribbean; dual white black caribbean; mixed parentage white black caribbean; mixed
        heritage white black caribbean; mixed race white black caribbean; white black caribbean; black caribbean white;
        caribbean and white; white and caribbean; white black carib; wbcar; mixed caribbean; mixed white caribbean; white
        afro caribbean; white jamaican; white west indian
    """,
    "MWBA": """
        dual heritage white black african; dual white black african; mixed parentage white black african; mixed heritage
        white black african; mixed race white black african; white black african; black african white; african and white;
        white and african; wbafr; mixed white african; white somali; white nigerian; white ghanaian; white black somali;
        mixed black african white
    """,
    "MWAS": """
        dual heritage white asian; dual white asian; mixed parentage white asian; mixed heritage white asian; mixed race
        white asian; white asian; asian white; white indian; white pakistani; white bangladeshi; mixed white asian; whasian;
        mwap; mwai; mwao; white and other asian; asian mixed white; mixed asian white; white british asian; white bengali;
        white sri lankan; white nepali; white punjabi; white kashmiri; white any other asian; white other asian; white and
        any other asian background
    """,
    "MOTH": """
        other mixed; any other mixed; mixed other; dual; mixed race; mixed parentage; mixed heritage; bi racial; biracial;
        multiple ethnic; black asian; asian black; asian chinese; white chinese; black chinese; chinese white; black white;
        white black; asian and any other ethnic group; black and any other ethnic group; chinese and any other ethnic group;
        asian other ethnicity; black other ethnicity; chinese other ethnicity; white other ethnicity; mixed unspecified;
        mixed any other; mixed background; any other mixed multiple; other dual; other multiple; mabl; mach; maoe; mboe;
        mbch; mcoe; mwoe; mwch; motm; mixedoth; caribbean asian; asian caribbean; mixed ethnicity; asian white black; white
        arab; arab white; black arab; asian arab; mixed white arab; mixed latin american; mixed ethnic group; mixed ethnic
        background; mixed background other; mixed white any other; mixed race other; mixed dual; multiple heritage; multi
        heritage; multi racial; white any other mixed; white other mixed; white any other black; white other black
    """,
    "AIND": """
        indian; british indian; asian indian; india; punjabi; gujarati; british asian indian; indian british;
        indian asian; bengali indian; tamil indian; malayali; keralite; goan; indian sikh; gujerati; asian
        british indian
    """,
    "APKN": """
        pakistani; pakistan; british pakistani; mirpuri; kashmiri pakistani; asian pakistani; kashmiri pakistan;
        ampk; akpa; aopk; pakistani kashmiri; british asian pakistani; pakistani british; pakistani asian;
        punjabi pakistani; kashmiri british pakistani; asian british pakistani
    """,
    "ABAN": """
        bangladeshi; bangladesh; bengali; british bangladeshi; bangldsh; asian bangladeshi; sylheti; british
        asian bangladeshi; bangladeshi british; bangladeshi asian; asian british bangladeshi; sylhetti
    """,
    "AOTH": """
        any other asian; other asian; asian other; african asian; nepali; nepalese; sri lankan; tamil;
        sinhalese; kashmiri; kashmiri other; asian british mixed asian; asian mixed asian; british asian; aafr;
        akao; anep; asnl; aslt; asro; aota; asian unspecified; asian any other; bhutanese; maldivian; asian
        tamil; asian east african; asian nepali; asian british other; sri lanka; nepal; bhutan; maldives;
        ceylonese; gurkha; sinhala; singhalese; srilankan; nepali asian; south asian; other south asian; british
        tamil
    """,
    "BCRB": """
        caribbean; black caribbean; carib; west indian; jamaican; jamaica; barbadian; trinidadian; trinidad;
        tobago; montserrat; antigua; barbuda; dominican; dominica; grenadian; grenada; st lucia; saint lucia;
        guyanese; guyana; barbados; st vincent; bahamas; black west indian; african caribbean; caribbean black;
        st kitts; nevis; anguilla; bermuda; martinique; guadeloupe; haiti; black british caribbean; black
        caribbean british; grenadine; st lucian; saint lucian; vincentian; caribbean british; haitian; bahamian;
        bermudian; kittitian
    """,
    "BAFR": """
        african; black african; somali; somalian; nigerian; ghanaian; ghana; nigeria; somalia; angolan; angola;
        congolese; congo; sierra leonean; sierra leonian; sierra leone; eritrean; eritrea; ethiopian; ethiopia;
        kenyan; kenya; ugandan; uganda; zimbabwean; zimbabwe; gambian; gambia; cameroon; cameroonian; ivorian;
        ivory coast; liberian; liberia; senegalese; senegal; swazi; swaziland; malawian; malawi; zambian;
        zambia; tanzanian; tanzania; rwandan; rwanda; burundian; burundi; guinean; guinea; mozambique; namibian;
        botswana; mali; malian; togolese; togo; benin; niger; madagascar; mauritanian; bann; bcon; bgha; bngn;
        bsln; bsom; bsud; baof; black somali; other black african; blackafr; lesotho; gabon; chad; djibouti;
        burkina faso; sudanese; sudan; black sudanese; burkinabe; comoros; cape verde; cape verdean; african
        black; black african british; black british african; black zimbabwean; black nigerian; black ghanaian;
        black congolese; tigrayan; yoruba; igbo; motswana; mozambican; gabonese; chadian; beninese; nigerien;
        djiboutian
    """,
    "BOTH": """
        any other black; other black; black other; black european; black north american; black american; black
        british; black british mixed black; black unspecified; beur; bnam; botb; any other black african
        caribbean; black any other; bbri; black british other; black south american; african caribbean black
        other; other black african caribbean
    """,
    "CHNE": """
        chinese; british chinese; hong kong; malaysian chinese; singaporean; taiwanese; china; other chinese;
        chkc; cmal; csng; ctwn; coch; chinese other ethnic group chinese; asian chinese british; chinese
        british; british chinese other; cantonese; mandarin; macau; taiwan; hongkong; any other chinese; hong
        kong british
    """,
    "OOTH": """
        arab; filipino; philippines; kurdish; kurd; iranian; iran; iraqi; iraq; vietnamese; vietnam; japanese;
        japan; korean; thai; thailand; malay; malaysian; moroccan; algerian; egyptian; yemeni; lebanese; libyan;
        syrian; tunisian; palestinian; jordanian; saudi; kuwaiti; polynesian; latin american; south american;
        central american; brazilian; colombian; ecuadorian; bolivian; peruvian; mexican; chilean; cuban; middle
        eastern; persian; burmese; indonesian; mongolian; hispanic; chinese any other; cambodian; laotian; oara;
        oegy; ofil; oirn; oirq; ojpn; okor; okrd; olam; oleb; olib; omal; omrc; opol; otha; ovie; oyem; ooeg;
        any other group; pacific islander; arab other; libya; egypt; morocco; algeria; syria; lebanon; yemen;
        tunisia; palestine; kuwait; bahrain; bahraini; qatar; qatari; omani; oman; emirati; brazil; colombia;
        peru; mexico; chile; cuba; bolivia; ecuador; venezuela; venezuelan; argentina; argentinian; argentine;
        uruguay; paraguay; nicaraguan; guatemalan; costa rican; panamanian; honduran; salvadorean; korea;
        mongolia; indonesia; malaysia; myanmar; burma; rohingya; cambodia; laos; philipino; fillipino; hawaiian;
        maori; polynesia; samoan; tongan; middle east; arabic; berber; maghreb; any other arab; latino; latina;
        other arab; kurdistan; turkish kurd; assyrian; micronesian; melanesian
    """,
    "REFU": """
        refused; declined; prefer not to say; refuse; not stated refused; does not wish; did not wish;
        unwilling; not disclosed; withheld; unspecified refused; refusal; not willing; does not want to say;
        chose not to say; choose not to say; prefer not to answer; prefer not to state; not wish to say; did not
        want; not wish to answer; not wish to disclose; decline; not prepared to say; rather not say
    """,
    "NOBT": """
        not yet obtained; not obtained; information not yet available; unborn; not known; unknown; not stated;
        not recorded; not populated; not available; no data; not asked; obsolete; not established; not yet
        recorded; form not completed; unable to obtain; not provided; not given; undetermined; do not use; not
        specified; not applicable; awaiting; unable to provide; unable to say; cannot say; does not know; dont
        know; do not know; not collected; not gathered; not yet known; not yet asked; not declared; not entered;
        not held; unascertained; yet to be recorded; unavailable; no ethnicity; not determined; not supplied; no
        information; none recorded; no record; pending; unclassified; not classified; unrecorded; yet to be
        confirmed; yet to be obtained
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
    "AOTH": """
        afghan; afghani; aafg; caribbean asian british; mauritian asian; asian african; sikh; east asian;
        central asian; south east asian; tibetan
    """,
    "OOTH": """
        oafg; north african; jewish; armenian; uzbek; kazakh; azerbaijani; georgian; fijian; mauritian;
        seychellois; turkmen; hindu; muslim; asian afghan; asian asian british afghan; asian asian british
        afghani; asian afghani; afghanistan; asian british afghan; asian or asian british afghan
    """,
    "WOTH": "israeli; american; baltic; turkey; cyprus",
    "MOTH": "african asian mixed; mixed european; mixed british; mixed irish",
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
        (r"\(?E(?:\.|: ?)E?\d{0,2}(?:\.\d)?\)?|\(?E[12]?\)?", "OOTH"),
        (r"\(?[NU][.:]? ?[A-Z]\d\)?", "NOBT"),
        (r"\(?NS\)?|\(?U\)?|\(?UNK\)?", "NOBT"),
    ),
)
