-- Refusals with code and enhanced status; the session goes on.
conn = mt.connect(socket)
if conn == nil then error("cannot connect") end
mt.conninfo(conn, "mx.example.com", "192.0.2.1")
for _, sender in ipairs({"", "<", "< >", "<\"\">", "<@a:>", "<()>", "<undisclosed:;>"}) do
  mt.mailfrom(conn, sender)
  if mt.getreply(conn) ~= SMFIR_REPLYCODE then error("taken as a sender: " .. sender) end
  mt.abort(conn)
end
mt.mailfrom(conn, "<>")
if mt.getreply(conn) ~= SMFIR_CONTINUE then error("null sender not taken") end
mt.rcptto(conn, "<refused@ours.test>")
if mt.getreply(conn) ~= SMFIR_REPLYCODE then error("recipient not refused") end
mt.rcptto(conn, "<user@ours.test>")
if mt.getreply(conn) ~= SMFIR_CONTINUE then error("next recipient not taken") end
mt.header(conn, "X-Do", " refuse")
mt.eoh(conn)
mt.eom(conn)
if mt.getreply(conn) ~= SMFIR_REPLYCODE then error("message not refused") end
if not mt.eom_check(conn, MT_SMTPREPLY, "550", "5.7.1", "we never sent that") then error("other words") end
mt.disconnect(conn)
