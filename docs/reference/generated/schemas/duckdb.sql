-- The Early Help standard dataset, version 1. Written from its declarations: change those instead.

CREATE TABLE feed (
    "feed_id" VARCHAR NOT NULL,
    "source_system" VARCHAR NOT NULL,
    "source_system_raw" VARCHAR,
    "extract_date" DATE NOT NULL,
    "coverage_start" DATE,
    "coverage_end" DATE,
    "coverage_area" VARCHAR,
    "definition_note" VARCHAR,
    "rows" BIGINT,
    "control_total" BIGINT,
    "sha256" VARCHAR,
    "source_record_id" VARCHAR,
    "recorded_date" DATE
);
COMMENT ON TABLE feed IS 'One load of one file.';
COMMENT ON COLUMN feed."feed_id" IS 'Name of this load; every row it brought carries it.';
COMMENT ON COLUMN feed."source_system" IS 'Case system, return or partner list the file came from.';
COMMENT ON COLUMN feed."source_system_raw" IS 'What the source said for `source_system`.';
COMMENT ON COLUMN feed."extract_date" IS 'Day the source drew the extract; nothing in it can be later.';
COMMENT ON COLUMN feed."coverage_start" IS 'First day the extract covers; when not stated, its first event.';
COMMENT ON COLUMN feed."coverage_end" IS 'Last day the extract covers; when not stated, its last event. On or after `coverage_start`.';
COMMENT ON COLUMN feed."coverage_area" IS 'Area the extract covers, where it is less than the whole council.';
COMMENT ON COLUMN feed."definition_note" IS 'How the source builds its rows: which cohort it chose, which date it calls the end.';
COMMENT ON COLUMN feed."rows" IS 'Rows in the file, as read. 0 or more.';
COMMENT ON COLUMN feed."control_total" IS 'Number of rows the sender says the file holds. 0 or more.';
COMMENT ON COLUMN feed."sha256" IS 'Fingerprint of the file''s bytes. Sixty-four hexadecimal digits, for example 0000000000000000000000000000000000000000000000000000000000000000.';
COMMENT ON COLUMN feed."source_record_id" IS 'The source''s own number for the record, or its place in the file.';
COMMENT ON COLUMN feed."recorded_date" IS 'Day the row was entered, where the source has it.';

CREATE TABLE person (
    "person_key" VARCHAR NOT NULL,
    "source_person_id" VARCHAR,
    "forename" VARCHAR,
    "surname" VARCHAR,
    "preferred_name" VARCHAR,
    "former_surname" VARCHAR,
    "dob" DATE,
    "dob_accuracy" VARCHAR,
    "dob_accuracy_raw" VARCHAR,
    "expected_dob" DATE,
    "death_date" DATE,
    "sex" VARCHAR,
    "sex_raw" VARCHAR,
    "gender" VARCHAR,
    "ethnicity" VARCHAR,
    "ethnicity_raw" VARCHAR,
    "disability" VARCHAR,
    "disability_raw" VARCHAR,
    "first_language" VARCHAR,
    "sen_status" VARCHAR,
    "sen_status_raw" VARCHAR,
    "address_line" VARCHAR,
    "postcode" VARCHAR,
    "uprn" VARCHAR,
    "lsoa" VARCHAR,
    "lsoa_raw" VARCHAR,
    "is_child" BOOLEAN,
    "is_duplicate_of" VARCHAR,
    "feed_id" VARCHAR NOT NULL,
    "source_system" VARCHAR NOT NULL,
    "source_record_id" VARCHAR,
    "recorded_date" DATE,
    "person_id" VARCHAR,
    "family_id" VARCHAR
);
COMMENT ON TABLE person IS 'One person as one system knows them.';
COMMENT ON COLUMN person."person_key" IS 'Key of this person in this system.';
COMMENT ON COLUMN person."source_person_id" IS 'The system''s own number for the person.';
COMMENT ON COLUMN person."forename" IS 'First name.';
COMMENT ON COLUMN person."surname" IS 'Family name.';
COMMENT ON COLUMN person."preferred_name" IS 'Name the person goes by.';
COMMENT ON COLUMN person."former_surname" IS 'An earlier family name.';
COMMENT ON COLUMN person."dob" IS 'Date of birth; empty for the unborn.';
COMMENT ON COLUMN person."dob_accuracy" IS 'How exact the date of birth is.';
COMMENT ON COLUMN person."dob_accuracy_raw" IS 'What the source said for `dob_accuracy`.';
COMMENT ON COLUMN person."expected_dob" IS 'Expected date of birth of an unborn child.';
COMMENT ON COLUMN person."death_date" IS 'Date of death. On or after `dob`.';
COMMENT ON COLUMN person."sex" IS 'Sex as the source records it.';
COMMENT ON COLUMN person."sex_raw" IS 'What the source said for `sex`.';
COMMENT ON COLUMN person."gender" IS 'Gender in the person''s own words, where the source asks.';
COMMENT ON COLUMN person."ethnicity" IS 'Ethnic group.';
COMMENT ON COLUMN person."ethnicity_raw" IS 'What the source said for `ethnicity`.';
COMMENT ON COLUMN person."disability" IS 'Disabilities, one or several.';
COMMENT ON COLUMN person."disability_raw" IS 'What the source said for `disability`.';
COMMENT ON COLUMN person."first_language" IS 'First language.';
COMMENT ON COLUMN person."sen_status" IS 'Special educational needs status.';
COMMENT ON COLUMN person."sen_status_raw" IS 'What the source said for `sen_status`.';
COMMENT ON COLUMN person."address_line" IS 'Current address.';
COMMENT ON COLUMN person."postcode" IS 'Current postcode. A postcode in capitals with one space, for example AB1 2CD.';
COMMENT ON COLUMN person."uprn" IS 'Unique property reference number of the address. One to twelve digits, for example 100012345678.';
COMMENT ON COLUMN person."lsoa" IS 'Small area of the current address.';
COMMENT ON COLUMN person."lsoa_raw" IS 'What the source said for `lsoa`.';
COMMENT ON COLUMN person."is_child" IS 'True for a child or young person; an adult in the family otherwise.';
COMMENT ON COLUMN person."is_duplicate_of" IS 'Key of the record that replaced this one when the source merged two.';
COMMENT ON COLUMN person."feed_id" IS 'Load that brought the row.';
COMMENT ON COLUMN person."source_system" IS 'System, return or list it came from.';
COMMENT ON COLUMN person."source_record_id" IS 'The source''s own number for the record, or its place in the file.';
COMMENT ON COLUMN person."recorded_date" IS 'Day the row was entered, where the source has it.';
COMMENT ON COLUMN person."person_id" IS 'The linked person; the same for all records of one human being.';
COMMENT ON COLUMN person."family_id" IS 'The linked family.';

CREATE TABLE person_identifier (
    "person_key" VARCHAR NOT NULL,
    "type" VARCHAR NOT NULL,
    "type_raw" VARCHAR,
    "value" VARCHAR NOT NULL,
    "valid_from" DATE,
    "valid_to" DATE,
    "feed_id" VARCHAR NOT NULL,
    "source_system" VARCHAR NOT NULL,
    "source_record_id" VARCHAR,
    "recorded_date" DATE,
    "person_id" VARCHAR,
    "family_id" VARCHAR
);
COMMENT ON TABLE person_identifier IS 'One identifier of one person.';
COMMENT ON COLUMN person_identifier."person_key" IS 'Person the number belongs to.';
COMMENT ON COLUMN person_identifier."type" IS 'Kind of number.';
COMMENT ON COLUMN person_identifier."type_raw" IS 'What the source said for `type`.';
COMMENT ON COLUMN person_identifier."value" IS 'The number itself.';
COMMENT ON COLUMN person_identifier."valid_from" IS 'First day it held.';
COMMENT ON COLUMN person_identifier."valid_to" IS 'Last day it held. On or after `valid_from`.';
COMMENT ON COLUMN person_identifier."feed_id" IS 'Load that brought the row.';
COMMENT ON COLUMN person_identifier."source_system" IS 'System, return or list it came from.';
COMMENT ON COLUMN person_identifier."source_record_id" IS 'The source''s own number for the record, or its place in the file.';
COMMENT ON COLUMN person_identifier."recorded_date" IS 'Day the row was entered, where the source has it.';
COMMENT ON COLUMN person_identifier."person_id" IS 'The linked person; the same for all records of one human being.';
COMMENT ON COLUMN person_identifier."family_id" IS 'The linked family.';

