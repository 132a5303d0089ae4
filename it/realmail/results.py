#!/usr/bin/env python3
"""What came out of the passes.

  results.py zone FILE                               options of dnsmasq for the lines of a zone file
  results.py date-back DATABASE                      lets a stopped server's journal have missed nothing for eight days
  results.py collect OUT RUN LEAST MOST WEB          waits LEAST to MOST seconds for the answers, writes OUT/outcomes.json
  results.py table OUT PASS…                         the table, and the sum as its last line
"""
import collections
import email
import json
import pathlib
import re
import sqlite3
import sys
import time
import urllib.request

USERS = {'genuine': 'user', 'forged': 'victim'}
TAG = re.compile('^prvs=[0-9]{4}[0-9a-f]{6}=')


# ---- before the servers start ------------------------------------------------------------------------------------------

def zone(file):
    for name, value in re.findall(r'^(\S+?)\.?\s+IN\s+TXT\s+(.*(?:\n\s+.*)*)', pathlib.Path(file).read_text(), re.M):
        print(f'--txt-record={name},' + ','.join(re.findall('"([^"]*)"', value)))


def date_back(database):
    with sqlite3.connect(database) as store:
        store.execute('UPDATE state SET complete_from = complete_from - 8 * 86400')
        store.execute('UPDATE domain SET since = since - 8 * 86400')


# ---- a pass ------------------------------------------------------------------------------------------------------------

def expected(run):
    """(kind, form) of every message that was sent."""
    read = lambda name: (run / name).read_text().splitlines() if (run / name).exists() else []
    unsent = set(read('not-sent'))
    return sorted({tuple(line.split()) for line in read('expect') if line not in unsent})


def events(web):
    with urllib.request.urlopen(web + '/api/events?hours=1&most=1000') as answer:
        return json.load(answer)['events'][::-1]


def ordinary(log):
    """Mail that was taken for no automatic one makes no event."""
    found = []
    for line in log.read_text().splitlines():
        if ' verdict=ordinary ' in line and (recipient := re.search(r' recipient="?<?([^ ">]+)', line)):
            found.append({'recipient': recipient[1], 'verdict': 'ordinary', 'enforced': 'ordinary', 'action': 'passed',
                          'form': 'ordinary', 'evidence': [], 'explanation': 'taken for ordinary mail'})
    return found


def by_recipient(all_events):
    grouped = collections.defaultdict(list)
    for event in all_events:
        grouped[TAG.sub('', (event['recipient'] or '').lower())].append(event)
    return grouped


def assign(wanted, grouped):
    """The events of each (kind, form). A message that waits has two answers: a warning first, the end last."""
    outcomes = {}
    for kind, form in wanted:
        waits = form.replace('-expired', '-delay')
        shared = form.endswith(('-delay', '-expired')) and (kind, waits) in wanted
        found = grouped.get(f'{USERS[kind]}+{waits if shared else form}@ours.test', [])
        if shared:
            found = found[:1] if form == waits else found[1:][-1:]
        outcomes[kind, form] = found
    return outcomes


def letters(run):
    """What lies in our mailbox: recipient and Backstop-Verdict."""
    for file in (run / 'postfix/var/mail/ours/all/new').glob('*'):
        letter = email.message_from_bytes(file.read_bytes())
        yield str(letter['Delivered-To']).lower(), letter['Backstop-Verdict'] or ''


def refusals(run):
    """Recipients that our Postfix refused, by its log."""
    log = (run / 'postfix/var/log/postfix-a.log').read_text(errors='replace')
    return re.findall(r'reject: .*?: (\d.*?); from=<.*? to=<(?:prvs=\w+=)?([^>]+)>', log)


def collect(out, run, least, most, web):
    out, run = pathlib.Path(out), pathlib.Path(run)
    started = time.monotonic()
    wanted = expected(run)
    last, quiet_since = None, started
    while time.monotonic() - started < int(most):
        time.sleep(1)
        seen = events(web)
        found = assign(wanted, by_recipient(seen + ordinary(out / 'backstop.log')))
        own = {recipient for recipient, verdict in letters(run) if not verdict}
        if len(seen) != last:
            last, quiet_since = len(seen), time.monotonic()
        complete = all(events_ or f'{USERS[key[0]]}+{key[1]}@ours.test' in own for key, events_ in found.items())
        now = time.monotonic()
        if complete and now - started > int(least) and now - quiet_since > 3:
            break
    delivered = collections.Counter(recipient for recipient, _ in letters(run))
    refused = collections.defaultdict(list)
    for reply, recipient in refusals(run):
        refused[recipient.lower()].append(reply)
    result = []
    for (kind, form), events_ in found.items():
        waits = form.replace('-expired', '-delay') if (kind, form.replace('-expired', '-delay')) in wanted else form
        recipient = f'{USERS[kind]}+{waits}@ours.test'
        if out.name in ('signed', 'dkim'):  # not all mail passes that server, so enforcing there would be a fault
            events_ = [event | {'enforced': event['verdict']} for event in events_] if kind == 'genuine' else events_
        result.append({'kind': kind, 'form': form, 'events': events_, 'delivered': delivered[recipient],
                       'refused': refused[recipient], 'own': recipient in own and not events_})
    (out / 'outcomes.json').write_text(json.dumps(result, indent=1))
    (out / 'events.json').write_text(json.dumps(seen, indent=1))


