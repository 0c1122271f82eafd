import { afterEach, describe, expect, test } from 'vitest';
import { localOf, momentOf, otherOf, retyped } from '../../src/form/moment.ts';

const zone = process.env.TZ;

afterEach(() => {
  if (zone === undefined) {
    delete process.env.TZ;
  } else {
    process.env.TZ = zone;
  }
});

function inZone<T>(name: string, action: () => T): T {
  process.env.TZ = name;
  return action();
}

/** A quarter of an hour within a day of a clock change, otherwise about a quarter of a day. */
function stepFrom(at: number): number {
  const day = 86_400_000;
  const [before, after] = [at - day, at + day].map((it) => new Date(it).getTimezoneOffset());
  return before === after ? 25 * 900_000 : 900_000;
}

describe('local times of moments, and moments of local times', () => {
  test.each([
    ['America/Los_Angeles', '2026-11-01T17:00:00Z', '2026-11-01T09:00'],
    ['America/Los_Angeles', '2026-11-01T08:59:59Z', '2026-11-01T01:59:59'],
    ['America/Los_Angeles', '2026-11-01T10:00:00Z', '2026-11-01T02:00'],
    ['America/New_York', '2026-03-08T08:00:00Z', '2026-03-08T04:00'],
    ['America/New_York', '2026-03-08T07:00:00Z', '2026-03-08T03:00'],
    ['Australia/Sydney', '2026-04-04T05:00:00Z', '2026-04-04T16:00'],
    ['Australia/Lord_Howe', '2026-10-03T15:30:00Z', '2026-10-04T02:30'],
    ['Asia/Kathmandu', '2026-11-29T10:00:00Z', '2026-11-29T15:45'],
    ['Pacific/Apia', '2011-12-30T10:00:00Z', '2011-12-31T00:00'],
    ['Pacific/Kiritimati', '2026-12-31T10:30:00Z', '2027-01-01T00:30'],
    ['Africa/Casablanca', '2026-02-15T03:00:00Z', '2026-02-15T03:00'],
    ['Europe/Berlin', '2026-11-29T10:00:00.25Z', '2026-11-29T11:00:00.25'],
    ['America/Los_Angeles', '1880-01-01T00:00:00Z', '1879-12-31T16:07:02'],
    ['UTC', '0001-01-01T00:00:00Z', '0001-01-01T00:00'],
    ['UTC', '0099-12-31T23:59:59Z', '0099-12-31T23:59:59'],
    ['Asia/Tokyo', '9999-12-31T14:59:00Z', '9999-12-31T23:59'],
  ])('in %s, %s is %s', (name, moment, local) => {
    inZone(name, () => {
      expect(localOf(moment)).toBe(local);
      expect(Date.parse(momentOf(local))).toBe(Date.parse(moment));
    });
  });

  test.each([
    ['America/Los_Angeles', 2026],
    ['Europe/Berlin', 2026],
    ['Europe/London', 1971],
    ['Australia/Lord_Howe', 2026],
    ['America/Sao_Paulo', 2018],
    ['Africa/Casablanca', 2026],
    ['Asia/Tehran', 2021],
    ['Antarctica/Troll', 2026],
    ['Pacific/Apia', 2011],
    ['Pacific/Kwajalein', 1993],
  ])('in %s, each moment of %i is converted to a local time and back unchanged', (name, year) => {
    inZone(name, () => {
      const wrong = [];
      for (let at = Date.UTC(year, 0, 1); at < Date.UTC(year + 1, 0, 1); at += stepFrom(at)) {
        const moment = new Date(at).toISOString();
        const edited = retyped(localOf(moment), moment);
        if (Date.parse(momentOf(edited)) !== at) {
          wrong.push(moment);
        }
      }
      expect(wrong).toEqual([]);
    });
  });
});