CREATE TABLE person_address (
    "person_key" VARCHAR NOT NULL,
    "address_line" VARCHAR,
    "postcode" VARCHAR,
    "uprn" VARCHAR,
    "lsoa" VARCHAR,
    "lsoa_raw" VARCHAR,
    "valid_from" DATE,
    "valid_to" DATE,
    "feed_id" VARCHAR NOT NULL,
    "source_system" VARCHAR NOT NULL,
    "source_record_id" VARCHAR,
    "recorded_date" DATE,
    "person_id" VARCHAR,
    "family_id" VARCHAR
);
COMMENT ON TABLE person_address IS 'One address of one person for a period.';
COMMENT ON COLUMN person_address."person_key" IS 'Person who lived there.';
COMMENT ON COLUMN person_address."address_line" IS 'The address, without its postcode.';
COMMENT ON COLUMN person_address."postcode" IS 'Postcode of the address. A postcode in capitals with one space, for example AB1 2CD.';
COMMENT ON COLUMN person_address."uprn" IS 'Unique property reference number. One to twelve digits, for example 100012345678.';
COMMENT ON COLUMN person_address."lsoa" IS 'Small area of the address.';
COMMENT ON COLUMN person_address."lsoa_raw" IS 'What the source said for `lsoa`.';
COMMENT ON COLUMN person_address."valid_from" IS 'First day at the address.';
COMMENT ON COLUMN person_address."valid_to" IS 'Last day at the address; empty while current. On or after `valid_from`.';
COMMENT ON COLUMN person_address."feed_id" IS 'Load that brought the row.';
COMMENT ON COLUMN person_address."source_system" IS 'System, return or list it came from.';
COMMENT ON COLUMN person_address."source_record_id" IS 'The source''s own number for the record, or its place in the file.';
COMMENT ON COLUMN person_address."recorded_date" IS 'Day the row was entered, where the source has it.';
COMMENT ON COLUMN person_address."person_id" IS 'The linked person; the same for all records of one human being.';
COMMENT ON COLUMN person_address."family_id" IS 'The linked family.';

CREATE TABLE person_link (
    "person_id" VARCHAR NOT NULL,
    "person_key" VARCHAR NOT NULL,
    "score" DOUBLE,
    "grade" VARCHAR,
    "grade_raw" VARCHAR,
    "method" VARCHAR,
    "method_raw" VARCHAR,
    "reviewed_by" VARCHAR,
    "reviewed_at" TIMESTAMP,
    "feed_id" VARCHAR NOT NULL,
    "source_system" VARCHAR NOT NULL,
    "source_record_id" VARCHAR,
    "recorded_date" DATE,
    "family_id" VARCHAR
);
COMMENT ON TABLE person_link IS 'One source person in one linked person.';
COMMENT ON COLUMN person_link."person_id" IS 'The linked person.';
COMMENT ON COLUMN person_link."person_key" IS 'The record in one system.';
COMMENT ON COLUMN person_link."score" IS 'Probability that the record belongs to the linked person, from 0 to 1. From 0 to 1.';
COMMENT ON COLUMN person_link."grade" IS 'How sure the link is.';
COMMENT ON COLUMN person_link."grade_raw" IS 'What the source said for `grade`.';
COMMENT ON COLUMN person_link."method" IS 'What decided the link.';
COMMENT ON COLUMN person_link."method_raw" IS 'What the source said for `method`.';
COMMENT ON COLUMN person_link."reviewed_by" IS 'Account of the reviewer, where a person decided.';
COMMENT ON COLUMN person_link."reviewed_at" IS 'When the reviewer decided.';
COMMENT ON COLUMN person_link."feed_id" IS 'Load that brought the row.';
COMMENT ON COLUMN person_link."source_system" IS 'System, return or list it came from.';
COMMENT ON COLUMN person_link."source_record_id" IS 'The source''s own number for the record, or its place in the file.';
COMMENT ON COLUMN person_link."recorded_date" IS 'Day the row was entered, where the source has it.';
COMMENT ON COLUMN person_link."family_id" IS 'The linked family.';

CREATE TABLE family_member (
    "family_key" VARCHAR NOT NULL,
    "person_key" VARCHAR NOT NULL,
    "role" VARCHAR,
    "role_raw" VARCHAR,
    "from_date" DATE,
    "to_date" DATE,
    "feed_id" VARCHAR NOT NULL,
    "source_system" VARCHAR NOT NULL,
    "source_record_id" VARCHAR,
    "recorded_date" DATE,
    "person_id" VARCHAR,
    "family_id" VARCHAR
);
COMMENT ON TABLE family_member IS 'One person in one family for a period.';
COMMENT ON COLUMN family_member."family_key" IS 'Key of the family in this system.';
COMMENT ON COLUMN family_member."person_key" IS 'The member.';
COMMENT ON COLUMN family_member."role" IS 'Role in the family.';
COMMENT ON COLUMN family_member."role_raw" IS 'What the source said for `role`.';
COMMENT ON COLUMN family_member."from_date" IS 'First day in the family, where known.';
COMMENT ON COLUMN family_member."to_date" IS 'Last day in the family; empty while current. On or after `from_date`.';
COMMENT ON COLUMN family_member."feed_id" IS 'Load that brought the row.';
COMMENT ON COLUMN family_member."source_system" IS 'System, return or list it came from.';
COMMENT ON COLUMN family_member."source_record_id" IS 'The source''s own number for the record, or its place in the file.';
COMMENT ON COLUMN family_member."recorded_date" IS 'Day the row was entered, where the source has it.';
COMMENT ON COLUMN family_member."person_id" IS 'The linked person; the same for all records of one human being.';
COMMENT ON COLUMN family_member."family_id" IS 'The linked family.';

CREATE TABLE contact (
    "contact_id" VARCHAR NOT NULL,
    "person_key" VARCHAR NOT NULL,
    "family_key" VARCHAR,
    "contact_date" DATE NOT NULL,
    "channel" VARCHAR,
    "team" VARCHAR,
    "source_code" VARCHAR NOT NULL,
    "source_code_raw" VARCHAR,
    "source_raw" VARCHAR,
    "requestor_organisation" VARCHAR,
    "school_urn" VARCHAR,
    "reason_code" VARCHAR,
    "reason_code_raw" VARCHAR,
    "reason_raw" VARCHAR,
    "domestic_abuse" BOOLEAN,
    "level_requested" VARCHAR,
    "level_requested_raw" VARCHAR,
    "level_decided" VARCHAR,
    "level_decided_raw" VARCHAR,
    "avoidable" BOOLEAN,
    "decision_code" VARCHAR,
    "decision_code_raw" VARCHAR,
    "decision_raw" VARCHAR,
    "decision_date" DATE,
    "accepted_date" DATE,
    "feedback_date" DATE,
    "feed_id" VARCHAR NOT NULL,
    "source_system" VARCHAR NOT NULL,
    "source_record_id" VARCHAR,
    "recorded_date" DATE,
    "person_id" VARCHAR,
    "family_id" VARCHAR
);
COMMENT ON TABLE contact IS 'One request for support about one person.';
COMMENT ON COLUMN contact."contact_id" IS 'The request''s own number in the source.';
COMMENT ON COLUMN contact."person_key" IS 'Person the request is about.';
COMMENT ON COLUMN contact."family_key" IS 'Their family, where the source knows it.';
COMMENT ON COLUMN contact."contact_date" IS 'Day the council received the request.';
COMMENT ON COLUMN contact."channel" IS 'How it came: telephone, form, email, in person.';
COMMENT ON COLUMN contact."team" IS 'Team that received it.';
COMMENT ON COLUMN contact."source_code" IS 'Who asked, by national code.';
COMMENT ON COLUMN contact."source_code_raw" IS 'What the source said for `source_code`.';
COMMENT ON COLUMN contact."source_raw" IS 'Who asked, in the source''s own words.';
COMMENT ON COLUMN contact."requestor_organisation" IS 'Organisation that asked.';
COMMENT ON COLUMN contact."school_urn" IS 'The school that asked. Six digits, for example 100001.';
COMMENT ON COLUMN contact."reason_code" IS 'Presenting need.';
COMMENT ON COLUMN contact."reason_code_raw" IS 'What the source said for `reason_code`.';
COMMENT ON COLUMN contact."reason_raw" IS 'Presenting need in the source''s own words.';
COMMENT ON COLUMN contact."domestic_abuse" IS 'True when domestic abuse is mentioned, whatever the presenting need.';
COMMENT ON COLUMN contact."level_requested" IS 'Level of support asked for.';
COMMENT ON COLUMN contact."level_requested_raw" IS 'What the source said for `level_requested`.';
COMMENT ON COLUMN contact."level_decided" IS 'Level of support decided on.';
COMMENT ON COLUMN contact."level_decided_raw" IS 'What the source said for `level_decided`.';
COMMENT ON COLUMN contact."avoidable" IS 'True when whoever asked could have given the support themselves.';
COMMENT ON COLUMN contact."decision_code" IS 'What was decided.';
COMMENT ON COLUMN contact."decision_code_raw" IS 'What the source said for `decision_code`.';
COMMENT ON COLUMN contact."decision_raw" IS 'What was decided, in the source''s own words.';
COMMENT ON COLUMN contact."decision_date" IS 'Day of the decision. On or after `contact_date`.';
COMMENT ON COLUMN contact."accepted_date" IS 'Day the request was accepted for early help. On or after `contact_date`.';
COMMENT ON COLUMN contact."feedback_date" IS 'Day whoever asked was told the outcome. On or after `contact_date`.';
COMMENT ON COLUMN contact."feed_id" IS 'Load that brought the row.';
COMMENT ON COLUMN contact."source_system" IS 'System, return or list it came from.';
COMMENT ON COLUMN contact."source_record_id" IS 'The source''s own number for the record, or its place in the file.';
COMMENT ON COLUMN contact."recorded_date" IS 'Day the row was entered, where the source has it.';
COMMENT ON COLUMN contact."person_id" IS 'The linked person; the same for all records of one human being.';
COMMENT ON COLUMN contact."family_id" IS 'The linked family.';

