-- The oldest dialect: everything is answered, and header values have no space in front.
conn = mt.connect(socket)
if conn == nil then error("cannot connect") end
-- miltertest 2.11 sends its third argument as steps and its fourth as actions, whatever its manual says
if mt.negotiate(conn, 2, 0, 15) ~= nil then error("negotiation failed") end
mt.conninfo(conn, "mx.example.com", "192.0.2.1")
if mt.getreply(conn) ~= SMFIR_CONTINUE then error("connect not answered") end
mt.helo(conn, "mx.example.com")
if mt.getreply(conn) ~= SMFIR_CONTINUE then error("helo not answered") end
mt.mailfrom(conn, "<>")
mt.rcptto(conn, "<user@ours.test>")
mt.header(conn, "X-Do", "edit")
if mt.getreply(conn) ~= SMFIR_CONTINUE then error("header not answered") end
mt.eoh(conn)
if mt.getreply(conn) ~= SMFIR_CONTINUE then error("end of header not answered") end
mt.bodystring(conn, "hello\r\n")
if mt.getreply(conn) ~= SMFIR_CONTINUE then error("body not answered") end
mt.eom(conn)
if mt.getreply(conn) ~= SMFIR_ACCEPT then error("not accepted") end
if not mt.eom_check(conn, MT_HDRINSERT, "X-Backstop", "genuine;\n\tproof=batv", 0) then error("header field not inserted") end
if mt.eom_check(conn, MT_HDRDELETE, "X-Old") then error("an edit that was not offered") end
mt.disconnect(conn)
