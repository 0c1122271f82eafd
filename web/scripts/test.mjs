/**
 * Checks format and types and runs the tests, side by side. Prints what each of them printed when it
 * ends, and fails if one of them failed.
 */
import { spawn } from 'node:child_process';

const CHECKS = [
  'vitest run',
  'tsc --noEmit --incremental --tsBuildInfoFile target/checked/all',
  'tsc --noEmit --incremental --tsBuildInfoFile target/checked/client --project tsconfig.client.json',
  'prettier --check --log-level warn --cache --cache-location target/checked/format .',
];

/** npm has put the folder of these commands into the path; a shell finds them on Windows as well. */
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