CREATE TABLE eh_assessment (
    "assessment_id" VARCHAR NOT NULL,
    "person_key" VARCHAR NOT NULL,
    "family_key" VARCHAR,
    "episode_id" VARCHAR,
    "start_date" DATE NOT NULL,
    "due_date" DATE,
    "completion_date" DATE,
    "organisation" VARCHAR,
    "org_type" VARCHAR,
    "org_type_raw" VARCHAR,
    "school_urn" VARCHAR,
    "assessor_role" VARCHAR,
    "consent" VARCHAR,
    "consent_raw" VARCHAR,
    "consent_date" DATE,
    "whole_family" BOOLEAN,
    "second_parent" VARCHAR,
    "second_parent_raw" VARCHAR,
    "child_voice" BOOLEAN,
    "outcome_code" VARCHAR,
    "outcome_code_raw" VARCHAR,
    "outcome_raw" VARCHAR,
    "feed_id" VARCHAR NOT NULL,
    "source_system" VARCHAR NOT NULL,
    "source_record_id" VARCHAR,
    "recorded_date" DATE,
    "person_id" VARCHAR,
    "family_id" VARCHAR
);
COMMENT ON TABLE eh_assessment IS 'One early help assessment of one person.';
COMMENT ON COLUMN eh_assessment."assessment_id" IS 'The assessment''s own number in the source.';
COMMENT ON COLUMN eh_assessment."person_key" IS 'Person assessed.';
COMMENT ON COLUMN eh_assessment."family_key" IS 'Their family, where the source knows it.';
COMMENT ON COLUMN eh_assessment."episode_id" IS 'Episode the assessment belongs to.';
COMMENT ON COLUMN eh_assessment."start_date" IS 'Day the assessment began.';
COMMENT ON COLUMN eh_assessment."due_date" IS 'Day it is due by the local standard. On or after `start_date`.';
COMMENT ON COLUMN eh_assessment."completion_date" IS 'Day it was completed; in Annex A it may be the end of the help instead (see `feed.definition_note`). On or after `start_date`.';
COMMENT ON COLUMN eh_assessment."organisation" IS 'Organisation that did the assessment, or the lead professional''s.';
COMMENT ON COLUMN eh_assessment."org_type" IS 'Kind of that organisation.';
COMMENT ON COLUMN eh_assessment."org_type_raw" IS 'What the source said for `org_type`.';
COMMENT ON COLUMN eh_assessment."school_urn" IS 'The school, where a school did it. Six digits, for example 100001.';
COMMENT ON COLUMN eh_assessment."assessor_role" IS 'Role of whoever did the assessment.';
COMMENT ON COLUMN eh_assessment."consent" IS 'What the family agreed to.';
COMMENT ON COLUMN eh_assessment."consent_raw" IS 'What the source said for `consent`.';
COMMENT ON COLUMN eh_assessment."consent_date" IS 'Day they agreed.';
COMMENT ON COLUMN eh_assessment."whole_family" IS 'True when every child and adult of the household is in it.';
COMMENT ON COLUMN eh_assessment."second_parent" IS 'Whether the second parent is in it.';
COMMENT ON COLUMN eh_assessment."second_parent_raw" IS 'What the source said for `second_parent`.';
COMMENT ON COLUMN eh_assessment."child_voice" IS 'True when the child''s own views are recorded.';
COMMENT ON COLUMN eh_assessment."outcome_code" IS 'What was decided at its end.';
COMMENT ON COLUMN eh_assessment."outcome_code_raw" IS 'What the source said for `outcome_code`.';
COMMENT ON COLUMN eh_assessment."outcome_raw" IS 'What was decided at its end, in the source''s own words.';
COMMENT ON COLUMN eh_assessment."feed_id" IS 'Load that brought the row.';
COMMENT ON COLUMN eh_assessment."source_system" IS 'System, return or list it came from.';
COMMENT ON COLUMN eh_assessment."source_record_id" IS 'The source''s own number for the record, or its place in the file.';
COMMENT ON COLUMN eh_assessment."recorded_date" IS 'Day the row was entered, where the source has it.';
COMMENT ON COLUMN eh_assessment."person_id" IS 'The linked person; the same for all records of one human being.';
COMMENT ON COLUMN eh_assessment."family_id" IS 'The linked family.';

CREATE TABLE eh_episode (
    "episode_id" VARCHAR NOT NULL,
    "person_key" VARCHAR NOT NULL,
    "family_key" VARCHAR,
    "contact_id" VARCHAR,
    "request_date" DATE,
    "accepted_date" DATE,
    "allocated_date" DATE,
    "first_contact_date" DATE,
    "start_date" DATE NOT NULL,
    "plan_start_date" DATE,
    "end_date" DATE,
    "reason_raw" VARCHAR,
    "need_code" VARCHAR,
    "need_code_raw" VARCHAR,
    "level" VARCHAR,
    "level_raw" VARCHAR,
    "referral_source_code" VARCHAR,
    "referral_source_code_raw" VARCHAR,
    "step_down" BOOLEAN,
    "end_reason_code" VARCHAR,
    "end_reason_code_raw" VARCHAR,
    "end_reason_raw" VARCHAR,
    "organisation" VARCHAR,
    "org_type" VARCHAR,
    "org_type_raw" VARCHAR,
    "team" VARCHAR,
    "locality" VARCHAR,
    "lead_practitioner_id" VARCHAR,
    "lead_qualified" VARCHAR,
    "lead_qualified_raw" VARCHAR,
    "feed_id" VARCHAR NOT NULL,
    "source_system" VARCHAR NOT NULL,
    "source_record_id" VARCHAR,
    "recorded_date" DATE,
    "person_id" VARCHAR,
    "family_id" VARCHAR
);
COMMENT ON TABLE eh_episode IS 'One period of coordinated early help for one person, from acceptance.';
COMMENT ON COLUMN eh_episode."episode_id" IS 'The episode''s own number in the source.';
COMMENT ON COLUMN eh_episode."person_key" IS 'Person helped.';
COMMENT ON COLUMN eh_episode."family_key" IS 'Their family, where the source knows it.';
COMMENT ON COLUMN eh_episode."contact_id" IS 'Request the episode grew from.';
COMMENT ON COLUMN eh_episode."request_date" IS 'Day help was asked for.';
COMMENT ON COLUMN eh_episode."accepted_date" IS 'Day the request was accepted. On or after `request_date`.';
COMMENT ON COLUMN eh_episode."allocated_date" IS 'Day a worker was named; empty while the family waits. On or after `start_date`.';
COMMENT ON COLUMN eh_episode."first_contact_date" IS 'Day of the first contact or visit after acceptance. On or after `start_date`.';
COMMENT ON COLUMN eh_episode."start_date" IS 'Day the episode began: the day of acceptance. On or after `request_date`.';
COMMENT ON COLUMN eh_episode."plan_start_date" IS 'Day the plan began. On or after `start_date`.';
COMMENT ON COLUMN eh_episode."end_date" IS 'Day it closed; empty while open. On or after `start_date`.';
COMMENT ON COLUMN eh_episode."reason_raw" IS 'Why help was given, in the source''s own words.';
COMMENT ON COLUMN eh_episode."need_code" IS 'Main need.';
COMMENT ON COLUMN eh_episode."need_code_raw" IS 'What the source said for `need_code`.';
COMMENT ON COLUMN eh_episode."level" IS 'Level of support.';
COMMENT ON COLUMN eh_episode."level_raw" IS 'What the source said for `level`.';
COMMENT ON COLUMN eh_episode."referral_source_code" IS 'Who asked, by national code.';
COMMENT ON COLUMN eh_episode."referral_source_code_raw" IS 'What the source said for `referral_source_code`.';
COMMENT ON COLUMN eh_episode."step_down" IS 'True when the episode follows the end of statutory help.';
COMMENT ON COLUMN eh_episode."end_reason_code" IS 'Why it closed.';
COMMENT ON COLUMN eh_episode."end_reason_code_raw" IS 'What the source said for `end_reason_code`.';
COMMENT ON COLUMN eh_episode."end_reason_raw" IS 'Why it closed, in the source''s own words.';
COMMENT ON COLUMN eh_episode."organisation" IS 'Organisation that leads.';
COMMENT ON COLUMN eh_episode."org_type" IS 'Kind of that organisation.';
COMMENT ON COLUMN eh_episode."org_type_raw" IS 'What the source said for `org_type`.';
COMMENT ON COLUMN eh_episode."team" IS 'Team that holds it.';
COMMENT ON COLUMN eh_episode."locality" IS 'Locality or hub area.';
COMMENT ON COLUMN eh_episode."lead_practitioner_id" IS 'The lead practitioner.';
COMMENT ON COLUMN eh_episode."lead_qualified" IS 'Whether the lead practitioner is a social worker.';
COMMENT ON COLUMN eh_episode."lead_qualified_raw" IS 'What the source said for `lead_qualified`.';
COMMENT ON COLUMN eh_episode."feed_id" IS 'Load that brought the row.';
COMMENT ON COLUMN eh_episode."source_system" IS 'System, return or list it came from.';
COMMENT ON COLUMN eh_episode."source_record_id" IS 'The source''s own number for the record, or its place in the file.';
COMMENT ON COLUMN eh_episode."recorded_date" IS 'Day the row was entered, where the source has it.';
COMMENT ON COLUMN eh_episode."person_id" IS 'The linked person; the same for all records of one human being.';
COMMENT ON COLUMN eh_episode."family_id" IS 'The linked family.';

