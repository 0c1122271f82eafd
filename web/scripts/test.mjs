/**
 * Checks the format and the types and runs the tests, in parallel. Prints the output of each
 * command when it ends, and fails if a command fails.
 */
import { spawn } from 'node:child_process';

/** The native compiler, a tenth of the time. The bundler of the types needs the other one. */
const TSC = 'node node_modules/native-typescript/bin/tsc --noEmit';

const CHECKS = [
  'vitest run',
  TSC,
  `${TSC} --project tsconfig.client.json`,
  'node scripts/prose.mjs',
  'prettier --check --log-level warn --cache --cache-location target/checked/format .',
];

/**
 * Runs a command. npm has added the commands' folder to the path; the shell is needed on Windows.
 */
function run(command) {
  return new Promise((resolve) => {
    const output = [];
    const child = spawn(command, { shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.on('data', (part) => output.push(part));
    child.stderr.on('data', (part) => output.push(part));
    child.on('close', (code) => {
      process.stdout.write(Buffer.concat(output));
      if (code !== 0) {
        console.error(`failed: ${command}`);
        process.exitCode = 1;
      }
      resolve();
    });
  });
}

await Promise.all(CHECKS.map(run));
