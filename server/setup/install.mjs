import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { alone } from './alone.mjs'
import { refuseWithoutCopy } from './driver/copy.mjs'
import { databaseOpens, ensureDriver, lockOfOlder } from './driver/driver.mjs'
import { failure, npm } from './npm.mjs'
import { inRoot, installStamp, lockFile } from './places.mjs'
import { withProgress } from './terminal.mjs'

/** @typedef {Record<string, { version?: string, optional?: boolean, devOptional?: boolean }>} LockedPackages */

/** Compiled packages belong to one system and one Node ABI, so these are part of what was installed. */
function wanted() {
  const { modules } = process.versions
  return createHash('sha256')
    .update(readFileSync(lockFile))
    .update(readFileSync(lockOfOlder))
    .update(`${process.platform} ${process.arch} ${modules}`)
    .digest('hex')
}

/** @param {string} file @returns {LockedPackages} */
const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages

/**
 * Whether somebody installed by hand exactly what the lock file asks for.
 * @param {LockedPackages} locked
 * @param {LockedPackages} present
 */
export function holdsAll(locked, present) {
  return Object.entries(locked).every(
    ([path, { version, optional, devOptional }]) =>
      path === '' || optional || devOptional || present[path]?.version === version,
  )
}

function packagesPresent() {
  const present = inRoot('node_modules', '.package-lock.json')
  return existsSync(present) && holdsAll(packagesOf(lockFile), packagesOf(present))
}

/** Whether nothing is missing, perhaps but for the driver that this Node alone needs. */
async function completed() {
  if (!packagesPresent()) return false
  if ((await databaseOpens()).opens) return true
  await withProgress('Installing the database driver', ensureDriver)
  return (await databaseOpens()).opens
}

async function install() {
  rmSync(installStamp, { force: true })
  const label = 'Installing packages (about a minute, the first time)'
  const installed = await withProgress(label, async () => {
    const result = await npm(['ci', '--include=dev'])
    if (result.code !== 0) throw failure(result, '`npm ci`')
    await ensureDriver()
    return result
  })
  const { opens, output } = await databaseOpens()
  if (!opens) throw failure({ code: 1, output: `${installed.output}\n${output}` }, 'Opening better-sqlite3')
}

function isInstalled() {
  return existsSync(installStamp) && readFileSync(installStamp, 'utf8') === wanted()
}

/** Installs what package-lock.json asks for, if it is not installed; a second run costs one hash. */
export async function ensureInstalled() {
  if (isInstalled()) return
  await alone(async () => {
    if (isInstalled()) return
    if (!(await completed())) await install()
    await refuseWithoutCopy()
    writeFileSync(installStamp, wanted())
  })
}
