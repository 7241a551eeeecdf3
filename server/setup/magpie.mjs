import './node-version.mjs'
import { ensureInstalled } from './install.mjs'
import { typescript } from './processes.mjs'
import { command } from './terminal.mjs'

await command(async () => {
  await ensureInstalled()
  // npm moves to the checkout before it runs a script; file names mean the folder that one stands in.
  const cwd = process.env.INIT_CWD ?? process.cwd()
  return typescript('server/cli/main.ts', process.argv.slice(2), { cwd })
})