# ---- the table ---------------------------------------------------------------------------------------------------------

def proofs(event, finding):
    return [piece['proof'] for piece in event['evidence'] if piece['finding'] == finding]


def describe(outcome):
    """One cell of the table."""
    if outcome is None:
        return '–'
    if outcome['own']:
        return 'own bounce'
    if not outcome['events']:
        return 'refused' if outcome['refused'] else 'no answer'
    event = outcome['events'][-1]
    text = event['verdict']
    if event['verdict'] == 'genuine':
        text += ' (' + ', '.join(proofs(event, 'proven')) + ')'
    elif event['enforced'] != event['verdict']:
        text += f', enforcing={event["enforced"]}'
    if event['action'] not in ('passed', 'accept'):
        text += ', ' + ('refused at rcpt' if event['action'] == 'refused' and not event['queueId'] else event['action'])
    return text


def judge(kind, passes):
    """right, unproven, wrong or missing, of one side of one form over all passes."""
    outcomes = [outcome for outcome in passes if outcome and not outcome['own']]
    all_events = [event for outcome in outcomes for event in outcome['events']]
    if kind == 'genuine':
        if any('backscatter' in (event['verdict'], event['enforced']) for event in all_events) or any(
                outcome['refused'] for outcome in outcomes):
            return 'wrong'
        if any(outcome['events'] and not outcome['delivered'] for outcome in outcomes):
            return 'wrong'
    elif any(event['verdict'] == 'genuine' for event in all_events):
        return 'wrong'
    if not all_events:
        return 'right' if any(outcome and outcome['own'] for outcome in passes) else 'missing'
    if kind == 'genuine':
        return 'right' if all(event['verdict'] == 'genuine' for event in all_events) else 'unproven'
    last = [outcome for outcome in outcomes if outcome['events']][-1]
    return 'right' if all(event['enforced'] == 'backscatter' for event in last['events']) else 'unproven'


def explain(word, kind, form, passes):
    """The reasons: of every pass where it is wrong, of the last one where it is unproven."""
    lines = [f'{word}: {kind} {form}, {name}: {outcome["events"][-1]["verdict"]}; ' +
             '; '.join(f'{piece["proof"]} {piece["finding"]}: {piece["detail"]}' for piece in outcome['events'][-1]['evidence'])
             for name, outcome in passes.items() if outcome and outcome['events']]
    return lines if word == 'wrong' else lines[-1:]


def table(out, *names):
    sides = collections.defaultdict(dict)
    for name in names:
        for outcome in json.loads((pathlib.Path(out) / name / 'outcomes.json').read_text()):
            sides[outcome['form'], outcome['kind']][name] = outcome
    forms = sorted({form for form, _ in sides})
    counts = collections.Counter()
    notes = []
    rows = [['mta', 'form', 'side', *names, '']]
    for form in forms:
        for kind in USERS:
            passes = [sides[form, kind].get(name) for name in names]
            word = judge(kind, passes)
            counts[kind, word] += 1
            mta, _, rest = form.partition('-')
            rows.append([mta, rest, kind, *map(describe, passes), '' if word == 'right' else word])
            if word in ('unproven', 'wrong'):
                notes += explain(word, kind, form, dict(zip(names, passes)))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        print('  '.join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())
    for note in notes:
        print(note)
    total = lambda word: sum(counts[kind, word] for kind in USERS)
    if total('missing'):
        print(f'{total("missing")} had no answer in time')
    print(f'{len(forms)} forms: {counts["genuine", "right"]} genuine right, {counts["forged", "right"]} forged right, '
          f'{total("unproven")} unproven, {total("wrong")} wrong')
    # a run in which hardly anybody answered proves nothing
    return 1 if total('wrong') or total('missing') > len(forms) else 0


COMMANDS = {'zone': zone, 'date-back': date_back, 'collect': collect, 'table': table}
sys.exit(COMMANDS[sys.argv[1]](*sys.argv[2:]))
