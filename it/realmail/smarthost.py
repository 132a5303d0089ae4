#!/usr/bin/env python3
"""smarthost.py PORT COMMAND…   takes mail at 127.0.0.98 and hands each on to COMMAND SENDER RECIPIENT.

For programs that send mail and do not take it by SMTP."""
import socketserver
import subprocess
import sys


class Session(socketserver.StreamRequestHandler):
    def say(self, reply):
        self.wfile.write(reply.encode() + b'\r\n')

    def handle(self):
        sender, recipients = '', []
        self.say('220 smarthost.test ESMTP')
        while line := self.rfile.readline(4096):
            word = line[:4].upper()
            address = line.decode('utf-8', 'replace').partition('<')[2].partition('>')[0]
            if word == b'MAIL':
                sender, recipients = address, []
            elif word == b'RCPT':
                recipients.append(address)
            elif word == b'DATA':
                self.say('354 go on')
                self.say(self.hand_on(sender, recipients))
                continue
            elif word == b'QUIT':
                self.say('221 2.0.0 bye')
                return
            self.say('250 2.0.0 ok')

    def hand_on(self, sender, recipients):
        message = b''
        while (line := self.rfile.readline(65536)) not in (b'.\r\n', b''):
            message += (line[1:] if line.startswith(b'.') else line).replace(b'\r\n', b'\n')
        for recipient in recipients:
            if subprocess.run([*sys.argv[2:], sender, recipient], input=message, stdout=sys.stderr).returncode:
                return '451 4.3.0 cannot'
        return '250 2.0.0 taken'


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True


Server(('127.0.0.98', int(sys.argv[1])), Session).serve_forever()
