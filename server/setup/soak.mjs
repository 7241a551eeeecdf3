import './node-version.mjs'
import { ensureInstalled } from './install.mjs'
import { inRoot } from './places.mjs'
import { attached } from './processes.mjs'
import { command } from './terminal.mjs'

const usual = '10'

/** What `npm test` does in minutes, for hours: the tests of chance from new seeds, and the kills. */
await command(async () => {
  const [factor = usual, ...files] = process.argv.slice(2)
  await ensureInstalled()
  const vitest = inRoot('node_modules', 'vitest', 'vitest.mjs')
  const args = [vitest, 'run', '--project', 'unit', '--project', 'crash', ...files]
  return attached(process.execPath, args, { env: { ...process.env, MAGPIE_SOAK: factor } })
})
