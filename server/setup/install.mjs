import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { alone } from './alone.mjs'
import { sentenceFor } from './causes.mjs'
import { inRoot, installStamp, lockFile } from './places.mjs'
import { captured } from './processes.mjs'
import { SetupProblem, say, withProgress } from './terminal.mjs'

/** @typedef {Record<string, { version?: string, optional?: boolean, devOptional?: boolean }>} LockedPackages */

/** Compiled packages belong to one system and one Node ABI, so these are part of what was installed. */
function wanted() {
  const { modules } = process.versions
  return createHash('sha256')
    .update(readFileSync(lockFile))
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

async function databaseOpens() {
  const script = "const open = require('better-sqlite3'); new open(':memory:').close()"
  const { code, output } = await captured(process.execPath, ['-e', script])
  return { opens: code === 0, output }
}

async function installedByHand() {
  const present = inRoot('node_modules', '.package-lock.json')
  if (!existsSync(present)) return false
  return holdsAll(packagesOf(lockFile), packagesOf(present)) && (await databaseOpens()).opens
}

/** npm's help on a wrong use says nothing about what went wrong. @param {string} output */
function tail(output) {
  const lines = output.trim().split('\n')
  const help = lines.findIndex((line) => /^npm error Usage:/.test(line))
  return lines
    .slice(0, help === -1 ? undefined : help)
    .slice(-40)
    .join('\n')
}

/**
 * @param {{ code: number, output: string }} result
 * @param {string} what
 */
function failure({ code, output }, what) {
  if (code === 130 || code === 143) return new SetupProblem('Stopped.', code)
  say(tail(output))
  return new SetupProblem(sentenceFor(output) ?? `${what} failed; the lines above say why.`)
}

/**
 * `npm run -s` hands its silence down to every npm below it; the level is set so that a failure still
 * says why.
 * @param {string[]} args
 */
function npm(args) {
  const all = [...args, '--loglevel=notice', '--no-audit', '--no-fund']
  const self = process.env.npm_execpath
  if (self?.endsWith('.js')) return captured(process.execPath, [self, ...all])
  return captured('npm', all, { shell: process.platform === 'win32' })
}

async function install() {
  rmSync(installStamp, { force: true })
  const label = 'Installing packages (about a minute, the first time)'
  const installed = await withProgress(label, async () => {
    const result = await npm(['ci', '--include=dev'])
    if (result.code !== 0) throw failure(result, '`npm ci`')
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
    if (!(await installedByHand())) await install()
    writeFileSync(installStamp, wanted())
  })
}
