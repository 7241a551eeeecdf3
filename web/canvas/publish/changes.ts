import type { TFunction } from 'i18next'
import { differenceOf, type FieldChange } from '../../../shared/journey/difference.ts'
import type { Journey, JourneyNode, JourneySettings } from '../../../shared/journey/graph.ts'
import type { Registry } from '../../../shared/nodes/type.ts'
import { type ChangeKind, changeOf, filled, isWords } from '../../../shared/run/wording.ts'
import { type Locale, say, type WrittenText } from '../../../shared/text.ts'
import { type Cards, fieldName } from '../../nodes/index.ts'
import { portsOf, readNode } from '../../store/graph.ts'
import { atHead } from '../../ui/sentence.ts'

export type Mark = 'added' | 'removed' | 'changed'

/** A field in the form's words, with what it held where that is short enough to be read. */
export interface SaidField {
  readonly name: string
  readonly values: readonly [before: string, after: string] | null
}

/** One thing that differs, in the marketer's words. */
export interface SaidChange {
  readonly key: string
  readonly mark: Mark
  /** The node; null for the journey itself. */
  readonly node: string | null
  readonly name: string
  /** What the card says; before and after where that differs. */
  readonly sentences: readonly string[]
  readonly fields: readonly SaidField[]
  /** Whether it is words alone. */
  readonly words: boolean
}

export interface SaidLine {
  readonly key: string
  readonly mark: 'added' | 'removed'
  readonly from: string
  readonly port: string
  readonly to: string
}

export interface SaidDifference {
  readonly change: ChangeKind
  readonly changes: readonly SaidChange[]
  readonly lines: readonly SaidLine[]
}

/** How it is worded. */
export interface Wording {
  readonly locale: Locale
  readonly currency: string
  readonly journeyName?: ((id: string) => WrittenText | null) | undefined
  readonly couponName?: ((key: string) => WrittenText | null) | undefined
  readonly types: Registry
  readonly cards: Cards
  readonly t: TFunction<'difference'>
  readonly nodes: TFunction<'nodes'>
}

const longest = 60
/** So much of what stands around a difference says where it is. */
const around = 12

function told(value: unknown, { t }: Wording): string | null {
  if (value === undefined || value === null || value === '') return '–'
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no')
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null
}

/** How many characters two texts have in common at their beginning. */
function alike(one: readonly string[], other: readonly string[]): number {
  const at = one.findIndex((character, index) => character !== other[index])
  return at === -1 ? one.length : at
}

/** Two texts of which one is too long to be read here, cut down to where they differ. */
export function whereTheyDiffer(before: string, after: string): readonly [before: string, after: string] {
  if (before.length <= longest && after.length <= longest) return [before, after]
  const [old, now] = [[...before], [...after]]
  const from = Math.max(0, alike(old, now) - around)
  const same = alike(old.slice(from).reverse(), now.slice(from).reverse())
  const cut = (text: readonly string[]): string => {
    const until = Math.min(text.length, Math.max(text.length - same + around, from + around))
    const shown = text.slice(from, Math.min(until, from + longest))
    const end = from + shown.length < text.length ? '…' : ''
    return `${from > 0 ? '…' : ''}${shown.join('')}${end}`
  }
  return [cut(old), cut(now)]
}

/** A part of a field, such as the amount of a span, says nothing by itself; a text in one language does. */
const isWhole = (field: string): boolean => /^(config\.)?\w+(\.(en|zh-CN))?$/.test(field)

function saidField(name: string, { field, before, after }: FieldChange, wording: Wording): SaidField {
  const [old, now] = [told(before, wording), told(after, wording)]
  return { name, values: old === null || now === null || !isWhole(field) ? null : whereTheyDiffer(old, now) }
}

/** What of a field is told once, by its name: a text as the reader reads it, of several parts that there is a change. */
function joined(
  fields: readonly FieldChange[],
  nameOf: (field: FieldChange) => string,
  wording: Wording,
): SaidField[] {
  const byName = new Map<string, FieldChange[]>()
  for (const field of fields) byName.set(nameOf(field), [...(byName.get(nameOf(field)) ?? []), field])
  return [...byName].map(([name, parts]) => {
    const read = parts.find(({ field }) => field.endsWith(`.${wording.locale}`)) ?? parts[0]
    const own = parts.length === 1 || read?.field.endsWith(`.${wording.locale}`) === true
    return read === undefined || !own ? { name, values: null } : saidField(name, read, wording)
  })
}

function nameOfField(node: JourneyNode, { field }: FieldChange, { t, cards, nodes }: Wording): string {
  if (field === 'type') return t('fields.type')
  if (field === 'note') return t('fields.note')
  if (field === 'name' || field.startsWith('name.')) return t('fields.name')
  const path = field.replace(/^config\./, '')
  const card = cards.get(node.type)
  return (card === undefined ? null : fieldName(card, path, nodes)) ?? path
}

/** The node of a journey, and the journey, whose values its sentence may say. */
type Drawn = readonly [node: JourneyNode, journey: Journey]

function sentenceOf(
  [node, journey]: Drawn,
  { types, locale, currency, journeyName, couponName }: Wording,
): string {
  const read = readNode(node, types, journey)
  return read === null
    ? ''
    : atHead(read.type.describe(read.config, { locale, currency, journeyName, couponName }))
}