CREATE TABLE allocation (
    "episode_id" VARCHAR NOT NULL,
    "worker_id" VARCHAR NOT NULL,
    "from_date" DATE NOT NULL,
    "to_date" DATE,
    "feed_id" VARCHAR NOT NULL,
    "source_system" VARCHAR NOT NULL,
    "source_record_id" VARCHAR,
    "recorded_date" DATE
);
COMMENT ON TABLE allocation IS 'One worker holding one episode for a period.';
COMMENT ON COLUMN allocation."episode_id" IS 'The episode.';
COMMENT ON COLUMN allocation."worker_id" IS 'The worker.';
COMMENT ON COLUMN allocation."from_date" IS 'First day held.';
COMMENT ON COLUMN allocation."to_date" IS 'Last day held; empty while held. On or after `from_date`.';
COMMENT ON COLUMN allocation."feed_id" IS 'Load that brought the row.';
COMMENT ON COLUMN allocation."source_system" IS 'System, return or list it came from.';
COMMENT ON COLUMN allocation."source_record_id" IS 'The source''s own number for the record, or its place in the file.';
COMMENT ON COLUMN allocation."recorded_date" IS 'Day the row was entered, where the source has it.';

CREATE TABLE eh_need (
    "need_id" VARCHAR NOT NULL,
    "episode_id" VARCHAR NOT NULL,
    "person_key" VARCHAR,
    "family_key" VARCHAR,
    "framework" VARCHAR NOT NULL,
    "framework_raw" VARCHAR,
    "need_code" VARCHAR NOT NULL,
    "need_code_raw" VARCHAR,
    "identified_date" DATE,
    "evidence_type" VARCHAR,
    "feed_id" VARCHAR NOT NULL,
    "source_system" VARCHAR NOT NULL,
    "source_record_id" VARCHAR,
    "recorded_date" DATE,
    "person_id" VARCHAR,
    "family_id" VARCHAR
);
COMMENT ON TABLE eh_need IS 'One need identified in one episode.';
COMMENT ON COLUMN eh_need."need_id" IS 'The need''s own number.';
COMMENT ON COLUMN eh_need."episode_id" IS 'Episode in which it was identified.';
COMMENT ON COLUMN eh_need."person_key" IS 'Person who has the need, where it is one person''s.';
COMMENT ON COLUMN eh_need."family_key" IS 'Family that has the need.';
COMMENT ON COLUMN eh_need."framework" IS 'Framework the source recorded it in.';
COMMENT ON COLUMN eh_need."framework_raw" IS 'What the source said for `framework`.';
COMMENT ON COLUMN eh_need."need_code" IS 'The need, by headline outcome.';
COMMENT ON COLUMN eh_need."need_code_raw" IS 'What the source said for `need_code`.';
COMMENT ON COLUMN eh_need."identified_date" IS 'Day it was identified.';
COMMENT ON COLUMN eh_need."evidence_type" IS 'What showed the need.';
COMMENT ON COLUMN eh_need."feed_id" IS 'Load that brought the row.';
COMMENT ON COLUMN eh_need."source_system" IS 'System, return or list it came from.';
COMMENT ON COLUMN eh_need."source_record_id" IS 'The source''s own number for the record, or its place in the file.';
COMMENT ON COLUMN eh_need."recorded_date" IS 'Day the row was entered, where the source has it.';
COMMENT ON COLUMN eh_need."person_id" IS 'The linked person; the same for all records of one human being.';
COMMENT ON COLUMN eh_need."family_id" IS 'The linked family.';

CREATE TABLE eh_outcome (
    "need_id" VARCHAR NOT NULL,
    "status" VARCHAR NOT NULL,
    "status_raw" VARCHAR,
    "achieved_date" DATE,
    "sustained_to" DATE,
    "evidence_type" VARCHAR,
    "validated_measure" BOOLEAN,
    "feed_id" VARCHAR NOT NULL,
    "source_system" VARCHAR NOT NULL,
    "source_record_id" VARCHAR,
    "recorded_date" DATE
);
COMMENT ON TABLE eh_outcome IS 'The outcome of one need.';
COMMENT ON COLUMN eh_outcome."need_id" IS 'The need.';
COMMENT ON COLUMN eh_outcome."status" IS 'Whether it was met.';
COMMENT ON COLUMN eh_outcome."status_raw" IS 'What the source said for `status`.';
COMMENT ON COLUMN eh_outcome."achieved_date" IS 'Day it was met.';
COMMENT ON COLUMN eh_outcome."sustained_to" IS 'Last day on which it is known to have lasted. On or after `achieved_date`.';
COMMENT ON COLUMN eh_outcome."evidence_type" IS 'What showed the outcome.';
COMMENT ON COLUMN eh_outcome."validated_measure" IS 'True when a validated measure showed it.';
COMMENT ON COLUMN eh_outcome."feed_id" IS 'Load that brought the row.';
COMMENT ON COLUMN eh_outcome."source_system" IS 'System, return or list it came from.';
COMMENT ON COLUMN eh_outcome."source_record_id" IS 'The source''s own number for the record, or its place in the file.';
COMMENT ON COLUMN eh_outcome."recorded_date" IS 'Day the row was entered, where the source has it.';

CREATE TABLE eh_score (
    "score_id" VARCHAR NOT NULL,
    "episode_id" VARCHAR,
    "person_key" VARCHAR,
    "family_key" VARCHAR,
    "tool" VARCHAR,
    "domain" VARCHAR,
    "score" DOUBLE,
    "at_expected" BOOLEAN,
    "score_date" DATE NOT NULL,
    "feed_id" VARCHAR NOT NULL,
    "source_system" VARCHAR NOT NULL,
    "source_record_id" VARCHAR,
    "recorded_date" DATE,
    "person_id" VARCHAR,
    "family_id" VARCHAR
);
COMMENT ON TABLE eh_score IS 'One score on one scale at one time.';
COMMENT ON COLUMN eh_score."score_id" IS 'The score''s own number.';
COMMENT ON COLUMN eh_score."episode_id" IS 'Episode in which it was taken.';
COMMENT ON COLUMN eh_score."person_key" IS 'Person scored, where it is one person''s.';
COMMENT ON COLUMN eh_score."family_key" IS 'Family scored.';
COMMENT ON COLUMN eh_score."tool" IS 'Name of the tool.';
COMMENT ON COLUMN eh_score."domain" IS 'Domain or subscale of the tool.';
COMMENT ON COLUMN eh_score."score" IS 'The score, on the tool''s own scale.';
COMMENT ON COLUMN eh_score."at_expected" IS 'True when the tool calls the score at or above the expected level.';
COMMENT ON COLUMN eh_score."score_date" IS 'Day it was taken.';
COMMENT ON COLUMN eh_score."feed_id" IS 'Load that brought the row.';
COMMENT ON COLUMN eh_score."source_system" IS 'System, return or list it came from.';
COMMENT ON COLUMN eh_score."source_record_id" IS 'The source''s own number for the record, or its place in the file.';
COMMENT ON COLUMN eh_score."recorded_date" IS 'Day the row was entered, where the source has it.';
COMMENT ON COLUMN eh_score."person_id" IS 'The linked person; the same for all records of one human being.';
COMMENT ON COLUMN eh_score."family_id" IS 'The linked family.';

