import './node-version.mjs'
import { ensureWorks } from './build.mjs'
import { ensureInstalled } from './install.mjs'
import { typescript } from './processes.mjs'
import { command } from './terminal.mjs'

/** What `npm test` does in minutes, at length and on the real process: see server/testing/soak. */
await command(async () => {
  await ensureInstalled()
  const works = await ensureWorks()
  return typescript('server/testing/soak/main.ts', process.argv.slice(2), {
    env: { ...process.env, ...works },
  })
})
