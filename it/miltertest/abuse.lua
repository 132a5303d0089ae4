-- Floods and rude ends; after each, another connection is served.
function served()
  local conn = mt.connect(socket)
  if conn == nil then error("cannot connect any more") end
  mt.conninfo(conn, "mx.example.com", "unspec")
  mt.mailfrom(conn, "<>")
  if mt.getreply(conn) ~= SMFIR_CONTINUE then error("not served any more") end
  mt.disconnect(conn)
end
-- gone in the middle of a message
conn = mt.connect(socket)
mt.mailfrom(conn, "<>")
mt.rcptto(conn, "<user@ours.test>")
mt.header(conn, "X-Want", " 100000")
mt.disconnect(conn, false)
served()
-- a flood of macros
conn = mt.connect(socket)
for i = 1, 2000 do mt.macro(conn, SMFIC_MAIL, "{m" .. i .. "}", string.rep("x", 200)) end
mt.mailfrom(conn, "<>")
if mt.getreply(conn) ~= SMFIR_CONTINUE then error("macros were too much") end
-- a flood of header fields in the same session: refused, not fatal
mt.rcptto(conn, "<user@ours.test>")
for i = 1, 3000 do mt.header(conn, "X-Flood-" .. i, " value") end
mt.eoh(conn)
mt.eom(conn)
if not mt.eom_check(conn, MT_SMTPREPLY, "552", "5.3.4", "Message header is too large") then error("too many header fields were taken") end
-- a large body that nobody wants, and one that is wanted
for _, want in ipairs({" 0", " 1000000"}) do
  mt.mailfrom(conn, "<>")
  mt.rcptto(conn, "<user@ours.test>")
  mt.header(conn, "X-Want", want)
  mt.eoh(conn)
  mt.bodyrandom(conn, 500000)
  mt.eom(conn)
  if mt.getreply(conn) ~= SMFIR_ACCEPT then error("large body not accepted") end
end
mt.disconnect(conn)
-- an unknown SMTP command is none of our business
conn = mt.connect(socket)
mt.negotiate(conn, 6, 0, nil) -- no steps offered: it sends its third argument as steps
mt.conninfo(conn, "mx.example.com", "192.0.2.1")
mt.unknown(conn, "JUNK \255\254")
if mt.getreply(conn) ~= SMFIR_CONTINUE then error("unknown command not passed over") end
mt.disconnect(conn)
served()