CREATE TABLE eh_plan_action (
    "action_id" VARCHAR NOT NULL,
    "episode_id" VARCHAR NOT NULL,
    "need_id" VARCHAR,
    "created_date" DATE NOT NULL,
    "owner_org" VARCHAR,
    "due_date" DATE,
    "done_date" DATE,
    "feed_id" VARCHAR NOT NULL,
    "source_system" VARCHAR NOT NULL,
    "source_record_id" VARCHAR,
    "recorded_date" DATE
);
COMMENT ON TABLE eh_plan_action IS 'One action in a plan.';
COMMENT ON COLUMN eh_plan_action."action_id" IS 'The action''s own number.';
COMMENT ON COLUMN eh_plan_action."episode_id" IS 'Episode whose plan it is in.';
COMMENT ON COLUMN eh_plan_action."need_id" IS 'Need it answers.';
COMMENT ON COLUMN eh_plan_action."created_date" IS 'Day it was agreed.';
COMMENT ON COLUMN eh_plan_action."owner_org" IS 'Organisation that is to do it.';
COMMENT ON COLUMN eh_plan_action."due_date" IS 'Day it is due. On or after `created_date`.';
COMMENT ON COLUMN eh_plan_action."done_date" IS 'Day it was done; empty while to do. On or after `created_date`.';
COMMENT ON COLUMN eh_plan_action."feed_id" IS 'Load that brought the row.';
COMMENT ON COLUMN eh_plan_action."source_system" IS 'System, return or list it came from.';
COMMENT ON COLUMN eh_plan_action."source_record_id" IS 'The source''s own number for the record, or its place in the file.';
COMMENT ON COLUMN eh_plan_action."recorded_date" IS 'Day the row was entered, where the source has it.';

CREATE TABLE eh_review (
    "review_id" VARCHAR NOT NULL,
    "episode_id" VARCHAR NOT NULL,
    "type" VARCHAR NOT NULL,
    "type_raw" VARCHAR,
    "theme" VARCHAR,
    "due_date" DATE,
    "held_date" DATE,
    "agencies_invited" BIGINT,
    "agencies_attended" BIGINT,
    "child_voice" BOOLEAN,
    "grade" VARCHAR,
    "grade_raw" VARCHAR,
    "feed_id" VARCHAR NOT NULL,
    "source_system" VARCHAR NOT NULL,
    "source_record_id" VARCHAR,
    "recorded_date" DATE
);
COMMENT ON TABLE eh_review IS 'One review, meeting, supervision or audit of an episode.';
COMMENT ON COLUMN eh_review."review_id" IS 'The review''s own number.';
COMMENT ON COLUMN eh_review."episode_id" IS 'Episode looked at.';
COMMENT ON COLUMN eh_review."type" IS 'Kind of review.';
COMMENT ON COLUMN eh_review."type_raw" IS 'What the source said for `type`.';
COMMENT ON COLUMN eh_review."theme" IS 'Theme of an audit or meeting.';
COMMENT ON COLUMN eh_review."due_date" IS 'Day it was due.';
COMMENT ON COLUMN eh_review."held_date" IS 'Day it was held; empty when it was not.';
COMMENT ON COLUMN eh_review."agencies_invited" IS 'Agencies invited. 0 or more.';
COMMENT ON COLUMN eh_review."agencies_attended" IS 'Invited agencies that came. 0 or more. No larger than `agencies_invited`.';
COMMENT ON COLUMN eh_review."child_voice" IS 'True when the child''s own views are recorded.';
COMMENT ON COLUMN eh_review."grade" IS 'Grade of an audit.';
COMMENT ON COLUMN eh_review."grade_raw" IS 'What the source said for `grade`.';
COMMENT ON COLUMN eh_review."feed_id" IS 'Load that brought the row.';
COMMENT ON COLUMN eh_review."source_system" IS 'System, return or list it came from.';
COMMENT ON COLUMN eh_review."source_record_id" IS 'The source''s own number for the record, or its place in the file.';
COMMENT ON COLUMN eh_review."recorded_date" IS 'Day the row was entered, where the source has it.';

CREATE TABLE feedback (
    "feedback_id" VARCHAR NOT NULL,
    "episode_id" VARCHAR NOT NULL,
    "respondent" VARCHAR NOT NULL,
    "respondent_raw" VARCHAR,
    "asked_date" DATE NOT NULL,
    "answered_date" DATE,
    "better" VARCHAR,
    "better_raw" VARCHAR,
    "feed_id" VARCHAR NOT NULL,
    "source_system" VARCHAR NOT NULL,
    "source_record_id" VARCHAR,
    "recorded_date" DATE
);
COMMENT ON TABLE feedback IS 'One request for feedback.';
COMMENT ON COLUMN feedback."feedback_id" IS 'The request''s own number.';
COMMENT ON COLUMN feedback."episode_id" IS 'Episode it is about.';
COMMENT ON COLUMN feedback."respondent" IS 'Who was asked.';
COMMENT ON COLUMN feedback."respondent_raw" IS 'What the source said for `respondent`.';
COMMENT ON COLUMN feedback."asked_date" IS 'Day they were asked.';
COMMENT ON COLUMN feedback."answered_date" IS 'Day they answered. On or after `asked_date`.';
COMMENT ON COLUMN feedback."better" IS 'Whether things are better than before.';
COMMENT ON COLUMN feedback."better_raw" IS 'What the source said for `better`.';
COMMENT ON COLUMN feedback."feed_id" IS 'Load that brought the row.';
COMMENT ON COLUMN feedback."source_system" IS 'System, return or list it came from.';
COMMENT ON COLUMN feedback."source_record_id" IS 'The source''s own number for the record, or its place in the file.';
COMMENT ON COLUMN feedback."recorded_date" IS 'Day the row was entered, where the source has it.';

CREATE TABLE complaint (
    "complaint_id" VARCHAR NOT NULL,
    "episode_id" VARCHAR,
    "received_date" DATE NOT NULL,
    "kind" VARCHAR NOT NULL,
    "kind_raw" VARCHAR,
    "theme" VARCHAR,
    "feed_id" VARCHAR NOT NULL,
    "source_system" VARCHAR NOT NULL,
    "source_record_id" VARCHAR,
    "recorded_date" DATE
);
COMMENT ON TABLE complaint IS 'One complaint or compliment.';
COMMENT ON COLUMN complaint."complaint_id" IS 'Its own number.';
COMMENT ON COLUMN complaint."episode_id" IS 'Episode it is about, where it is about one.';
COMMENT ON COLUMN complaint."received_date" IS 'Day it was received.';
COMMENT ON COLUMN complaint."kind" IS 'Complaint or compliment.';
COMMENT ON COLUMN complaint."kind_raw" IS 'What the source said for `kind`.';
COMMENT ON COLUMN complaint."theme" IS 'What it is about.';
COMMENT ON COLUMN complaint."feed_id" IS 'Load that brought the row.';
COMMENT ON COLUMN complaint."source_system" IS 'System, return or list it came from.';
COMMENT ON COLUMN complaint."source_record_id" IS 'The source''s own number for the record, or its place in the file.';
COMMENT ON COLUMN complaint."recorded_date" IS 'Day the row was entered, where the source has it.';

CREATE TABLE service (
    "service_id" VARCHAR NOT NULL,
    "name" VARCHAR,
    "organisation" VARCHAR,
    "service_type" VARCHAR,
    "commissioner" VARCHAR,
    "start_date" DATE,
    "end_date" DATE,
    "annual_cost" DOUBLE,
    "capacity" BIGINT,
    "evidence_level" VARCHAR,
    "open_referral_id" VARCHAR,
    "minimum_age" DOUBLE,
    "maximum_age" DOUBLE,
    "area" VARCHAR,
    "need_codes" VARCHAR,
    "need_codes_raw" VARCHAR,
    "level" VARCHAR,
    "level_raw" VARCHAR,
    "status" VARCHAR,
    "status_raw" VARCHAR,
    "feed_id" VARCHAR NOT NULL,
    "source_system" VARCHAR NOT NULL,
    "source_record_id" VARCHAR,
    "recorded_date" DATE
);
COMMENT ON TABLE service IS 'One service a family can be offered.';
COMMENT ON COLUMN service."service_id" IS 'The service''s own number.';
COMMENT ON COLUMN service."name" IS 'Name of the service.';
COMMENT ON COLUMN service."organisation" IS 'Organisation that runs it.';
COMMENT ON COLUMN service."service_type" IS 'Kind of support, in the directory''s words.';
COMMENT ON COLUMN service."commissioner" IS 'Who pays for it.';
COMMENT ON COLUMN service."start_date" IS 'First day it ran.';
COMMENT ON COLUMN service."end_date" IS 'Last day it ran; empty while it runs. On or after `start_date`.';
COMMENT ON COLUMN service."annual_cost" IS 'Cost of a full year, in pounds. 0 or more.';
COMMENT ON COLUMN service."capacity" IS 'Families it can take in a year. 0 or more.';
COMMENT ON COLUMN service."evidence_level" IS 'Strength of its evidence, as its commissioner states it.';
COMMENT ON COLUMN service."open_referral_id" IS 'Its id in the Open Referral UK directory.';
COMMENT ON COLUMN service."minimum_age" IS 'Lowest age it is for, in years. 0 or more.';
COMMENT ON COLUMN service."maximum_age" IS 'Highest age it is for, in years. 0 or more.';
COMMENT ON COLUMN service."area" IS 'Area or places it serves, in the directory''s words.';
COMMENT ON COLUMN service."need_codes" IS 'Needs it is for, by headline outcome.';
COMMENT ON COLUMN service."need_codes_raw" IS 'What the source said for `need_codes`.';
COMMENT ON COLUMN service."level" IS 'Level of support at which it is offered.';
COMMENT ON COLUMN service."level_raw" IS 'What the source said for `level`.';
COMMENT ON COLUMN service."status" IS 'Whether it is offered at present.';
COMMENT ON COLUMN service."status_raw" IS 'What the source said for `status`.';
COMMENT ON COLUMN service."feed_id" IS 'Load that brought the row.';
COMMENT ON COLUMN service."source_system" IS 'System, return or list it came from.';
COMMENT ON COLUMN service."source_record_id" IS 'The source''s own number for the record, or its place in the file.';
COMMENT ON COLUMN service."recorded_date" IS 'Day the row was entered, where the source has it.';

