#!/usr/bin/env python3
"""submit.py HOST:PORT SENDER RECIPIENT [options]   hands a message over by SMTP; "print" instead of HOST:PORT prints it.

The same message, whether our user's program sends it or somebody who forges."""
import argparse
import smtplib
import sys
import time
import uuid

arguments = argparse.ArgumentParser()
arguments.add_argument('server')
arguments.add_argument('sender')
arguments.add_argument('recipient')
arguments.add_argument('--bind', default='127.0.0.2', help='own address')
arguments.add_argument('--notify')
arguments.add_argument('--ret')
arguments.add_argument('--envid')
arguments.add_argument('--size', type=int, default=0)
arguments.add_argument('--utf8', action='store_true')
given = arguments.parse_args()

fields = [
    f'From: <{given.sender}>',
    f'To: <{given.recipient}>',
    'Subject: ' + ('Grüße an alle' if given.utf8 else 'The minutes of our meeting'),
    time.strftime('Date: %a, %d %b %Y %H:%M:%S +0000', time.gmtime()),
    f'Message-ID: <{uuid.uuid4()}@ours.test>',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: ' + ('8bit' if given.utf8 else '7bit'),
]
text = 'Here they are.\r\n' + ('y' * 70 + '\r\n') * (given.size // 72)
message = ('\r\n'.join(fields) + '\r\n\r\n' + text).encode()
if given.server == 'print':
    sys.stdout.buffer.write(message.replace(b'\r\n', b'\n'))
    sys.exit()

of_mail = ['BODY=8BITMIME', 'SMTPUTF8'] if given.utf8 else []
of_mail += [f'RET={given.ret}'] if given.ret else []
of_mail += [f'ENVID={given.envid}'] if given.envid else []
of_recipient = [f'NOTIFY={given.notify}', f'ORCPT=rfc822;{given.recipient}'] if given.notify else []
host, port = given.server.split(':')
for attempt in range(80):  # the server may still be starting
    try:
        session = smtplib.SMTP(host, int(port), 'client.test', timeout=60, source_address=(given.bind, 0))
        break
    except OSError as error:
        reason = error
        time.sleep(0.25)
else:
    sys.exit(f'{given.server}: {reason}')
if given.utf8:
    session.command_encoding = 'utf-8'
try:
    session.sendmail(given.sender, [given.recipient], message, of_mail, of_recipient)
except smtplib.SMTPException as error:
    sys.exit(f'{given.server}: {given.sender} to {given.recipient}: {error}')
finally:
    session.close()
