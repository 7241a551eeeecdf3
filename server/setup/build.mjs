import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { alone } from './alone.mjs'
import { sentenceFor } from './causes.mjs'
import { helperProgram, inRoot, root, webPage, webStamp, worksProgram, worksStamp } from './places.mjs'
import { captured } from './processes.mjs'
import { SetupProblem, say, withProgress } from './terminal.mjs'

/**
 * Something that is built from sources, once for as long as they stay the same.
 * @typedef {{ what: string, failed: string, sources: string[], stamp: string, page: string, command: string[] }} Artifact
 */

const common = ['shared', 'tsconfig.json', 'package.json', 'package-lock.json']

/** @type {Artifact} */
const web = {
  what: 'Building the web application',
  failed: 'The web application could not be built; the lines above say why.',
  sources: ['web', 'vite.config.ts', ...common],
  stamp: webStamp,
  page: webPage,
  command: [inRoot('node_modules', 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn'],
}

/** @type {Artifact} */
const works = {
  what: 'Building the thread of the engine',
  failed: 'The thread of the engine could not be built; the lines above say why.',
  sources: ['server', ...common],
  stamp: worksStamp,
  page: worksProgram,
  command: [inRoot('server', 'setup', 'works.mjs')],
}

const notBuilt = /\.test\.tsx?$|(^|[\\/])e2e[\\/]/

/** @param {string} path @returns {string[]} */
function filesUnder(path) {
  if (!existsSync(path) || basename(path) === 'node_modules') return []
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path).flatMap((name) => filesUnder(join(path, name)))
}

/**
 * A hash over everything that an artifact is built from; tests are not.
 * @param {Artifact} artifact
 */
function sourceHash({ sources }) {
  const hash = createHash('sha256')
  for (const source of sources) {
    for (const file of filesUnder(inRoot(source)).sort()) {
      const name = relative(root, file)
      if (!notBuilt.test(name)) hash.update(`${name}\0`).update(readFileSync(file)).update('\0')
    }
  }
  return hash.digest('hex')
}

/**
 * @param {Artifact} artifact
 * @param {string} hash
 */
function isBuilt({ page, stamp }, hash) {
  return existsSync(page) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash
}

/** @param {Artifact} artifact */
async function build({ what, failed, stamp, command }) {
  rmSync(stamp, { force: true })
  await withProgress(what, async () => {
    const { code, output } = await captured(process.execPath, command)
    if (code === 130 || code === 143) throw new SetupProblem('Stopped.', code)
    if (code === 0) return
    say(output.trim())
    throw new SetupProblem(sentenceFor(output) ?? failed)
  })
}

/**
 * Builds an artifact, unless it is there and as new as its sources.
 * @param {Artifact} artifact
 */
async function ensure(artifact) {
  if (isBuilt(artifact, sourceHash(artifact))) return
  await alone(async () => {
    const hash = sourceHash(artifact)
    if (isBuilt(artifact, hash)) return
    await build(artifact)
    writeFileSync(artifact.stamp, hash)
  })
}

/** Builds the web application into dist/web. */
export const ensureBuilt = () => ensure(web)

/**
 * Makes one program of the thread in which the engine works, and one of the helpers: they are up sooner, and need a
 * third of the memory of TypeScript that is read as it runs. Answers the surroundings in which a server finds them.
 */
export async function ensureWorks() {
  await ensure(works)
  return { MAGPIE_WORKS: worksProgram, MAGPIE_HELPER: helperProgram }
}