CREATE TABLE service_delivered (
    "delivery_id" VARCHAR NOT NULL,
    "episode_id" VARCHAR,
    "person_key" VARCHAR,
    "family_key" VARCHAR,
    "service_id" VARCHAR NOT NULL,
    "offered_date" DATE,
    "start_date" DATE,
    "end_date" DATE,
    "sessions_offered" BIGINT,
    "sessions_attended" BIGINT,
    "status" VARCHAR,
    "status_raw" VARCHAR,
    "feed_id" VARCHAR NOT NULL,
    "source_system" VARCHAR NOT NULL,
    "source_record_id" VARCHAR,
    "recorded_date" DATE,
    "person_id" VARCHAR,
    "family_id" VARCHAR
);
COMMENT ON TABLE service_delivered IS 'One service given to one person or family.';
COMMENT ON COLUMN service_delivered."delivery_id" IS 'The delivery''s own number.';
COMMENT ON COLUMN service_delivered."episode_id" IS 'Episode it belongs to.';
COMMENT ON COLUMN service_delivered."person_key" IS 'Person it was for.';
COMMENT ON COLUMN service_delivered."family_key" IS 'Family it was for.';
COMMENT ON COLUMN service_delivered."service_id" IS 'The service.';
COMMENT ON COLUMN service_delivered."offered_date" IS 'Day it was offered.';
COMMENT ON COLUMN service_delivered."start_date" IS 'Day it began. On or after `offered_date`.';
COMMENT ON COLUMN service_delivered."end_date" IS 'Day it ended; empty while it runs. On or after `start_date`.';
COMMENT ON COLUMN service_delivered."sessions_offered" IS 'Sessions offered. 0 or more.';
COMMENT ON COLUMN service_delivered."sessions_attended" IS 'Sessions attended. 0 or more. No larger than `sessions_offered`.';
COMMENT ON COLUMN service_delivered."status" IS 'How far it got.';
COMMENT ON COLUMN service_delivered."status_raw" IS 'What the source said for `status`.';
COMMENT ON COLUMN service_delivered."feed_id" IS 'Load that brought the row.';
COMMENT ON COLUMN service_delivered."source_system" IS 'System, return or list it came from.';
COMMENT ON COLUMN service_delivered."source_record_id" IS 'The source''s own number for the record, or its place in the file.';
COMMENT ON COLUMN service_delivered."recorded_date" IS 'Day the row was entered, where the source has it.';
COMMENT ON COLUMN service_delivered."person_id" IS 'The linked person; the same for all records of one human being.';
COMMENT ON COLUMN service_delivered."family_id" IS 'The linked family.';

CREATE TABLE worker (
    "worker_id" VARCHAR NOT NULL,
    "team" VARCHAR NOT NULL,
    "locality" VARCHAR,
    "role" VARCHAR,
    "fte" DOUBLE,
    "valid_from" DATE,
    "valid_to" DATE,
    "feed_id" VARCHAR NOT NULL,
    "source_system" VARCHAR NOT NULL,
    "source_record_id" VARCHAR,
    "recorded_date" DATE
);
COMMENT ON TABLE worker IS 'One worker in one team for a period.';
COMMENT ON COLUMN worker."worker_id" IS 'The worker.';
COMMENT ON COLUMN worker."team" IS 'Team the worker is in.';
COMMENT ON COLUMN worker."locality" IS 'Locality or hub area the team serves.';
COMMENT ON COLUMN worker."role" IS 'Role in the team.';
COMMENT ON COLUMN worker."fte" IS 'Full-time equivalent in this team, from 0 to 1. From 0 to 1.';
COMMENT ON COLUMN worker."valid_from" IS 'First day in the team.';
COMMENT ON COLUMN worker."valid_to" IS 'Last day in the team; empty while current. On or after `valid_from`.';
COMMENT ON COLUMN worker."feed_id" IS 'Load that brought the row.';
COMMENT ON COLUMN worker."source_system" IS 'System, return or list it came from.';
COMMENT ON COLUMN worker."source_record_id" IS 'The source''s own number for the record, or its place in the file.';
COMMENT ON COLUMN worker."recorded_date" IS 'Day the row was entered, where the source has it.';

CREATE TABLE spend (
    "financial_year" VARCHAR NOT NULL,
    "service_id" VARCHAR,
    "team" VARCHAR,
    "level" VARCHAR,
    "level_raw" VARCHAR,
    "budget_line" VARCHAR NOT NULL,
    "line_code" VARCHAR,
    "line_code_raw" VARCHAR,
    "stage" VARCHAR,
    "stage_raw" VARCHAR,
    "amount" DOUBLE,
    "funding_source" VARCHAR,
    "kind" VARCHAR NOT NULL,
    "kind_raw" VARCHAR,
    "feed_id" VARCHAR NOT NULL,
    "source_system" VARCHAR NOT NULL,
    "source_record_id" VARCHAR,
    "recorded_date" DATE
);
COMMENT ON TABLE spend IS 'One budget line of one service in one year.';
COMMENT ON COLUMN spend."financial_year" IS 'Financial year, as 2024-25. Two years that follow each other, for example 2024-25.';
COMMENT ON COLUMN spend."service_id" IS 'Service the money went to.';
COMMENT ON COLUMN spend."team" IS 'Team the money went to.';
COMMENT ON COLUMN spend."level" IS 'Level of support it paid for.';
COMMENT ON COLUMN spend."level_raw" IS 'What the source said for `level`.';
COMMENT ON COLUMN spend."budget_line" IS 'Line in the council''s ledger.';
COMMENT ON COLUMN spend."line_code" IS 'Published line it counts towards.';
COMMENT ON COLUMN spend."line_code_raw" IS 'What the source said for `line_code`.';
COMMENT ON COLUMN spend."stage" IS 'Whether it helps early or late.';
COMMENT ON COLUMN spend."stage_raw" IS 'What the source said for `stage`.';
COMMENT ON COLUMN spend."amount" IS 'Amount in pounds; income is negative.';
COMMENT ON COLUMN spend."funding_source" IS 'Grant or budget it came from.';
COMMENT ON COLUMN spend."kind" IS 'Planned or actual.';
COMMENT ON COLUMN spend."kind_raw" IS 'What the source said for `kind`.';
COMMENT ON COLUMN spend."feed_id" IS 'Load that brought the row.';
COMMENT ON COLUMN spend."source_system" IS 'System, return or list it came from.';
COMMENT ON COLUMN spend."source_record_id" IS 'The source''s own number for the record, or its place in the file.';
COMMENT ON COLUMN spend."recorded_date" IS 'Day the row was entered, where the source has it.';

