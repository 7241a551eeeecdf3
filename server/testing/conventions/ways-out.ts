import { type ESTree, Visitor } from 'vite'
import { lineAt, parse, type Source } from './source.ts'

/** Modules by which a connection is opened, and what of them opens none. */
const modules: Readonly<Record<string, readonly string[]>> = {
  'node:http': ['STATUS_CODES', 'METHODS', 'createServer'],
  'node:https': ['createServer'],
  'node:http2': ['constants'],
  'node:net': ['isIP', 'isIPv4', 'isIPv6', 'BlockList', 'createServer'],
  'node:tls': ['rootCertificates'],
  'node:dgram': [],
  'node:dns': [],
  'node:dns/promises': [],
  undici: [],
  nodemailer: [],
  openai: ['APIError', 'APIConnectionError', 'APIConnectionTimeoutError'],
}
const globals = new Set(['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest'])
const houses = new Set(['globalThis', 'global'])

/** A module as it is named with `node:` before it. */
const named = (from: string) => (Object.hasOwn(modules, `node:${from}`) ? `node:${from}` : from)

/** What a declaration imports at runtime; a whole module is `*`. */
function importedBy(node: ESTree.ImportDeclaration): string[] {
  if (node.importKind === 'type') return []
  return node.specifiers.flatMap((one) => {
    if (one.type !== 'ImportSpecifier') return ['*']
    if (one.importKind === 'type') return []
    return [one.imported.type === 'Identifier' ? one.imported.name : one.imported.value]
  })
}

/** Each thing of a file by which a connection to somebody else can be opened, as `name at line`. */
export function waysOut(source: Source): string[] {
  const found: string[] = []
  /** Where a name stands that is a key, a member or a type, and not the global of that name. */
  const others = new Set<number>()
  const uses: { name: string; start: number }[] = []
  const report = (name: string, start: number) => found.push(`${name} at line ${lineAt(source.text, start)}`)
  const judge = (from: string, names: readonly string[], start: number) => {
    const harmless = modules[named(from)]
    const open = harmless === undefined ? [] : names.filter((name) => !harmless.includes(name))
    for (const name of open) report(`${from} ${name}`, start)
  }
  new Visitor({
    ImportDeclaration: (node) => {
      judge(node.source.value, importedBy(node), node.start)
      for (const { local, ...one } of node.specifiers) {
        others.add(local.start)
        if (one.type === 'ImportSpecifier') others.add(one.imported.start)
      }
    },
    ExportNamedDeclaration: (node) => {
      if (node.source && node.exportKind !== 'type') judge(node.source.value, ['*'], node.start)
    },
    ExportAllDeclaration: (node) => {
      if (node.exportKind !== 'type') judge(node.source.value, ['*'], node.start)
    },
    ImportExpression: (node) => {
      if ('value' in node.source) judge(String(node.source.value), ['*'], node.start)
    },
    MemberExpression: (node) => {
      if (node.computed) return
      others.add(node.property.start)
      const ofHouse = node.object.type === 'Identifier' && houses.has(node.object.name)
      if (ofHouse && node.property.type === 'Identifier' && globals.has(node.property.name))
        report(node.property.name, node.start)
    },
    Property: (node) => {
      // Of the short `{ fetch }` the name is the value as well.
      if (!node.computed && !node.shorthand) others.add(node.key.start)
    },
    TSPropertySignature: (node) => {
      others.add(node.key.start)
    },
    TSTypeQuery: (node) => {
      others.add(node.exprName.start)
    },
    TSTypeAliasDeclaration: (node) => {
      others.add(node.id.start)
    },
    TSTypeReference: (node) => {
      others.add(node.typeName.start)
    },
    Identifier: (node) => {
      if (globals.has(node.name)) uses.push(node)
    },
  }).visit(parse(source))
  for (const { name, start } of uses) if (!others.has(start)) report(name, start)
  return found
}
