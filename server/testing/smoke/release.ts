import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { npm } from '../../setup/npm.mjs'

/** A release of Node that was brought, or why it could not be. */
export type Brought = { readonly program: string; readonly version: string } | { readonly absent: string }

const program = process.platform === 'win32' ? 'node.exe' : 'node'

/** npm says first what went wrong, then how it may be helped. */
const errorsIn = (output: string) =>
  output
    .split('\n')
    .filter((line) => line.startsWith('npm error'))
    .slice(0, 4)
    .join('\n')

/**
 * Brings the newest release of a major version of Node, as the npm package `node` has it, into a folder of its own.
 * Only fetching may fail: a Node that is there and does not start is an error.
 */
export async function bringNode(major: number, folder: string): Promise<Brought> {
  mkdirSync(folder, { recursive: true })
  // The package fetches the program in a script of its own, which npm wants to be allowed.
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, allowScripts: { node: true } }))
  const args = [
    'install',
    `node@${major}`,
    '--prefix',
    folder,
    '--ignore-scripts=false',
    '--no-package-lock',
    '--fetch-retries=1',
  ]
  const { code, output } = await npm(args)
  if (code !== 0) return { absent: errorsIn(output) }
  const path = join(folder, 'node_modules', 'node', 'bin', program)
  return { program: path, version: execFileSync(path, ['--version'], { encoding: 'utf8' }).trim() }
}