CREATE TABLE social_care_event (
    "event_id" VARCHAR NOT NULL,
    "person_key" VARCHAR NOT NULL,
    "type" VARCHAR NOT NULL,
    "type_raw" VARCHAR,
    "team" VARCHAR,
    "start_date" DATE NOT NULL,
    "end_date" DATE,
    "source_code" VARCHAR,
    "source_code_raw" VARCHAR,
    "outcome_code" VARCHAR,
    "outcome_code_raw" VARCHAR,
    "category" VARCHAR,
    "category_raw" VARCHAR,
    "nfa" BOOLEAN,
    "factors" VARCHAR,
    "factors_raw" VARCHAR,
    "legal_status" VARCHAR,
    "legal_status_raw" VARCHAR,
    "start_reason" VARCHAR,
    "start_reason_raw" VARCHAR,
    "feed_id" VARCHAR NOT NULL,
    "source_system" VARCHAR NOT NULL,
    "source_record_id" VARCHAR,
    "recorded_date" DATE,
    "person_id" VARCHAR,
    "family_id" VARCHAR
);
COMMENT ON TABLE social_care_event IS 'One statutory event of one person.';
COMMENT ON COLUMN social_care_event."event_id" IS 'The event''s own number, or one made from what names it in its return.';
COMMENT ON COLUMN social_care_event."person_key" IS 'Child concerned.';
COMMENT ON COLUMN social_care_event."type" IS 'Kind of event.';
COMMENT ON COLUMN social_care_event."type_raw" IS 'What the source said for `type`.';
COMMENT ON COLUMN social_care_event."team" IS 'Team allocated.';
COMMENT ON COLUMN social_care_event."start_date" IS 'Day it happened or began.';
COMMENT ON COLUMN social_care_event."end_date" IS 'Day it ended; empty while it goes on. On or after `start_date`.';
COMMENT ON COLUMN social_care_event."source_code" IS 'Who referred, by national code.';
COMMENT ON COLUMN social_care_event."source_code_raw" IS 'What the source said for `source_code`.';
COMMENT ON COLUMN social_care_event."outcome_code" IS 'Why it ended.';
COMMENT ON COLUMN social_care_event."outcome_code_raw" IS 'What the source said for `outcome_code`.';
COMMENT ON COLUMN social_care_event."category" IS 'Primary need, or latest category of abuse of a child protection plan.';
COMMENT ON COLUMN social_care_event."category_raw" IS 'What the source said for `category`.';
COMMENT ON COLUMN social_care_event."nfa" IS 'True when it led to no further action; for an enquiry, when no conference was needed.';
COMMENT ON COLUMN social_care_event."factors" IS 'Factors identified at the end of an assessment, one or several.';
COMMENT ON COLUMN social_care_event."factors_raw" IS 'What the source said for `factors`.';
COMMENT ON COLUMN social_care_event."legal_status" IS 'Legal status of a looked-after child; V3 and V4 are short breaks.';
COMMENT ON COLUMN social_care_event."legal_status_raw" IS 'What the source said for `legal_status`.';
COMMENT ON COLUMN social_care_event."start_reason" IS 'Why an episode of care began; S alone is an entry to care.';
COMMENT ON COLUMN social_care_event."start_reason_raw" IS 'What the source said for `start_reason`.';
COMMENT ON COLUMN social_care_event."feed_id" IS 'Load that brought the row.';
COMMENT ON COLUMN social_care_event."source_system" IS 'System, return or list it came from.';
COMMENT ON COLUMN social_care_event."source_record_id" IS 'The source''s own number for the record, or its place in the file.';
COMMENT ON COLUMN social_care_event."recorded_date" IS 'Day the row was entered, where the source has it.';
COMMENT ON COLUMN social_care_event."person_id" IS 'The linked person; the same for all records of one human being.';
COMMENT ON COLUMN social_care_event."family_id" IS 'The linked family.';

CREATE TABLE attendance_period (
    "person_key" VARCHAR NOT NULL,
    "academic_year" VARCHAR NOT NULL,
    "term" VARCHAR NOT NULL,
    "term_raw" VARCHAR,
    "possible" BIGINT,
    "authorised" BIGINT,
    "unauthorised" BIGINT,
    "school_urn" VARCHAR,
    "feed_id" VARCHAR NOT NULL,
    "source_system" VARCHAR NOT NULL,
    "source_record_id" VARCHAR,
    "recorded_date" DATE,
    "person_id" VARCHAR,
    "family_id" VARCHAR
);
COMMENT ON TABLE attendance_period IS 'One pupil''s sessions in one term.';
COMMENT ON COLUMN attendance_period."person_key" IS 'The pupil.';
COMMENT ON COLUMN attendance_period."academic_year" IS 'School year, as 2024-25. Two years that follow each other, for example 2024-25.';
COMMENT ON COLUMN attendance_period."term" IS 'Term of the school year.';
COMMENT ON COLUMN attendance_period."term_raw" IS 'What the source said for `term`.';
COMMENT ON COLUMN attendance_period."possible" IS 'Sessions possible. 0 or more.';
COMMENT ON COLUMN attendance_period."authorised" IS 'Sessions missed with authorisation. 0 or more. No larger than `possible`.';
COMMENT ON COLUMN attendance_period."unauthorised" IS 'Sessions missed without authorisation. 0 or more. No larger than `possible`.';
COMMENT ON COLUMN attendance_period."school_urn" IS 'The school. Six digits, for example 100001.';
COMMENT ON COLUMN attendance_period."feed_id" IS 'Load that brought the row.';
COMMENT ON COLUMN attendance_period."source_system" IS 'System, return or list it came from.';
COMMENT ON COLUMN attendance_period."source_record_id" IS 'The source''s own number for the record, or its place in the file.';
COMMENT ON COLUMN attendance_period."recorded_date" IS 'Day the row was entered, where the source has it.';
COMMENT ON COLUMN attendance_period."person_id" IS 'The linked person; the same for all records of one human being.';
COMMENT ON COLUMN attendance_period."family_id" IS 'The linked family.';

CREATE TABLE attendance_session (
    "session_id" VARCHAR NOT NULL,
    "person_key" VARCHAR NOT NULL,
    "session_date" DATE,
    "academic_year" VARCHAR,
    "term" VARCHAR,
    "term_raw" VARCHAR,
    "mark" VARCHAR NOT NULL,
    "mark_raw" VARCHAR,
    "sessions" BIGINT,
    "school_urn" VARCHAR,
    "feed_id" VARCHAR NOT NULL,
    "source_system" VARCHAR NOT NULL,
    "source_record_id" VARCHAR,
    "recorded_date" DATE,
    "person_id" VARCHAR,
    "family_id" VARCHAR
);
COMMENT ON TABLE attendance_session IS 'Sessions with one mark, of one pupil on one day or in one term.';
COMMENT ON COLUMN attendance_session."session_id" IS 'Its own number, or one made of pupil and day.';
COMMENT ON COLUMN attendance_session."person_key" IS 'The pupil.';
COMMENT ON COLUMN attendance_session."session_date" IS 'Day of the session; empty where a term''s sessions are counted together.';
COMMENT ON COLUMN attendance_session."academic_year" IS 'School year, as 2024-25, where it is said and not told by the day. Two years that follow each other, for example 2024-25.';
COMMENT ON COLUMN attendance_session."term" IS 'Term, where it is said and not told by the day.';
COMMENT ON COLUMN attendance_session."term_raw" IS 'What the source said for `term`.';
COMMENT ON COLUMN attendance_session."mark" IS 'Code of the register.';
COMMENT ON COLUMN attendance_session."mark_raw" IS 'What the source said for `mark`.';
COMMENT ON COLUMN attendance_session."sessions" IS 'Sessions with this mark; one where it is not said. 0 or more.';
COMMENT ON COLUMN attendance_session."school_urn" IS 'The school. Six digits, for example 100001.';
COMMENT ON COLUMN attendance_session."feed_id" IS 'Load that brought the row.';
COMMENT ON COLUMN attendance_session."source_system" IS 'System, return or list it came from.';
COMMENT ON COLUMN attendance_session."source_record_id" IS 'The source''s own number for the record, or its place in the file.';
COMMENT ON COLUMN attendance_session."recorded_date" IS 'Day the row was entered, where the source has it.';
COMMENT ON COLUMN attendance_session."person_id" IS 'The linked person; the same for all records of one human being.';
COMMENT ON COLUMN attendance_session."family_id" IS 'The linked family.';

CREATE TABLE school (
    "school_urn" VARCHAR NOT NULL,
    "name" VARCHAR,
    "phase" VARCHAR,
    "phase_raw" VARCHAR,
    "ward_code" VARCHAR,
    "roll" BIGINT,
    "fsm_share" DOUBLE,
    "feed_id" VARCHAR NOT NULL,
    "source_system" VARCHAR NOT NULL,
    "source_record_id" VARCHAR,
    "recorded_date" DATE
);
COMMENT ON TABLE school IS 'One school.';
COMMENT ON COLUMN school."school_urn" IS 'Unique reference number of the school. Six digits, for example 100001.';
COMMENT ON COLUMN school."name" IS 'Name of the school.';
COMMENT ON COLUMN school."phase" IS 'Phase of education.';
COMMENT ON COLUMN school."phase_raw" IS 'What the source said for `phase`.';
COMMENT ON COLUMN school."ward_code" IS 'Ward it stands in.';
COMMENT ON COLUMN school."roll" IS 'Pupils on roll. 0 or more.';
COMMENT ON COLUMN school."fsm_share" IS 'Share of pupils with free school meals, from 0 to 1. From 0 to 1.';
COMMENT ON COLUMN school."feed_id" IS 'Load that brought the row.';
COMMENT ON COLUMN school."source_system" IS 'System, return or list it came from.';
COMMENT ON COLUMN school."source_record_id" IS 'The source''s own number for the record, or its place in the file.';
COMMENT ON COLUMN school."recorded_date" IS 'Day the row was entered, where the source has it.';

