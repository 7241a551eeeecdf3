import { join } from 'node:path'
import { alone } from '../alone.mjs'
import { failure, npm } from '../npm.mjs'
import { inRoot } from '../places.mjs'
import { captured } from '../processes.mjs'
import { needsOlder } from './choice.cjs'

const driver = inRoot('server', 'setup', 'driver', 'index.cjs')
const folderOfOlder = inRoot('server', 'setup', 'driver', 'node20')

export const lockOfOlder = join(folderOfOlder, 'package-lock.json')

/** Whether the driver that this Node needs is there and opens a database, tried in a process of its own. */
export async function databaseOpens() {
  const script = "const Database = require(process.argv[1]); new Database(':memory:').close()"
  const { code, output } = await captured(process.execPath, ['-e', script, driver])
  return { opens: code === 0, output }
}

/**
 * npm brings the driver of Node 22 and later with everything else. The older one is fetched, and compiled where
 * no ready build is found, on the Node that needs it; it alone may run a script of its own (.npmrc).
 */
export async function ensureDriver() {
  if (!needsOlder || (await databaseOpens()).opens) return
  const result = await npm(['ci', '--prefix', folderOfOlder, '--ignore-scripts=false'])
  if (result.code !== 0) throw failure(result, 'Installing better-sqlite3 for Node 20')
}

/** For vitest, which may be started without `npm test`. */
export default async function setup() {
  if (!needsOlder || (await databaseOpens()).opens) return
  await alone(ensureDriver)
}