function alone(id: string, drawn: Drawn, mark: Mark, wording: Wording): SaidChange {
  const [node] = drawn
  const sentence = sentenceOf(drawn, wording)
  return {
    key: `${mark} ${id}`,
    mark,
    node: id,
    name: say(node.name, wording.locale),
    sentences: sentence === '' ? [] : [sentence],
    fields: [],
    words: false,
  }
}

function changedNode(
  id: string,
  [before, [after, journey]]: readonly [before: Drawn, after: Drawn],
  fields: readonly FieldChange[],
  wording: Wording,
): SaidChange {
  const [old, now] = [sentenceOf(before, wording), sentenceOf([after, journey], wording)]
  const said = joined(fields, (one) => nameOfField(after, one, wording), wording)
  const words = fields.every(({ field }) => isWords(after.type, field))
  // The card of a send says its text, which the field tells where it differs.
  const byFields = words && said.every(({ values }) => values !== null)
  return {
    key: `changed ${id}`,
    mark: 'changed',
    node: id,
    name: say(after.name, wording.locale),
    sentences: old === now || byFields ? [] : [old, now].filter((one) => one !== ''),
    fields: said,
    words,
  }
}

const settingNames = {
  zone: 'fields.zone',
  controlGroup: 'fields.controlGroup',
  reentry: 'fields.reentry',
  exitWhen: 'fields.exitWhen',
  exitAudiences: 'fields.exitAudiences',
  mostPerHour: 'fields.mostPerHour',
  rate: 'fields.rate',
} as const satisfies Readonly<Record<keyof JourneySettings, string>>

const isSetting = (name: string): name is keyof JourneySettings => Object.hasOwn(settingNames, name)

function nameOfOwn(field: string, { t }: Wording): string {
  const [first = '', second = ''] = field.split('.')
  if (first === 'settings') return isSetting(second) ? t(settingNames[second]) : second
  if (first === 'description') return t('fields.description')
  return first === 'variables' ? t('fields.variables') : t('fields.name')
}

function journeyChange(fields: readonly FieldChange[], wording: Wording): SaidChange[] {
  if (fields.length === 0) return []
  const said = joined(fields, ({ field }) => nameOfOwn(field, wording), wording)
  const words = fields.every(({ field }) => !field.startsWith('settings'))
  const name = wording.t('journey')
  return [{ key: 'journey', mark: 'changed', node: null, name, sentences: [], fields: said, words }]
}

/** The difference of two versions in the words of cards and forms. */
export function sayDifference(before: Journey, after: Journey, wording: Wording): SaidDifference {
  const { types, locale } = wording
  const [old, now] = [filled(before, types), filled(after, types)]
  const { journey, nodes, edges } = differenceOf(old, now)
  const of = (from: Journey, ids: readonly string[], mark: Mark) =>
    ids.flatMap((id) => {
      const node = from.nodes[id]
      return node === undefined ? [] : [alone(id, [node, from], mark, wording)]
    })
  const changed = nodes.changed.flatMap(({ id, fields }) => {
    const [was, is] = [old.nodes[id], now.nodes[id]]
    if (was === undefined || is === undefined) return []
    const pair = [[was, old] as const, [is, now] as const] as const
    return [changedNode(id, pair, fields, wording)]
  })
  const nameIn = (from: Journey, id: string) => {
    const node = from.nodes[id]
    return node === undefined ? id : say(node.name, locale)
  }
  const lines = (from: Journey, some: typeof edges.added, mark: SaidLine['mark']) =>
    some.map((edge): SaidLine => {
      const port = portsOf(from, edge.from, types).find(({ id }) => id === edge.port)
      return {
        key: `${mark} ${edge.from}.${edge.port}`,
        mark,
        from: nameIn(from, edge.from),
        port: port === undefined ? edge.port : say(port.name, locale),
        to: nameIn(from, edge.to),
      }
    })
  return {
    change: changeOf(old, now, types),
    changes: [
      ...journeyChange(journey, wording),
      ...of(old, nodes.removed, 'removed'),
      ...of(now, nodes.added, 'added'),
      ...changed,
    ],
    lines: [...lines(old, edges.removed, 'removed'), ...lines(now, edges.added, 'added')],
  }
}

/** What is marked on the canvas, by node. */
export function marksOf({ changes }: SaidDifference): ReadonlyMap<string, Mark> {
  return new Map(changes.flatMap(({ node, mark }) => (node === null ? [] : [[node, mark] as const])))
}

/** Both versions laid over each other: the later one, and what it has not any more where that stood. */
export function laidOver(before: Journey, after: Journey): Journey {
  const gone = Object.entries(before.nodes).filter(([id]) => !Object.hasOwn(after.nodes, id))
  const ids = new Set(gone.map(([id]) => id))
  const edges: Record<string, Record<string, string>> = { ...after.edges }
  for (const [from, ports] of Object.entries(before.edges))
    for (const [port, to] of Object.entries(ports))
      if (ids.has(from) || (ids.has(to) && after.edges[from]?.[port] === undefined))
        edges[from] = { ...edges[from], [port]: to }
  const places = gone.flatMap(([id]) => {
    const place = before.layout[id]
    return place === undefined ? [] : [[id, place] as const]
  })
  return {
    ...after,
    nodes: { ...after.nodes, ...Object.fromEntries(gone) },
    edges,
    layout: { ...after.layout, ...Object.fromEntries(places) },
  }
}
