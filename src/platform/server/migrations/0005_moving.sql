-- A record never changes, but where its student goes to school does. The wing is not part of the record: it says which
-- wide roles reach it, and follows the student when a roster moves them.
grant update (wing) on record to handrail_system;
