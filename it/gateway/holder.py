#!/usr/bin/env python3
"""holder.py PORT PIDFILE COMMAND…   holds a listening socket on loopback and runs COMMAND with it as standard input, and again each
time that it ends: what systemd does with a socket unit. SIGTERM ends both."""
import os
import signal
import socket
import subprocess
import sys
import time

port, pid_file, *command = sys.argv[1:]
listener = socket.create_server(('127.0.0.1', int(port)), backlog=4096)
child = None


def end(*_):
    if child:
        child.terminate()
    sys.exit()


signal.signal(signal.SIGTERM, end)
while True:
    child = subprocess.Popen(command, stdin=listener)
    with open(pid_file + '.new', 'w') as file:
        file.write(str(child.pid))
    os.replace(pid_file + '.new', pid_file)
    if child.wait() not in (0, 143):
        time.sleep(1)  # it does not start: no hurry
