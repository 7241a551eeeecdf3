import './node-version.mjs'
import { ensureBuilt, ensureWorks } from './build.mjs'
import { chromiumForBrowser } from './chromium.mjs'
import { ensureInstalled } from './install.mjs'
import { typescript } from './processes.mjs'
import { command } from './terminal.mjs'

await command(async () => {
  await ensureInstalled()
  await ensureBuilt()
  const works = await ensureWorks()
  const MAGPIE_CHROMIUM = await chromiumForBrowser()
  return typescript('server/bench/main.ts', process.argv.slice(2), {
    env: { ...process.env, ...works, MAGPIE_CHROMIUM },
  })
})
