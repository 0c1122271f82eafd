import { expect, test } from 'vitest';
import { LinkSheet } from '../../src/form/link-sheet.ts';

const STEPS = ['approve', 'review'];

test.each([
  [STEPS, null, { scope: 'watch', step: null }],
  [STEPS, 'review', { scope: 'answer', step: 'review' }],
  [STEPS, 'other', { scope: 'watch', step: null }],
  [['approve'], 'approve', { scope: 'answer', step: null }],
  [[], 'approve', { scope: 'watch', step: null }],
])('for the steps %j and the step %j, the first choice is %j', (steps, step, options) => {
  const sheet = new LinkSheet(steps, step);
  expect(sheet.submit().errors).toEqual([]);
  expect(sheet.options).toEqual(options);
});

test('the options contain what was entered', () => {
  const sheet = new LinkSheet(STEPS, null);
  sheet.change('/allows', 'See the request, and answer it');
  sheet.change('/label', 'For Bob');
  sheet.change('/expiresAt', '2030-01-31T14:30');
  sheet.change('/showsInput', true);
  expect(sheet.options).toEqual({
    scope: 'answer',
    step: null,
    label: 'For Bob',
    expiresAt: expect.stringMatching(/^2030-01-31T[\d:]+Z$/),
    showsInput: true,
  });
});

test('a label that is too long is an error at its field', () => {
  const sheet = new LinkSheet(STEPS, null);
  sheet.change('/label', 'x'.repeat(101));
  expect(sheet.submit().errors.map(({ pointer }) => pointer)).toEqual(['/label']);
});
