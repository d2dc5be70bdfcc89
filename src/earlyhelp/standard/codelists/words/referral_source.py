"""Words for who asked. A named role or body decides; the name of a group stands for its unnamed rest."""

from __future__ import annotations

from earlyhelp.standard.types import WordRules

_ROLES = {
    "1A": """
        birth parent; parent carer; parent guardian; mother father; ex wife; ex husband; great aunt; step mum; step
        dad; in law; mother in law; half sister; half brother; family member; relative; carer; parent; mother;
        father; mum; dad; grandparent; grandmother; grandfather; grandson; granddaughter; daughter; son; sibling;
        brother; sister; aunt; uncle; cousin; nephew; niece; partner; wife; husband; spouse; step parent; step
        father; step mother; ex partner; household member; member of household; house member; other relative; family
        relative; family friend relative; extended family; informal carer; next of kin; family and relative;
        relative friend neighbour; family friend neighbour
    """,
    "1B": "acquaintance; neighbour; friend; friend neighbour; family friend; friend of family",
    "1C": "self; self referral; self referred; young person themselves; child themselves; own request",
    "1D": """
        member of public; member of the public; general public; public; stranger; other individual; community
        member; individual other; local resident
    """,
    "2A": """
        parent support adviser; parent support advisor; school family worker; class teacher; school counsellor;
        school pastoral; school safeguarding; designated teacher; dsl; school welfare; school liaison; pastoral;
        school; primary school; secondary school; special school; academy; academy secondary school; nursery school;
        infant school; junior school; independent school; private school; high school; senco; pupil referral unit;
        pru; headteacher; head teacher; teacher; education special; school staff; education nursery; school college
        nursery; education sixth form; education post 16; pfsa; parent family support advisor; boarding school;
        first school; middle school; school college; education academy; education college 16; early years school;
        upper school; maintained school; school out of borough
    """,
    "2B": """
        education service; education welfare; education welfare officer; ewo; esw; education social worker;
        educational psychologist; education psychologist; educational psychology; education psychology; ed psych;
        attendance; further education; university; alternative provision; education department; education dept;
        education other; other education; education support; education support service; school attendance officer;
        education social work service; education official; school improvement; elective home education; children
        missing education; school admission; education not school; higher education; fe college; education
        inclusion; inclusion service; governor; education worker; specialist teacher; pupil support service
    """,
    "3A": """
        gp; general practitioner; on call gp; doctor surgery; gp surgery; gp practice; family doctor; doctor; locum
        doctor
    """,
    "3B": "health visitor; health visiting; hv; health visiting service; health visitor service",
    "3C": """
        school nurse; school nursing; school health; school health nurse; school nursing service; school health
        adviser
    """,
    "3D": """
        midwife; midwifery; maternity; community midwife; dentist; dental; pharmacy; pharmacist; district nurse;
        optician; community nurse; practice nurse; speech and language therapy; speech and language therapist;
        speech therapist; salt; primary health care team; primary care; primary health worker; family nurse
        partnership; fnp; family nurse; health centre; walk in centre; physiotherapist; physiotherapy; podiatry;
        dietician; primary health team; health other primary; nursery nurse health; health clinic; practice manager;
        ante natal; antenatal; nhs direct; nhs 111; primary community health; perinatal
    """,
    "3E": """
        ae; ae dept; accident emergency; emergency department; emergency dept; casualty; urgent care; minor injury
        unit; hospital ae; accident or emergency; hospital emergency department
    """,
    "3F": """
        public health; mother and baby unit; ward sister; health and social care; hospital social work trust;
        nursing service; sister ward; mental health team; out of hours health; eye clinic; hospice; camhs; cahms;
        mental health; cmht; community mental health team; community psychiatric nurse; cpn; psychiatrist;
        psychiatric; adult mental health; paediatrician; paediatric; pediatric; ambulance; ambulance service;
        paramedic; specialist nurse; hospital nurse; hospital staff; hospital ward; ward staff; consultant
        psychiatrist; drug alcohol service; drug and alcohol worker; drug and alcohol service; alcohol service; drug
        service; drug agency; child health; mental health trust; nhs trust; nhs; nhs foundation trust; pct; ccg;
        icb; primary care trust; sexual health; sexual assault referral centre; sarc; health professional; health
        worker; health ward; health authority; named nurse; safeguarding nurse; named doctor; health department;
        hospital clinic; medical; hospital bed; acute hospital; acute trust; community health service; health
        specialist; allied health; health trust; hospital discharge; genito urinary; gum clinic; learning disability
        nurse; looked after child nurse; lac nurse; medical professional; nursing care staff; health team; hospital
        doctor; hospital a and e other; eating disorder; health service other; child adolescent mental health; child
        and adolescent mental health service
    """,
    "4": """
        housing; housing association; housing department; housing dept; housing service; local authority housing; la
        housing; landlord; housing officer; housing provider; sheltered housing; sheltered housing officer;
        registered social landlord; rsl; supported housing; supported living; supported living service; hous dept;
        hous assoc; hous; tenancy support; housing benefit; social housing; private landlord; warden; temporary
        accommodation; floating support; la housing dept housing association; almo
    """,
    "5A": """
        residential home la; residential childrens; family placement team; fostering team; social care other; social
        care team child; leaving care service; social care; social worker; social service; social work; childrens
        social care; childrens services; adult social care; adult social service; adults services; adult service;
        mash; mash team; multi agency safeguarding hub; emergency duty team; emergency duty; edt; out of hours; ssd;
        senior practitioner; social care team; social service team; internal social service; leaving care; leaving
        care team; care manager; asc; csc; family placement; fostering; adoption team; children with disability;
        children with disability team; cwd; hospital social worker; hospital team; disabled children team;
        assessment team; duty team; looked after child team; lac team; care management; duty social worker; social
        care staff; child protection team; intake team; aftercare; approved social worker; amhp; social work
        assistant; referral and assessment; own social care; independent reviewing officer; iro; internal social
        care; disability staff; first response; disability team; lado; social care child; social care adult;
        disability service; learning disability team
    """,
    "5B": """
        youth offender; young offender; offending team; offender team; anti social behaviour; council staff;
        environmental service; housing benefit team; other service; other council team; other team internal; other
        local authority department; other la team; other internal; youth offending; youth offending service; youth
        offending team; youth justice; yot; yos; youth service; other council; other council department; council
        department; other la department; internal department; other department; internal other; environmental
        health; leisure; council tax; youth support; youth support service; youth worker; customer service; trading
        standard; marac; council officer; licensing; local authority other; la other; other dept; internal dept;
        detached youth work; yois; anti social behaviour team; asb team; portage worker; one stop shop; la internal;
        local authority internal; other internal department; other internal dept; internal team; integrated youth
        support; youth inclusion; youth inclusion support panel; internal referral; domestic violence coordinator;
        channel panel
    """,
    "5C": """
        external la; another la; another local authority; other local authority; other la; ola; external another la;
        other ssd; other social service; other social services dept; la external; local authority external; other la
        social care; other council social care; la services external; external local authority; external eg another
        la; other authority; another authority; other las; external social care; neighbouring authority; other
        council social services; another council; other la ssd; other local authority social service dept; other las
        ssd; external ola; other ssd team; external social service; other la adult; la other than; county council
        other; other las social care; external from another las; external from another local authority; external
        from another la
    """,
    "5D": """
        parent support worker; family centre la; family support practitioner; family practitioner; early help other;
        early help; early help team; early help service; early help hub; early help assessment; family hub; family
        support; family support service; family support team; family support worker; troubled family; stronger
        family; supporting family; taf; team around the family; caf team; caf coordinator; eha; family solution;
        targeted family support; family intervention; family intervention project; fip; think family; intensive
        family support; sure start; targeted support; early help keywork; early help practitioner; family first;
        family early help; prevention team; targeted youth support; parenting family support; childrens centre key
        work; strengthening family; lead professional; family worker; family connect; youth early help; edge of care
    """,
    "6": """
        police; police merlin; merlin; police notification; police officer; met police; metropolitan police; cait;
        pvp; ppu; child abuse investigation; vpa; police da; police dv; police protection; btp; transport police;
        ppn; police c51; safer neighbourhood; community support officer; pcso; constabulary; police 78; law police;
        police service
    """,
    "7": """
        family court; offender management; court service; police and court; youth offender institution; secure
        estate; defence solicitor; official solicitor; asylum service; legal agency; other legal agency; court;
        probation; cafcass; prison; immigration; solicitor; border agency; border force; ukba; home office; other
        legal; legal other; crown prosecution; cps; young offender institution; yoi; court welfare; barrister;
        community rehabilitation company; crc; law centre; magistrate; lawyer; law other; legal profession; court
        officer; coroner; county court; youth court; guardian ad litem; national probation service; uk visa;
        probation officer; judge; other law; home office immigration; ndelius; judiciary; probation service; hm
        prison; court police probation immigration; court youth justice
    """,
    "8": """
        partner agency; partner organisation; carer centre; carer service; carers trust; council voluntary service;
        council for voluntary service; parent support group; childrens home independent; private children home;
        hospital charity; helpline; housing charity; national society; agency other; other agencies; voluntary
        organisation; voluntary sector; voluntary agency; voluntary group; independent provider; independent agency;
        independent agency provider; agency provider; independent agency providers; nspcc; barnardos; women aid;
        womens aid; refuge; child minder; childminder; ofsted; cab; citizen advice; citizen advice bureau; dwp;
        department of work pension; department for work and pension; job centre; jobcentre; benefit agency; church;
        faith group; faith organisation; religious; armed force; ministry of defence; mod; army; ssafa; idva;
        childline; national crime agency; fire service; fire and rescue; fire rescue; fire rescue service; fire
        brigade; rspca; third sector; 3rd sector; community organisation; community group; community sector; private
        agency; other agency; care home; charitable; home start; homestart; action for children; samaritan;
        advocacy; children society; relate; age concern; care agency; private provider; other organisation; sport
        club; newspaper; none local authority agency; non statutory; other professional; other statutory agency;
        respite provider; private voluntary independent; nursing residential; vcs; voluntary and community; mosque;
        missing people; kids company; mencap; scope; young runaway; rape crisis; solace; turning point; addaction;
        catch 22; child care provider; childcare provider; after school club; other not listed; other source;
        crimestoppers
    """,
    "9": "anonymous; anon; anonymous caller",
    "10": """
        unknown; source unknown; not stated; none recorded; no source; unknown anonymous; name not given; not
        applicable
    """,
}
_WIDER = {
    "2A": "education primary; education secondary",
    "2B": "college",
    "3D": "primary health; other primary; other primary health; primary health care; community health",
    "3F": """
        hospital; nurse; nursing; clinic; consultant; other health; health other; drug and alcohol; secondary
        health; therapist
    """,
    "4": "homeless; homelessness; tenancy",
    "5A": "child protection; team manager; safeguarding team; children team",
    "5B": "portage; young people service",
    "5C": "out of borough; another borough; other borough",
    "5D": "early intervention; step down; stepped down",
    "7": "legal",
    "8": "childrens centre; voluntary; nursery; private sector; charity; advocate; young carer",
    "10": "not known; not recorded; unspecified; not specified",
}
_GROUPS = {
    "1D": "individual",
    "2B": "education; educational; edu",
    "3F": "health; health service; nhs; hlth; health serv",
    "5B": "local authority; local authority service; la service; la; lbh; council service; own la",
}

