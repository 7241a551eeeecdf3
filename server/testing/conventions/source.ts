import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, posix, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type ESTree, parseSync, Visitor } from 'vite'

/** A file that an import names, and whether only types are taken from it. */
export interface Import {
  readonly from: string
  readonly typeOnly: boolean
}

/** A file of the project: its path from the root, with slashes, and its text. */
export interface Source {
  readonly path: string
  readonly text: string
}

export const root = join(dirname(fileURLToPath(import.meta.url)), '../../..')

const outside = new Set(['dist', 'data', '.git', '.vitest', 'coverage'])
const isOutside = (path: string) => outside.has(relative(root, path)) || basename(path) === 'node_modules'
const binary = /\.(png|jpe?g|gif|webp|ico|woff2?|ttf|otf|gz|zip|db|sqlite)(-\w+)?$|\.log$/

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return isOutside(path) ? [] : walk(path)
    // In a linked worktree .git is a file that names a place.
    return entry.isFile() && !outside.has(entry.name) && !binary.test(entry.name) ? [path] : []
  })
}

/** Every text file of the project, without what is installed, built or a brand's own data. */
export const files: readonly Source[] = walk(root).map((path) => ({
  path: relative(root, path).split(sep).join('/'),
  text: readFileSync(path, 'utf8'),
}))

/** Every TypeScript file. */
export const sources = files.filter(({ path }) => /\.tsx?$/.test(path))

/** Tests, and the parts that only tests and benchmarks are made of. */
export const isTest = (path: string) =>
  /\.test\.tsx?$/.test(path) ||
  /(^|\/)(e2e|testing|bench|fixtures)\//.test(path) ||
  /(^|\/)fixtures\.ts$/.test(path)

/** The syntax tree; a file that cannot be parsed fails the test that asks. */
export function parse({ path, text }: Source): ESTree.Program {
  const { program, errors } = parseSync(path, text)
  const [first] = errors
  if (first !== undefined) throw new Error(`${path}: ${first.message}`)
  return program
}

const isTypeOnly = (
  kind: string | undefined,
  names: readonly { importKind?: string; exportKind?: string }[],
) =>
  kind === 'type' ||
  (names.length > 0 && names.every((name) => name.importKind === 'type' || name.exportKind === 'type'))

/** What a file imports, re-exports, loads later or names in an `import('...')` type, as written. */
export function importsOf(source: Source): Import[] {
  const found: Import[] = []
  const add = (from: unknown, typeOnly: boolean) => {
    if (typeof from === 'string') found.push({ from, typeOnly })
  }
  new Visitor({
    ImportDeclaration: (node) =>
      add(
        node.source.value,
        isTypeOnly(
          node.importKind,
          node.specifiers.map((name) => (name.type === 'ImportSpecifier' ? name : { importKind: 'value' })),
        ),
      ),
    ExportNamedDeclaration: (node) => add(node.source?.value, isTypeOnly(node.exportKind, node.specifiers)),
    ExportAllDeclaration: (node) => add(node.source.value, node.exportKind === 'type'),
    ImportExpression: (node) => add('value' in node.source ? node.source.value : undefined, false),
    TSImportType: (node) => add(node.source.value, true),
  }).visit(parse(source))
  return found
}

/** The project's path that a relative import of a file means; undefined for a package or node: module. */
export function target(path: string, from: string): string | undefined {
  return from.startsWith('.') ? posix.join(posix.dirname(path), from) : undefined
}

/** The package of a bare import: `@scope/name` or `name`; undefined for a file or node: module. */
export function packageOf(from: string): string | undefined {
  if (/^(\.|\/|node:|virtual:)/.test(from)) return undefined
  return from
    .split('/')
    .slice(0, from.startsWith('@') ? 2 : 1)
    .join('/')
}

/** The line of an offset, counted from 1. */
export const lineAt = (text: string, offset: number) => text.slice(0, offset).split('\n').length
