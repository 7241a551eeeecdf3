import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { alone } from './alone.mjs'
import { sentenceFor } from './causes.mjs'
import { inRoot, root, webPage, webStamp } from './places.mjs'
import { captured } from './processes.mjs'
import { SetupProblem, say, withProgress } from './terminal.mjs'

const sources = ['web', 'shared', 'vite.config.ts', 'tsconfig.json', 'package.json', 'package-lock.json']
const notBuilt = /\.test\.tsx?$|(^|[\\/])e2e[\\/]/

/** @param {string} path @returns {string[]} */
function filesUnder(path) {
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path).flatMap((name) => filesUnder(join(path, name)))
}

/** A hash over everything that the web application is built from; tests are not. */
export function sourceHash() {
  const hash = createHash('sha256')
  for (const source of sources) {
    for (const file of filesUnder(inRoot(source)).sort()) {
      const name = relative(root, file)
      if (!notBuilt.test(name)) hash.update(`${name}\0`).update(readFileSync(file)).update('\0')
    }
  }
  return hash.digest('hex')
}

/** @param {string} hash */
function isBuilt(hash) {
  return existsSync(webPage) && existsSync(webStamp) && readFileSync(webStamp, 'utf8') === hash
}

async function build() {
  rmSync(webStamp, { force: true })
  await withProgress('Building the web application', async () => {
    const vite = inRoot('node_modules', 'vite', 'bin', 'vite.js')
    const { code, output } = await captured(process.execPath, [vite, 'build', '--logLevel', 'warn'])
    if (code === 130 || code === 143) throw new SetupProblem('Stopped.', code)
    if (code === 0) return
    say(output.trim())
    throw new SetupProblem(
      sentenceFor(output) ?? 'The web application could not be built; the lines above say why.',
    )
  })
}

/** Builds the web application into dist/web, unless it is there and as new as its sources. */
export async function ensureBuilt() {
  if (isBuilt(sourceHash())) return
  await alone(async () => {
    const hash = sourceHash()
    if (isBuilt(hash)) return
    await build()
    writeFileSync(webStamp, hash)
  })
}
