"""Signs and verifies with dkimpy, for DkimPeersTest.

  verify KEYS MESSAGE                       KEYS: a line for each key, name and record; prints a line for each signature
  sign ALGORITHM CANON DOMAIN SELECTOR KEY MESSAGE   prints the message with its signature on top
"""
import sys

import dkim


def read(path):
    with open(path, "rb") as file:
        return file.read()


def verify(keys, message):
    records = dict(line.split(b" ", 1) for line in read(keys).splitlines())
    lookup = lambda name, timeout=5: records.get(name.rstrip(b"."))
    signed = dkim.DKIM(read(message))
    count = sum(1 for name, _ in signed.headers if name.lower() == b"dkim-signature")
    for index in range(count):
        try:
            print("pass" if signed.verify(index, dnsfunc=lookup) else "fail")
        except dkim.DKIMException as e:
            print("fail:", e)


def sign(algorithm, canonicalization, domain, selector, key, message):
    text = read(message)
    forms = tuple(form.encode() for form in canonicalization.split("/"))
    field = dkim.sign(
        text, selector.encode(), domain.encode(), read(key).strip(),
        canonicalize=forms, signature_algorithm=algorithm.encode())
    sys.stdout.buffer.write(field + text)


{"verify": verify, "sign": sign}[sys.argv[1]](*sys.argv[2:])
