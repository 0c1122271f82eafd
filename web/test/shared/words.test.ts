import { expect, test } from 'vitest';
import { absolute, ago, duration, statusInSentence, statusWord } from '../../src/shared/words.ts';

const now = Date.parse('2026-01-02T00:00:00.000Z');

test.each([
  ['SUCCEEDED', 'Succeeded', 'succeeded'],
  ['PENDING', 'Pending', 'pending'],
  ['UNDONE', 'Undone', 'undone'],
  ['SCHEDULED', 'Scheduled', 'scheduled'],
  ['WAITING', 'Waiting', 'waiting'],
  ['PAUSED', 'PAUSED', 'PAUSED'],
  ['constructor', 'constructor', 'constructor'],
  ['', '', ''],
])('the status "%s" is "%s", in a sentence "%s"', (status, word, inSentence) => {
  expect(statusWord(status)).toBe(word);
  expect(statusInSentence(status)).toBe(inSentence);
});

test.each([
  ['2026-01-02T00:00:05.000Z', 'just now'],
  ['2026-01-01T23:59:51.000Z', 'just now'],
  ['2026-01-01T23:59:35.000Z', '20 s ago'],
  ['2026-01-01T23:58:01.000Z', '1 min ago'],
  ['2026-01-01T20:30:00.000Z', '3 h ago'],
  ['2025-12-25T00:00:00.000Z', '8 d ago'],
])('%s was %s', (time, words) => {
  expect(ago(time, now)).toBe(words);
});

test.each([
  [-5, '0 ms'],
  [999, '999 ms'],
  [1_490, '1.4 s'],
  [59_999, '59.9 s'],
  [125_000, '2 min 5 s'],
  [3 * 3_600_000 + 1_000, '3 h 0 min'],
  [26 * 3_600_000, '1 d 2 h'],
])('%i ms is %s', (millis, words) => {
  expect(duration(millis)).toBe(words);
});

test('a local time that occurs twice has the name of its time zone', () => {
  const zone = process.env.TZ;
  process.env.TZ = 'America/Los_Angeles';
  expect(absolute('2026-11-01T08:30:00Z')).toMatch(/1:30:00\sAM PDT/);
  expect(absolute('2026-11-01T09:30:00Z')).toMatch(/1:30:00\sAM PST/);
  process.env.TZ = zone ?? '';
});
