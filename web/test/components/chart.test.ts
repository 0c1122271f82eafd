// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { StatusDocument } from '../../src/client/index.ts';
import '../../src/components/chart.ts';
import type { StatuswireChart } from '../../src/components/chart.ts';
import { document as documentOf } from '../client/world.ts';

const NOW = Date.parse('2026-01-01T12:00:30.000Z');

let chart: StatuswireChart;

beforeEach(() => localStorage.setItem('statuswire.chart', 'false'));
afterEach(() => chart.remove());

function finished(id: string, status: string, took: number): StatusDocument {
  const createdAt = new Date(NOW - 60_000 - took).toISOString();
  return documentOf(id, 4, { status, createdAt, updatedAt: new Date(NOW - 60_000).toISOString() });
}

async function show(requests: StatusDocument[], more: Partial<StatuswireChart> = {}) {
  chart = document.createElement('statuswire-chart') as StatuswireChart;
  Object.assign(chart, { requests, now: NOW, ...more });
  document.body.append(chart);
  await chart.updateComplete;
}

function words(selector: string): string {
  return chart.querySelector(selector)?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
}

test('the last hour is summarized in a sentence', async () => {
  await show([
    finished('order-001', 'SUCCEEDED', 800),
    finished('order-002', 'SUCCEEDED', 1_200),
    finished('order-003', 'FAILED', 4_000),
  ]);
  expect(words('.going-words')).toBe(
    '3 finished: 2 succeeded, 1 failed · median 1.2 s, 95th percentile 4.0 s.',
  );
});

test('the sentence contains the number of counted requests if not all are loaded', async () => {
  await show([finished('order-001', 'CANCELLED', 10)], { complete: false });
  expect(words('.going-words')).toContain('1 finished: 1 cancelled · median 10 ms');
  expect(words('.going-words')).toContain('Counts only the loaded requests (1).');
});

test('an hour without finished requests is a sentence, too', async () => {
  await show([]);
  expect(words('.going-words')).toBe('No requests finished.');
});

test('the sentence is updated with the time and with finished requests', async () => {
  await show([finished('order-001', 'FAILED', 10)]);
  chart.requests = [...chart.requests, finished('order-002', 'FAILED', 10)];
  chart.now += 1_000;
  await chart.updateComplete;
  expect(words('.going-words')).toContain('2 failed');
  chart.now += 3_600_000;
  await chart.updateComplete;
  expect(words('.going-words')).toBe('No requests finished.');
});

test('the first loaded requests are counted at once', async () => {
  await show([]);
  chart.requests = [finished('order-001', 'FAILED', 10)];
  await chart.updateComplete;
  expect(words('.going-words')).toContain('1 failed');
});

test('the browser remembers whether the chart is open', async () => {
  await show([]);
  const details = chart.querySelector('details') as HTMLDetailsElement;
  expect(details.open).toBe(false);
  details.open = true;
  details.dispatchEvent(new Event('toggle'));
  expect(localStorage.getItem('statuswire.chart')).toBe('true');
});
