import type { Journey } from './graph.ts'

/** Keys in the order in which a person reads them; others follow as they stand, in alphabetical order. */
const readingOrder: readonly string[] = [
  '$schema',
  'format',
  'id',
  'type',
  'kind',
  'name',
  'description',
  'note',
  'config',
  'zone',
  'controlGroup',
  'reentry',
  'exitWhen',
  'exitAudiences',
  'settings',
  'variables',
  'nodes',
  'edges',
  'layout',
  'filter',
  'audience',
  'at',
  'event',
  'where',
  'attribute',
  'property',
  'op',
  'value',
  'measure',
  'window',
  'when',
  'of',
  'festival',
  'from',
  'to',
  'past',
  'years',
  'days',
  'date',
  'time',
  'until',
  'span',
  'amount',
  'unit',
  'channel',
  'purpose',
  'subject',
  'text',
  'zh-CN',
  'en',
]
const rank = new Map(readingOrder.map((key, index) => [key, index]))

/** The tests of a condition read: which property, compared how, with what, over which time. */
const leafOrder = ['kind', 'event', 'where', 'measure', 'property', 'window', 'op', 'value']
const leafRank = new Map(leafOrder.map((key, index) => [key, index]))

const lastPorts = ['late', 'limit', 'not_sent', 'not_issued', 'timeout', 'otherwise']
const widest = 100

type Entries = readonly (readonly [string, unknown])[]

function sorted(value: object): Entries {
  const ranks = 'op' in value ? leafRank : rank
  const place = (key: string) => ranks.get(key) ?? readingOrder.length
  return Object.entries(value).sort(([a], [b]) => place(a) - place(b) || (a < b ? -1 : 1))
}

/** Columns of a terminal: Chinese letters and marks take two. */
function width(text: string): number {
  let columns = 0
  for (const letter of text) columns += (letter.codePointAt(0) ?? 0) > 0x2e7f ? 2 : 1
  return columns
}

function isGroup(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0
}

function flat(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flat).join(', ')}]`
  return isGroup(value) ? flatEntries(sorted(value)) : JSON.stringify(value)
}

function flatEntries(entries: Entries): string {
  const parts = entries.map(([key, part]) => `${JSON.stringify(key)}: ${flat(part)}`)
  return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`
}

/** Whether a value is small enough to be read on one line: no groups within groups. */
function fits(value: object, column: number): boolean {
  const parts: unknown[] = Object.values(value)
  const simple = Array.isArray(value)
    ? parts.every((part) => !isGroup(part))
    : parts.every((part) => !isGroup(part) || (!Array.isArray(part) && !Object.values(part).some(isGroup)))
  return simple && column + width(flat(value)) < widest
}

function printed(value: unknown, indent: string, column: number): string {
  if (!isGroup(value) || fits(value, column)) return flat(value)
  const inner = `${indent}  `
  if (Array.isArray(value)) {
    const parts = value.map((part) => `${inner}${printed(part, inner, inner.length)}`)
    return `[\n${parts.join(',\n')}\n${indent}]`
  }
  return block(sorted(value), indent)
}

function block(entries: Entries, indent: string): string {
  const inner = `${indent}  `
  const lines = entries.map(([key, part]) => {
    const name = `${inner}${JSON.stringify(key)}: `
    return name + printed(part, inner, width(name))
  })
  return entries.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n${indent}}`
}

/** Ports as they stand, the ways out for those who did not make it last. */
function inPortOrder(ports: Readonly<Record<string, string>>): Entries {
  const place = ([port]: [string, string]) => lastPorts.indexOf(port)
  return Object.entries(ports).sort((a, b) => place(a) - place(b))
}

/** Entries in the order of the nodes; those of no node follow. */
function inNodeOrder(journey: Journey, record: Readonly<Record<string, unknown>>): Entries {
  const known = Object.keys(journey.nodes).filter((id) => Object.hasOwn(record, id))
  const rest = Object.keys(record).filter((id) => !Object.hasOwn(journey.nodes, id))
  return [...known, ...rest.sort()].map((id) => [id, record[id]])
}

function section(key: string, value: unknown, journey: Journey): string {
  if (key === 'nodes') return block(Object.entries(journey.nodes), '  ')
  if (key === 'layout') return block(inNodeOrder(journey, journey.layout), '  ')
  if (key !== 'edges') return printed(value, '  ', key.length + 6)
  const edges = inNodeOrder(journey, journey.edges).map(([id]) => {
    const name = `    ${JSON.stringify(id)}: `
    const ports = inPortOrder(journey.edges[id] ?? {})
    const line = flatEntries(ports)
    return name + (name.length + line.length < widest ? line : block(ports, '    '))
  })
  return edges.length === 0 ? '{}' : `{\n${edges.join(',\n')}\n  }`
}

/**
 * A journey as the text of a *.journey.json file: keys in reading order, two spaces, small groups on one
 * line, a newline at the end. Nodes keep the order that they have; reading the text gives an equal journey.
 */
export function printJourney(journey: Journey): string {
  const lines = sorted(journey)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `  ${JSON.stringify(key)}: ${section(key, value, journey)}`)
  return `{\n${lines.join(',\n')}\n}\n`
}
