import { defineConfig } from 'vitest/config';

/** Runs only the tests of merge.ts, which must detect every mutation of it. */
export default defineConfig({ test: { include: ['test/client/merge.test.ts'] } });
