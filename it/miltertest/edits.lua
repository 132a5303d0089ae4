-- A message on its way out: the sender is tagged, the recipient changed, header fields added and removed.
conn = mt.connect(socket)
if conn == nil then error("cannot connect") end
if mt.conninfo(conn, "mx.example.com", "192.0.2.1") ~= nil then error("conninfo failed") end
if mt.helo(conn, "mx.example.com") ~= nil then error("helo failed") end
mt.macro(conn, SMFIC_MAIL, "i", "4X1", "{auth_authen}", "user")
if mt.mailfrom(conn, "<user@ours.test>", "SIZE=100") ~= nil then error("mailfrom failed") end
if mt.getreply(conn) ~= SMFIR_CONTINUE then error("sender not taken") end
if mt.rcptto(conn, "<Some.One@Example.COM>") ~= nil then error("rcptto failed") end
if mt.getreply(conn) ~= SMFIR_CONTINUE then error("recipient not taken") end
mt.header(conn, "X-Do", " edit")
mt.header(conn, "X-Old", " 1")
mt.header(conn, "X-Old", " 2")
mt.eoh(conn)
mt.bodystring(conn, "hello\r\n")
if mt.getreply(conn) ~= SMFIR_SKIP then error("body not skipped") end
if mt.eom(conn) ~= nil then error("eom failed") end
if mt.getreply(conn) ~= SMFIR_ACCEPT then error("not accepted") end
if not mt.eom_check(conn, MT_RCPTDELETE, "<Some.One@Example.COM>") then error("recipient not removed") end
if not mt.eom_check(conn, MT_RCPTADD, "<plain@example.com>") then error("recipient not added") end
if not mt.eom_check(conn, MT_HDRDELETE, "X-Old") then error("header field not removed") end
if not mt.eom_check(conn, MT_HDRINSERT, "X-Backstop", " genuine;\n\tproof=batv", 0) then error("header field not inserted") end
mt.disconnect(conn)
