-- What the application may do to accounts. Nobody is deleted: a person's id stands in events, so only its name goes.
-- Memberships and roles are taken away; that they were is written in people_accesschange, which is only added to.
GRANT SELECT, INSERT, UPDATE ON people_person, people_company, people_invitation, people_apikey TO fairlot_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON people_membership, people_staffrole TO fairlot_app;
GRANT SELECT, INSERT ON people_accesschange TO fairlot_app;

-- Tables of Django and of allauth: sessions end, addresses and second factors come and go.
GRANT SELECT, INSERT, UPDATE, DELETE ON django_session, account_emailaddress, account_emailconfirmation,
  mfa_authenticator, usersessions_usersession TO fairlot_app;
GRANT SELECT ON django_content_type, auth_permission TO fairlot_app;

GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO fairlot_app;
