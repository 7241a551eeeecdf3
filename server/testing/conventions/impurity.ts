import { type ESTree, Visitor } from 'vite'
import { lineAt, parse, type Source } from './source.ts'

const members: Readonly<Record<string, readonly string[]>> = {
  Date: ['now'],
  Math: ['random'],
  performance: ['now'],
  crypto: ['randomUUID', 'getRandomValues'],
  Temporal: ['Now'],
}
const functions = new Set([
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'fetch',
  'requestAnimationFrame',
])
const globals = new Set(['globalThis', 'window', 'self'])

/** `Date` of `Date` and of `globalThis.Date`. */
function nameOf(node: ESTree.Node): string | undefined {
  if (node.type === 'Identifier') return node.name
  if (node.type !== 'MemberExpression' || node.object.type !== 'Identifier') return undefined
  return globals.has(node.object.name) && node.property.type === 'Identifier' ? node.property.name : undefined
}

/** Each use of the clock, of chance, of a timer or of the network, as `name at line`. */
export function impurities(source: Source): string[] {
  const found: string[] = []
  const report = (name: string, node: { start: number }) =>
    found.push(`${name} at line ${lineAt(source.text, node.start)}`)
  new Visitor({
    MemberExpression: (node) => {
      const object = nameOf(node.object) ?? ''
      const property = node.property.type === 'Identifier' ? node.property.name : ''
      if (Object.hasOwn(members, object) && members[object]?.includes(property)) {
        report(`${object}.${property}`, node)
      }
    },
    NewExpression: (node) => {
      if (nameOf(node.callee) === 'Date' && node.arguments.length === 0) report('new Date()', node)
    },
    CallExpression: (node) => {
      const name = nameOf(node.callee)
      if (name === 'Date') report('Date()', node)
      if (name !== undefined && functions.has(name)) report(`${name}()`, node)
    },
  }).visit(parse(source))
  return found
}

const clocks: Readonly<Record<string, readonly string[]>> = {
  Date: ['now'],
  performance: ['now', 'timeOrigin'],
  process: ['hrtime', 'uptime'],
  Temporal: ['Now'],
}

/** Each reading of a clock, as `name at line`. */
export function clockReadings(source: Source): string[] {
  const found: string[] = []
  const report = (name: string, node: { start: number }) =>
    found.push(`${name} at line ${lineAt(source.text, node.start)}`)
  new Visitor({
    MemberExpression: (node) => {
      const object = nameOf(node.object) ?? ''
      const property = node.property.type === 'Identifier' ? node.property.name : ''
      if (Object.hasOwn(clocks, object) && clocks[object]?.includes(property))
        report(`${object}.${property}`, node)
    },
    NewExpression: (node) => {
      if (nameOf(node.callee) === 'Date' && node.arguments.length === 0) report('new Date()', node)
    },
    CallExpression: (node) => {
      if (nameOf(node.callee) === 'Date') report('Date()', node)
    },
  }).visit(parse(source))
  return found
}
