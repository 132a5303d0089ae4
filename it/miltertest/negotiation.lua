-- We ask for what we need, and for no answers but at MAIL, RCPT, body and the end.
conn = mt.connect(socket)
if conn == nil then error("cannot connect") end
if mt.negotiate(conn, 6, nil, nil) ~= nil then error("negotiation failed") end
for _, action in ipairs({SMFIF_CHGFROM, SMFIF_ADDRCPT, SMFIF_DELRCPT, SMFIF_ADDHDRS, SMFIF_CHGHDRS, SMFIF_QUARANTINE}) do
  if not mt.test_action(conn, action) then error("an action that we need was not asked for: " .. action) end
end
for _, action in ipairs({SMFIF_CHGBODY}) do
  if mt.test_action(conn, action) then error("an action that we do not need was asked for: " .. action) end
end
for _, step in ipairs({SMFIP_NR_CONN, SMFIP_NR_HELO, SMFIP_NR_HDR, SMFIP_NR_EOH, SMFIP_SKIP, SMFIP_HDR_LEADSPC}) do
  if not mt.test_option(conn, step) then error("a step that we want was not asked for: " .. step) end
end
for _, step in ipairs({SMFIP_NOMAIL, SMFIP_NORCPT, SMFIP_NOHDRS, SMFIP_NOBODY, SMFIP_NR_MAIL, SMFIP_NR_RCPT}) do
  if mt.test_option(conn, step) then error("a step that we need was declined: " .. step) end
end
mt.disconnect(conn)