describe('a local time that occurs twice', () => {
  const [first, second] = ['2026-11-01T08:30:00Z', '2026-11-01T09:30:00Z'];

  test('means the first moment when it is typed, and both can be chosen', () => {
    inZone('America/Los_Angeles', () => {
      const typed = retyped('2026-11-01T01:30', '');
      expect(momentOf(typed)).toBe(first);
      const other = otherOf(typed)!;
      expect(momentOf(other)).toBe(second);
      expect(localOf(other)).toBe('2026-11-01T01:30');
      expect(momentOf(otherOf(other)!)).toBe(first);
    });
  });

  test('still means the later moment while other parts of it are edited', () => {
    inZone('America/Los_Angeles', () => {
      const once = retyped('2026-11-01T01:31', second);
      expect(momentOf(once)).toBe('2026-11-01T09:31:00Z');
      expect(momentOf(retyped('2026-11-01T01:32', once))).toBe('2026-11-01T09:32:00Z');
      expect(momentOf(retyped('2026-11-01T03:32', once))).toBe('2026-11-01T11:32:00Z');
      expect(momentOf(retyped('2026-11-01T01:31', first))).toBe('2026-11-01T08:31:00Z');
    });
  });

  test('offers the other moment for a stored one, and none for a time that occurs once', () => {
    inZone('America/Los_Angeles', () => {
      expect(momentOf(otherOf(first)!)).toBe(second);
      expect(momentOf(otherOf(second)!)).toBe(first);
      expect([otherOf('2026-11-01T17:00:00Z'), otherOf('tomorrow'), otherOf('')]).toEqual([
        null,
        null,
        null,
      ]);
    });
  });

  test('can be half an hour, as on Lord Howe Island', () => {
    inZone('Australia/Lord_Howe', () => {
      expect(momentOf('2026-04-05T01:45')).toBe('2026-04-04T14:45:00Z');
      expect(momentOf(otherOf('2026-04-05T01:45')!)).toBe('2026-04-04T15:15:00Z');
    });
  });
});

test.each([
  ['America/New_York', '2026-03-08T02:30', '2026-03-08T07:30:00Z', '2026-03-08T03:30'],
  ['Australia/Lord_Howe', '2026-10-04T02:15', '2026-10-03T15:45:00Z', '2026-10-04T02:45'],
  ['America/Sao_Paulo', '2018-11-04T00:15', '2018-11-04T03:15:00Z', '2018-11-04T01:15'],
])('in %s, clocks skip %s, and the moment is later by as much', (name, local, moment, shown) => {
  inZone(name, () => {
    expect(momentOf(local)).toBe(moment);
    expect(localOf(moment)).toBe(shown);
  });
});

test('a moment after the year 9999 in UTC is written with the local offset', () => {
  inZone('America/Los_Angeles', () => {
    expect(momentOf('9999-12-31T23:00')).toBe('9999-12-31T23:00:00-08:00');
    expect(localOf('9999-12-31T23:00:00-08:00')).toBe('9999-12-31T23:00');
    expect(momentOf('10000-01-01T00:00')).toBe('10000-01-01T00:00');
  });
  inZone('Asia/Tokyo', () => {
    expect(localOf('9999-12-31T23:59:59Z')).toBe('10000-01-01T08:59:59');
    expect(momentOf('10000-01-01T08:58:59')).toBe('9999-12-31T23:58:59Z');
    expect(momentOf('999999-01-01T00:00')).toBe('999999-01-01T00:00');
  });
});

test.each(['tomorrow', '5', '2026', '2026-11', '2026-02-30T10:00:00Z', '2016-12-31T23:59:60Z'])(
  '%s is not a moment that an element can show',
  (text) => {
    expect(localOf(text)).toBe('');
  },
);

test.each(['2026-02-30T10:00', '2026-11-01T24:00', '2026-13-01T10:00', '2026-11-01'])(
  '%s is not a local time and stays unchanged',
  (text) => {
    expect(momentOf(text)).toBe(text);
  },
);

test('a moment before the year 1 cannot be shown by an element', () => {
  inZone('America/Los_Angeles', () => {
    expect(localOf('0000-06-01T00:00:00Z')).toBe('');
    expect(localOf('0001-01-01T00:00:00Z')).toBe('');
  });
});

test.each(['2026-11-21t10:00:00z', '2026-11-21 10:00:00Z', '2026-11-21T12:00:00+02:00'])(
  '%s is parsed as RFC 3339 allows it',
  (text) => {
    inZone('UTC', () => expect(localOf(text)).toBe('2026-11-21T10:00'));
  },
);