CREATE TABLE exclusion (
    "exclusion_id" VARCHAR NOT NULL,
    "person_key" VARCHAR NOT NULL,
    "start_date" DATE NOT NULL,
    "sessions" BIGINT,
    "category" VARCHAR NOT NULL,
    "category_raw" VARCHAR,
    "reason" VARCHAR,
    "feed_id" VARCHAR NOT NULL,
    "source_system" VARCHAR NOT NULL,
    "source_record_id" VARCHAR,
    "recorded_date" DATE,
    "person_id" VARCHAR,
    "family_id" VARCHAR
);
COMMENT ON TABLE exclusion IS 'One suspension or exclusion.';
COMMENT ON COLUMN exclusion."exclusion_id" IS 'Its own number.';
COMMENT ON COLUMN exclusion."person_key" IS 'The pupil.';
COMMENT ON COLUMN exclusion."start_date" IS 'First day.';
COMMENT ON COLUMN exclusion."sessions" IS 'Sessions missed by it. 0 or more.';
COMMENT ON COLUMN exclusion."category" IS 'Suspension or permanent exclusion.';
COMMENT ON COLUMN exclusion."category_raw" IS 'What the source said for `category`.';
COMMENT ON COLUMN exclusion."reason" IS 'Reason the school gave.';
COMMENT ON COLUMN exclusion."feed_id" IS 'Load that brought the row.';
COMMENT ON COLUMN exclusion."source_system" IS 'System, return or list it came from.';
COMMENT ON COLUMN exclusion."source_record_id" IS 'The source''s own number for the record, or its place in the file.';
COMMENT ON COLUMN exclusion."recorded_date" IS 'Day the row was entered, where the source has it.';
COMMENT ON COLUMN exclusion."person_id" IS 'The linked person; the same for all records of one human being.';
COMMENT ON COLUMN exclusion."family_id" IS 'The linked family.';

CREATE TABLE partner_event (
    "event_id" VARCHAR NOT NULL,
    "person_key" VARCHAR,
    "family_key" VARCHAR,
    "incident_reference" VARCHAR,
    "agency" VARCHAR NOT NULL,
    "agency_raw" VARCHAR,
    "type" VARCHAR NOT NULL,
    "type_raw" VARCHAR,
    "event_date" DATE NOT NULL,
    "end_date" DATE,
    "level" VARCHAR,
    "level_raw" VARCHAR,
    "outcome" VARCHAR,
    "outcome_raw" VARCHAR,
    "lsoa" VARCHAR,
    "lsoa_raw" VARCHAR,
    "amount" DOUBLE,
    "feed_id" VARCHAR NOT NULL,
    "source_system" VARCHAR NOT NULL,
    "source_record_id" VARCHAR,
    "recorded_date" DATE,
    "person_id" VARCHAR,
    "family_id" VARCHAR
);
COMMENT ON TABLE partner_event IS 'One event that a partner knows of.';
COMMENT ON COLUMN partner_event."event_id" IS 'The event''s own number.';
COMMENT ON COLUMN partner_event."person_key" IS 'Person concerned.';
COMMENT ON COLUMN partner_event."family_key" IS 'Family concerned.';
COMMENT ON COLUMN partner_event."incident_reference" IS 'The partner''s number of the incident or case; several people may share it.';
COMMENT ON COLUMN partner_event."agency" IS 'Partner that told of it.';
COMMENT ON COLUMN partner_event."agency_raw" IS 'What the source said for `agency`.';
COMMENT ON COLUMN partner_event."type" IS 'Kind of event.';
COMMENT ON COLUMN partner_event."type_raw" IS 'What the source said for `type`.';
COMMENT ON COLUMN partner_event."event_date" IS 'Day it happened or began.';
COMMENT ON COLUMN partner_event."end_date" IS 'Day it ended, for what lasts. On or after `event_date`.';
COMMENT ON COLUMN partner_event."level" IS 'Risk as the partner graded it.';
COMMENT ON COLUMN partner_event."level_raw" IS 'What the source said for `level`.';
COMMENT ON COLUMN partner_event."outcome" IS 'What came of it.';
COMMENT ON COLUMN partner_event."outcome_raw" IS 'What the source said for `outcome`.';
COMMENT ON COLUMN partner_event."lsoa" IS 'Small area where it happened.';
COMMENT ON COLUMN partner_event."lsoa_raw" IS 'What the source said for `lsoa`.';
COMMENT ON COLUMN partner_event."amount" IS 'Amount in pounds, for arrears, debts and benefits. 0 or more.';
COMMENT ON COLUMN partner_event."feed_id" IS 'Load that brought the row.';
COMMENT ON COLUMN partner_event."source_system" IS 'System, return or list it came from.';
COMMENT ON COLUMN partner_event."source_record_id" IS 'The source''s own number for the record, or its place in the file.';
COMMENT ON COLUMN partner_event."recorded_date" IS 'Day the row was entered, where the source has it.';
COMMENT ON COLUMN partner_event."person_id" IS 'The linked person; the same for all records of one human being.';
COMMENT ON COLUMN partner_event."family_id" IS 'The linked family.';

CREATE TABLE population (
    "area_code" VARCHAR NOT NULL,
    "year" BIGINT NOT NULL,
    "age_band" VARCHAR NOT NULL,
    "sex" VARCHAR,
    "sex_raw" VARCHAR,
    "ethnicity" VARCHAR,
    "ethnicity_raw" VARCHAR,
    "count" DOUBLE,
    "source" VARCHAR NOT NULL,
    "feed_id" VARCHAR NOT NULL,
    "source_system" VARCHAR NOT NULL,
    "source_record_id" VARCHAR,
    "recorded_date" DATE
);
COMMENT ON TABLE population IS 'People in one area by group.';
COMMENT ON COLUMN population."area_code" IS 'Code of the area: small area, ward, council or England.';
COMMENT ON COLUMN population."year" IS 'Year of the estimate. From 1981 to 2100.';
COMMENT ON COLUMN population."age_band" IS 'Ages counted, as 0-4 or 0-17.';
COMMENT ON COLUMN population."sex" IS 'Sex counted.';
COMMENT ON COLUMN population."sex_raw" IS 'What the source said for `sex`.';
COMMENT ON COLUMN population."ethnicity" IS 'Ethnic group counted.';
COMMENT ON COLUMN population."ethnicity_raw" IS 'What the source said for `ethnicity`.';
COMMENT ON COLUMN population."count" IS 'People; estimates need not be whole. 0 or more.';
COMMENT ON COLUMN population."source" IS 'Publication the figure comes from.';
COMMENT ON COLUMN population."feed_id" IS 'Load that brought the row.';
COMMENT ON COLUMN population."source_system" IS 'System, return or list it came from.';
COMMENT ON COLUMN population."source_record_id" IS 'The source''s own number for the record, or its place in the file.';
COMMENT ON COLUMN population."recorded_date" IS 'Day the row was entered, where the source has it.';

CREATE TABLE place (
    "lsoa" VARCHAR NOT NULL,
    "ward_code" VARCHAR,
    "ward_name" VARCHAR,
    "la_code" VARCHAR,
    "locality" VARCHAR,
    "children_0_17" DOUBLE,
    "imd_decile" BIGINT,
    "idaci_decile" BIGINT,
    "feed_id" VARCHAR NOT NULL,
    "source_system" VARCHAR NOT NULL,
    "source_record_id" VARCHAR,
    "recorded_date" DATE
);
COMMENT ON TABLE place IS 'One small area.';
COMMENT ON COLUMN place."lsoa" IS 'Code of the small area. E01 and six digits, for example E01000001.';
COMMENT ON COLUMN place."ward_code" IS 'Code of the ward.';
COMMENT ON COLUMN place."ward_name" IS 'Name of the ward.';
COMMENT ON COLUMN place."la_code" IS 'Code of the council.';
COMMENT ON COLUMN place."locality" IS 'The council''s own locality or hub area.';
COMMENT ON COLUMN place."children_0_17" IS 'Children aged 0 to 17. 0 or more.';
COMMENT ON COLUMN place."imd_decile" IS 'Decile of the index of multiple deprivation; 1 is the most deprived. From 1 to 10.';
COMMENT ON COLUMN place."idaci_decile" IS 'Decile of the index of income deprivation affecting children; 1 is the most deprived. From 1 to 10.';
COMMENT ON COLUMN place."feed_id" IS 'Load that brought the row.';
COMMENT ON COLUMN place."source_system" IS 'System, return or list it came from.';
COMMENT ON COLUMN place."source_record_id" IS 'The source''s own number for the record, or its place in the file.';
COMMENT ON COLUMN place."recorded_date" IS 'Day the row was entered, where the source has it.';