_UNSURE = {
    "1A": "family; foster carer; guardian",
    "1C": "client; service user",
    "1D": "mp; member of parliament; councillor; landlady",
    "2A": "learning mentor; sixth form",
    "2B": """
        connexion; careers service; sen service; sen team; behaviour support; training provider; education
        safeguarding
    """,
    "3D": "occupational therapist; occupational therapy",
    "3F": """
        drug and alcohol team; fire ambulance; fire and ambulance; child development centre; health improvement;
        smoking cessation; emergency service; substance misuse; psychologist
    """,
    "4": "hostel; supporting people; estate manager",
    "5A": """
        childrens home; foster; private fostering; residential worker; contact centre social care; home care;
        transition team
    """,
    "5B": """
        corporate; community safety; library; benefit section; legal service; connexion service; community warden;
        elected member; registrar; prevent team; welfare right; substance misuse team; substance misuse staff;
        council; internal
    """,
    "5D": "children centre key work; parenting team; family group conference; parenting",
    "6": "public protection",
    "7": "tribunal; secure unit; remand centre; central government agency; offender",
    "8": """
        family centre; nursery nurse; bank account; residential unit; fostering agency; pre school; playgroup; day
        nursery; creche; residential home; nursing home; domestic violence service; domestic abuse service; domestic
        violence agency; day centre; employer; media; early year setting; victim support; private nursery;
        interpreter; bank; embassy; independent fostering agency; youth club; third party; early years
    """,
    "5C": "external",
}

referral_source_words = WordRules(
    tiers=(_ROLES, _WIDER, _GROUPS),
    alone={"8": "other; oth; other source; other team; not listed; other please specify"},
    hints=_UNSURE,
    heads={"1D": "", "2B": "", "3F": "", "5B": "4"},
    numbering=((r"[‘'](\d{1,2})", r"\1"),),
)
