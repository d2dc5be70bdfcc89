"""Words for who asked. A named role or body decides; the name of a group stands for its unnamed rest."""

from __future__ import annotations

from earlyhelp.standard.types import WordRules

_ROLES = {
    "1A": """
        parent guardian; family member; relative; carer; parent; mother; father; mum; dad; grandparent;
        grandmother; grandfather; grandson; granddaughter; daughter; son; sibling; brother; sister; aunt; uncle;
        cousin; nephew; niece; partner; wife; husband; spouse; household member; member of household; house
        member; other relative; family relative; family friend relative; extended family; next of kin; relative
        friend neighbour; family friend neighbour; adopter; nanna; granny; gran; grandma; grandpa; grandad;
        granddad; boyfriend; girlfriend; fiance; cohabitee; godparent; godmother; godfather; legal guardian;
        person with parental responsibility; family network; wider family; immediate family; family carer; other
        family; stepfather; stepmother; stepparent; stepbrother; stepsister; parents in law; father in law;
        sister in law; brother in law; son in law; daughter in law
    """,
    "1B": """
        acquaintance; neighbour; friend; family friend; friend of family; flatmate; housemate; lodger; school
        friend; friend of parent; aquaintance; family acquaintance
    """,
    "1C": "self; own request; themselves; client self; service user self; own referral",
    "1D": """
        public; stranger; other individual; community member; individual other; local resident; passerby; member
        of community; well wisher; other person; another individual; concerned individual; concerned person;
        private individual; private person; concerned citizen; local person; community individual; individual
        stranger; other member of public; passing stranger
    """,
    "2A": """
        parent support adviser; parent support advisor; school family worker; school counsellor; dsl; pastoral;
        school; academy; nursery school; senco; pupil referral unit; pru; headteacher; teacher; education
        special; education nursery; school college nursery; education sixth form; education post 16; pfsa;
        parent family support advisor; school college; education academy; education college 16; early years
        school; school out of borough; deputy head; head of year; form tutor; teaching assistant; classroom
        assistant; faith school; special educational needs school; sendco; designated safeguarding lead;
        headmaster; headmistress; assistant head; education school; education primary school; education
        secondary school; school nursery; nursery class; reception class; post 16; post sixteen
    """,
    "2B": """
        education service; education welfare; ewo; esw; education social worker; educational psychologist; education
        psychologist; educational psychology; education psychology; ed psych; attendance; further education; university;
        alternative provision; education department; education other; other education; education support; education social
        work service; education official; school improvement; ehcp coordinator; ehcp officer; elective home ed; la
        admission; admission exclusion; children missing education; school admission; education not school; higher
        education; fe college; education inclusion; inclusion service; governor; education worker; specialist teacher; ews;
        edpsych; children missing from education; home education; home tuition; home tutor; virtual school; lea; education
        authority; inclusion officer; lecturer; student support; student service; ethnic minority achievement; traveller
        education; education and skill; learning and skill; community education; apprenticeship; special educational needs;
        send team; send service; send casework; sen casework; sen officer; sen assessment; education officer; education
        team; education staff; education section; education professional; education advisor; education adviser; educational
        welfare; educational social worker; educational service; educational department; educational establishment;
        education establishment; education provider; education provision; education exclusion; exclusion officer; exclusion
        team; advisory teacher; teacher of deaf; hearing impairment service; sixth form college; college of further
        education; further education college; college lecturer; education other than school; school transport; school
        attendance; behaviour support service; educational support; pupil support
    """,
    "3A": """
        gp; general practitioner; family doctor; doctor; general practice; medical practice; medical centre;
        gps; ocgp; out of hours doctor; out of hours gp; gp out of hours
    """,
    "3B": "health visitor; health visiting; hv; health visit; specialist health visitor",
    "3C": "school nurse; school nursing; school health; school health nurse; school doctor; sn",
    "3D": """
        midwife; midwifery; maternity; dentist; dental; pharmacy; pharmacist; district nurse; optician;
        community nurse; practice nurse; speech and language therapy; speech and language therapist; speech
        therapist; salt; primary health care team; primary care; primary health worker; fnp; family nurse;
        health centre; walk in centre; physiotherapist; physiotherapy; podiatry; dietician; primary health team;
        health other primary; nursery nurse health; health clinic; practice manager; ante natal; antenatal; nhs
        direct; nhs 111; primary community health; perinatal; optometrist; orthoptist; orthodontist;
        audiologist; audiology; chiropody; chiropodist; podiatrist; dietitian; dietetic; nutritionist; macmillan
        nurse; community matron; district nursing; community nursing; birth centre; antenatal clinic; family
        planning; family planning clinic; health promotion; immunisation; community children nurse; community
        childrens nursing; chemist; oral health; other primary care; maternity ward; speech therapy; physio;
        community health practitioner; community health team; primary health professional; health primary
    """,
    "3E": """
        ae; accident emergency; emergency department; casualty; urgent care; hospital ae; hospital emergency
        department; emergency room; minor injuries; emergency care; urgent treatment; hospital casualty;
        emergency unit; emergency department hospital
    """,
    "3F": """
        looked after children nurse; children in care nurse; cypmhs; public health; mother and baby unit; ward sister;
        health and social care; hospital social work trust; nursing service; sister ward; out of hours health; eye clinic;
        hospice; camhs; cahms; mental health; cmht; cpn; psychiatrist; psychiatric; paediatrician; paediatric; pediatric;
        ambulance; paramedic; specialist nurse; hospital nurse; hospital staff; hospital ward; ward staff; consultant
        psychiatrist; drug alcohol service; drug and alcohol worker; alcohol service; drug service; drug agency; child
        health; nhs; pct; ccg; icb; primary care trust; sexual health; sexual assault referral centre; sarc; health
        professional; health worker; health ward; health authority; named nurse; safeguarding nurse; named doctor; health
        department; hospital clinic; medical; hospital bed; acute hospital; acute trust; community health service; health
        specialist; allied health; health trust; hospital discharge; genito urinary; gum clinic; learning disability nurse;
        looked after child nurse; lac nurse; nursing care staff; health team; hospital doctor; hospital a and e other;
        eating disorder; health service other; clinical psychologist; clinical psychology; psychologist health; health
        psychologist; psychotherapist; psychotherapy; art therapist; play therapist; family therapist; family therapy; music
        therapist; neonatal; nicu; scbu; special care baby unit; postnatal ward; labour ward; gynaecology; obstetrician;
        obstetric; radiographer; radiology; oncologist; oncology; haematology; dermatology; crisis team; home treatment
        team; assertive outreach; early intervention psychosis; mental health nurse; mental health hospital; mhst; talking
        therapies; iapt; memory clinic; learning disability hospital; hospital safeguarding; liaison nurse; cla nurse; tb
        nurse; healthcare; health care; health staff; health practitioner; health board; health agency; health organisation;
        health other professional; health unit; integrated care board; clinical commissioning group; care quality
        commission; cqc; child development team; paediatric ward; paediatric nurse; children ward; childrens hospital;
        private hospital; general hospital; nhs hospital; hospital consultant; hospital other; hospital sister; hospital
        department; hospital trust; hospital out patient; hospital admission; hospital service; ward manager; ward nurse;
        matron; nurse practitioner; nurse specialist; nurse consultant; community mental health nurse; psychiatric nurse;
        psychiatric hospital; psychiatry; child and family consultation service; child guidance; consultant paediatrician;
        drug and alcohol nurse; health drug and alcohol; sexual health clinic; genitourinary; contraceptive clinic;
        rehabilitation unit; rehab hospital; health safeguarding team; safeguarding children nurse; child protection nurse;
        designated nurse; designated doctor; specialist health; tertiary health; secondary care; acute care; acute health;
        health other secondary; other hospital; other nurse; other health professional; other health worker; other health
        service; other health agency; other health care; other health staff; health professional other; other medical;
        community health other; health community; mental health health; intermediate care; palliative care; mental hospital;
        occupational therapist health; health occupational therapist; orthopaedic
    """,
    "4": """
        housing; homeless prevention; homelessness prevention; local authority housing; la housing; landlord; rsl; supported
        living; hous; tenancy support; warden; temporary accommodation; floating support; almo; estate officer; estate
        management; council housing; arms length management; tmo; tenant management; registered provider; supported
        accommodation; accommodation officer; housing la; housing local authority; housing other; homeless persons unit;
        homeless unit; homeless team; homeless family; homeless service; homelessness team; homelessness unit; homelessness
        service; homelessness officer; homeless hostel; hpu; sheltered; rent arrears; rent officer; lettings; tenancy
        officer; tenancy management; tenancy sustainment; council tenancy; housing department local authority; housing and
        homelessness
    """,
    "5A": """
        residential home la; residential childrens; social care other; social care; social worker; social
        service; social work; childrens services; adults services; mash; emergency duty; edt; out of hours; ssd;
        senior practitioner; internal social service; leaving care; care manager; asc; csc; family placement;
        fostering; adoption team; children with disability; cwd; hospital social worker; hospital team;
        assessment team; duty team; looked after child team; lac team; care management; child protection team;
        intake team; aftercare; amhp; referral and assessment; iro; internal social care; disability staff;
        first response; disability team; lado; disability service; swt; social care internal; initial response
        team; initial contact team; contact and referral team; front door; assessment and intervention; child in
        need team; children in need team; children in need service; cin team; cp team; conference chair; child
        protection conference; child protection chair; children looked after team; looked after children; looked
        after service; children in care; cla team; lac service; post adoption; adoption service; kinship team;
        kinship care; special guardianship team; special guardianship support; children young people service;
        children and families; child and family team; child and family service; children service internal; adult
        team; adult disability; adult learning disability; adult physical disability; older people team; care
        coordinator; care co ordinator; occupational therapy social care; social services occupational
        therapist; social services internal; disabled children; disabled child; residential children home la;
        unaccompanied minors team; uasc team; asylum team; unaccompanied asylum; 16 plus team; through care;
        throughcare; independent chair; reviewing officer; family safeguarding team; safeguarding unit;
        safeguarding service; safeguarding children; safeguarding adult; adult safeguarding; adult protection;
        vulnerable adult; social worker other; family social worker; sw; eds; night duty; duty and assessment;
        duty worker; duty officer; multi agency safeguarding; multi agency hub; contact centre children;
        childrens first contact; permanence team; placement team; family finding; no recourse team; nrpf team;
        edge of care social work; community care team; mental health social work; child care team; childcare
        team; family centre social care; internal social work; social care in la; la social care; local
        authority social care; local authority social services; local authority social worker; council social
        care
    """,
    "5B": """
        youth offender; young offender; offending team; offender team; anti social behaviour; council staff;
        environmental service; housing benefit team; other service; other team internal; other local authority
        department; other la team; other internal; youth offending; youth justice; yot; yos; youth service;
        other council; council department; other la department; internal department; other department; internal
        other; environmental health; leisure; council tax; youth support; youth worker; customer service;
        trading standard; marac; council officer; licensing; local authority other; la other; yois; asb team;
        one stop shop; la internal; local authority internal; internal team; youth inclusion; internal referral;
        domestic violence coordinator; channel panel; community safety team; community safety unit; benefits
        team; housing benefit section; leisure centre council; revenues; customer contact centre; contact centre
        council; council contact centre; street warden; youth centre; youth club council; children right;
        complaints team; commissioning team; youth team; youth intervention; youth engagement; youth
        participation; youth work; youth and community; young peoples support service; yjs; detached youth;
        council other; council worker; council employee; council team; council service other; other la service;
        other la staff; other la officer; other la department internal; la other internal; la staff; la officer;
        la non social care; local authority staff; local authority officer; local authority team; local
        authority internal other; other local authority service; other local authority staff; other local
        authority team; internal council; internal department other; internal non social care; internal not csc;
        internal not ssd; internal not social care; internal not social service; department other than social
        care; internal staff; internal agency; internal service; internal source; other directorate; another
        directorate; another department; council directorate; corporate service; corporate parent; chief
        executive; democratic service; domestic abuse coordinator; domestic violence co ordinator; domestic
        abuse co ordinator; prevent officer; welfare rights; welfare benefit; civil enforcement; emergency
        planning; sports development; arts development; asb officer; asbo; asb unit; asbu; neighbourhood warden;
        neighbourhood management; noise team; pest control; blue badge; transport department; passenger
        transport
    """,
    "5C": """
        external la; another la; another local authority; other local authority; other la; ola; external another
        la; other ssd; other social service; la external; local authority external; other la social care; other
        council social care; la services external; external local authority; external eg another la; other
        authority; another authority; other las; external social care; neighbouring authority; other council
        social services; another council; other la ssd; other las ssd; external ola; external social service; la
        other than; county council other; other las social care; external from another las; external from
        another local authority; external from another la; another las; external authority; other borough
        council; other city council; other county council; other district council; another borough council;
        another county council; another city council; other county; another county; other social work team;
        other las social services; other la social services; other la childrens services; other la children
        social care; other la social worker; another la social care; another la social services; another las
        social care; another authority social care; another authority social services; another local authority
        social care; another local authority social services; another council social care; neighbouring la;
        neighbouring local authority; neighbouring council; neighbouring borough; external council; external
        social worker; external local authority social care; external las; external las social care; la external
        social care; las external; different local authority; different la; out of area la; out of area local
        authority; out of borough la; out of borough social services; out of area social
        services; out of area social care; out of county social services; out of borough social care; out of county
        social care; out of county la; other local authority
        social care; other local authority social services; other local authority department social care; ola
        social care; ola social services; ola ssd; ola social worker; local authority out of area; other
        unitary; social services other la; social services other authority; social services other local
        authority; social care other la; social care other local authority; social care external; social worker
        other la; social worker other local authority; scottish authority; welsh authority; other local
        authority childrens service
    """,
    "5D": """
        parent support worker; family centre la; family practitioner; early help other; early help; family hub;
        family support; troubled family; stronger family; supporting family; taf; team around the family; caf
        team; caf coordinator; eha; family solution; family intervention; fip; think family; sure start;
        targeted support; family first; family early help; prevention team; parenting family support; childrens
        centre key work; strengthening family; lead professional; family worker; family connect; edge of care;
        ehat; ehm; eh team; eh hub; early help social care; early help internal; early intervention team; early
        intervention service; early intervention and prevention; early support service; early support team;
        early start; prevention service; prevention and early intervention; preventative services; family
        support social care; family key worker; family keyworker; family resource team; family wellbeing; family
        information service; family outreach; family service; family partnership; family help; family coach;
        family coaching; family recovery project; family intensive support; intensive intervention; tac meeting;
        tac coordinator; team around the child; team around school; caf process; caf panel; caf lead; caf step
        up; common assessment; targeted family; targeted intervention; targeted youth; parenting programme;
        parenting practitioner; parenting coordinator; parenting service; parenting worker; parenting support;
        family parenting support
    """,
    "6": """
        police; merlin; gmp; ppn1; cait; pvp; ppu; child abuse investigation; vpa; btp; ppn; safer neighbourhood; community
        support officer; pcso; constabulary; law police; policeman; policewoman; police child protection; police
        public protection; police mash; missing persons unit; vulnerable persons unit; protecting vulnerable
        people; public protection unit; public protection notice; protection vulnerable people; family
        protection unit; child protection unit police; caiu; community safety unit police; special constable;
        operation encompass; neighbourhood policing; custody suite; custody sergeant; mod police; other police;
        police other; police service other; detective constable; pol; police safeguarding unit
    """,
    "7": """
        family court; offender management; youth offender institution; secure estate; asylum service; legal
        agency; court; probation; cafcass; prison; immigration; solicitor; border agency; border force; ukba;
        home office; other legal; legal other; crown prosecution; cps; young offender institution; yoi;
        barrister; crc; law centre; magistrate; lawyer; law other; legal profession; coroner; guardian ad litem;
        uk visa; judge; other law; ndelius; judiciary; court police probation immigration; court youth justice;
        family proceedings court; nps; hmp; youth offending institution; secure training centre; ukvi; uk
        border; nass; law firm; legal representative; legal adviser; legal advisor; legal professional; legal
        body; legal including court; public guardian; official receiver; electronic monitoring; parole; bail
        hostel; childrens guardian; child guardian; guardian cafcass; criminal justice; law and order; courts
        legal; judicial; hmcts; legal solicitor; probation hostel; rehabilitation company; justice of the peace
    """,
    "8": """
        partner agency; partner organisation; carer centre; carer service; carers trust; council voluntary
        service; parent support group; childrens home independent; private children home; hospital charity;
        helpline; housing charity; national society; agency other; other agencies; voluntary organisation;
        voluntary sector; voluntary agency; voluntary group; independent provider; independent agency; agency
        provider; nspcc; barnardos; womens aid; refuge; child minder; childminder; ofsted; cab; citizen advice;
        dwp; job centre; jobcentre; benefit agency; church; religious; armed force; ministry of defence; mod;
        army; ssafa; idva; childline; national crime agency; fire service; fire and rescue; fire brigade; rspca;
        third sector; 3rd sector; community organisation; community group; community sector; private agency;
        care home; charitable; home start; homestart; action for children; samaritan; advocacy; children
        society; relate; age concern; care agency; private provider; other organisation; sport club; newspaper;
        none local authority agency; non statutory; other professional; other statutory agency; respite
        provider; nursing residential; vcs; voluntary and community; mosque; missing people; kids company;
        mencap; young runaway; rape crisis; solace; turning point; addaction; catch 22; childcare provider;
        after school club; other not listed; other source; crimestoppers; service provider; family action; ymca;
        ywca; red cross; refugee council; st giles; centrepoint; coram; place2be; kooth; catch22; save the
        children; family lives; gingerbread; parentline; carers uk; age uk; food bank; foodbank; dogs trust;
        rnli; coastguard; royal air force; raf; british legion; military welfare; navy; hmrc; inland revenue; hm
        revenue; child support agency; child maintenance; department for work; benefits office; social security;
        social fund; employment service; scouts; brownies; cadets; sports coach; sports organisation; football
        club; leisure club; swimming club; youth organisation; uniformed group; synagogue; gurdwara; faith;
        clergy; vicar; priest; imam; rabbi; press; journalist; day nursery private; private day nursery; nursery
        other; preschool; pre school playgroup; play group; playgroups; toddler group; holiday club; play
        scheme; playscheme; breakfast club; out of school club; child minding; au pair; babysitter; early years
        provider; early years setting provider; private fostering agency; independent foster; foster agency;
        ifa; independent residential; private residential; residential nursing home; private care; care
        provider; domiciliary; home care agency; home care provider; private home; private sector provider;
        private organisation; independent sector; independent organisation; independent care; independent
        provider other; independent visitor; advocate service; mentoring; support group; self help group;
        voluntary body; voluntary services; voluntary project; voluntary worker; voluntary independent;
        voluntary private; voluntary other; other voluntary; cvs; ngo; not for profit; community project;
        community centre; community association; community interest company; community worker; community
        development worker; community and voluntary; tenants association; residents association; charities;
        domestic abuse agency; domestic abuse support; domestic abuse organisation; domestic violence support;
        independent domestic violence adviser; independent domestic violence advocate; independent domestic
        abuse adviser; independent domestic abuse advocate; isva; internet watch; ceop; child exploitation
        online; utility company; gas company; electricity company; energy company; insurance company; building
        society; bailiff; credit union; taxi company; travel company; airline; supermarket; security firm;
        estate agent; fire department; fire officer; fire safety; lfb; other non statutory; non local authority;
        external agency; external organisation; external provider; outside agency; outside organisation; other
        partner agency; other third sector; other private; other independent; other community; other charity;
        other source not listed; unlisted; miscellaneous; misc; none of the above; other referral source; other
        establishment; other body; other provider; carers association; carers organisation; young carers; autism
        society; national autistic society; parent partnership; parent carer forum; parents group; sure start
        centre; home start volunteer; sure start children centre; children centre; childrens centre sure start;
        drop in centre; trade union; overseas agency; foreign authority; consulate; high commission;
        international social service; foreign government; overseas government; scope
    """,
    "9": "anonymous; anon; anonymously; name withheld; anonymous individual",
    "10": """
        unknown; not stated; none recorded; no source; unknown anonymous; not applicable; source not known;
        source not recorded; referrer not known; not identified; unidentified; not given; not provided; not
        known anonymous; no information; unknown other
    """,
}
_WIDER = {
    "2A": "education primary; education secondary",
    "2B": "college",
    "3D": "primary health; other primary; other primary health; primary health care; community health",
    "3F": """
        hospital; nurse; nursing; clinic; consultant; other health; health other; drug and alcohol; secondary
        health; therapist; surgeon; psychology
    """,
    "4": "homeless; homelessness; tenancy; rent",
    "5A": """
        child protection; team manager; safeguarding team; children team; asylum team; adult safeguarding;
        access and assessment team; social work assessment; looked after
    """,
    "5B": "portage; young people service",
    "5C": "out of borough; another borough; other borough",
    "5D": "early intervention; step down; stepped down",
    "7": "legal",
    "8": """
        childrens centre; voluntary; nursery; private sector; charity; advocate; young carer; church; sports;
        volunteer
    """,
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
    "3D": "occupational therapist; occupational therapy; 0 19 service; 0 19 team; 0 5 team",
    "3F": """
        drug and alcohol team; fire ambulance; fire and ambulance; child development centre; health improvement;
        smoking cessation; emergency service; substance misuse; psychologist; ward
    """,
    "4": "hostel; supporting people; estate manager",
    "5A": """
        childrens home; foster; private fostering; residential worker; contact centre social care; home care;
        transition team
    """,
    "5B": """
        corporate; community safety; library; benefit section; legal service; connexion service; community
        warden; elected member; registrar; prevent team; welfare right; substance misuse team; substance misuse
        staff; council; internal; legal department; legal team
    """,
    "5D": "children centre key work; parenting team; family group conference; parenting; caf; ecaf",
    "6": "public protection",
    "7": "tribunal; secure unit; remand centre; central government agency; offender",
    "8": """
        family centre; nursery nurse; bank account; residential unit; fostering agency; pre school; playgroup;
        day nursery; creche; residential home; nursing home; domestic violence service; domestic abuse service;
        domestic violence agency; day centre; employer; media; early year setting; victim support; private
        nursery; interpreter; bank; embassy; independent fostering agency; youth club; third party; early years;
        counsellor; counselling
    """,
    "5C": "external",
}

referral_source_words = WordRules(
    tiers=(_ROLES, _WIDER, _GROUPS),
    alone={"8": "other; oth; other source; other team; not listed; other please specify"},
    hints=_UNSURE,
    heads={"1D": "", "2B": "", "3F": "", "5B": "4"},
    open="mash health; mash education; mash police; mash housing; mash probation",
    numbering=((r"[‘'](\d{1,2})", r"\1"),),
)
