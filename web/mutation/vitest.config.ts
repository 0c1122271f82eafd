import { defineConfig } from 'vitest/config';

/** The tests that have to notice a change of merge.ts by themselves. */
export default defineConfig({ test: { include: ['test/client/merge.test.ts'] } });
