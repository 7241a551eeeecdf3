import { fileURLToPath } from 'node:url'
import { attached } from '../../setup/processes.mjs'
import type { Figure } from './situation.ts'

const vitest = fileURLToPath(new URL('../../../node_modules/vitest/vitest.mjs', import.meta.url))

/** Runs the tests of a project so many times as long as `npm test` does, from new seeds. */
export async function runTests(project: string, times: number): Promise<readonly Figure[]> {
  const args = [vitest, 'run', '--project', project, '--silent=passed-only']
  const env = { ...process.env, MAGPIE_SOAK: String(times) }
  const code = await attached(process.execPath, args, { env })
  return [
    { name: `tests of ${project}, ${times} times`, value: code === 0 ? 'passed' : 'failed', ok: code === 0 },
  ]
}
