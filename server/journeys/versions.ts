import type { JourneyAnswer } from '../../shared/api/journeys.ts'
import type { DifferenceAnswer } from '../../shared/api/versions.ts'
import type { Actor } from '../../shared/audit/actor.ts'
import { differenceOf, type FieldChange } from '../../shared/journey/difference.ts'
import type { Journey } from '../../shared/journey/graph.ts'
import { valuesOf, filled as withOwnValues } from '../../shared/journey/values.ts'
import { changeOf, filled, isWords, isWordsOfJourney } from '../../shared/run/wording.ts'
import type { WrittenText } from '../../shared/text.ts'
import type { Desk } from '../ports/desk.ts'
import { answerOf } from './drafts.ts'
import { exportJourney } from './figures.ts'

export interface RestoreVersion {
  readonly id: string
  readonly version: number
  readonly revision: number
}

/** Makes a version the draft again. Problems `not-found`, `stale-revision`. */
export async function restoreVersion(
  desk: Desk,
  actor: Actor,
  { id, ...asked }: RestoreVersion,
): Promise<JourneyAnswer> {
  return answerOf(await desk.stores.journeys.restore(desk.act(actor), id, asked))
}

type DrawnNode = DifferenceAnswer['nodes']['added'][number]
type Field = DifferenceAnswer['journey'][number]

/** The values of a field are parts of two journeys, which are JSON. */
const fieldOf = (change: FieldChange, words: boolean): Field => ({
  ...(change as Omit<Field, 'words'>),
  words,
})

type JourneyName = (id: string) => WrittenText | null

/** A node with what its card says. */
function drawnIn(desk: Desk, journey: Journey, id: string, journeyName: JourneyName): DrawnNode[] {
  const node = journey.nodes[id]
  if (node === undefined) return []
  const { type, name, config } = node
  const known = desk.registry.get(type)
  const read = known?.config.safeParse(withOwnValues(config, valuesOf(journey)))
  const { currency } = desk.brand()
  const say = (locale: 'zh-CN' | 'en') => known?.describe(read?.data, { locale, currency, journeyName }) ?? ''
  const sentence = read?.success ? { 'zh-CN': say('zh-CN'), en: say('en') } : null
  return [{ id, type, name, sentence }]
}

export interface VersionPair {
  readonly id: string
  /** null: the draft. */
  readonly from: number | null
  readonly to: number | null
}

/** What differs between two versions, or between one and the draft. Problem `not-found`. */
export async function readDifference(desk: Desk, { id, from, to }: VersionPair): Promise<DifferenceAnswer> {
  const { registry } = desk
  const before = filled(await exportJourney(desk, id, from), registry)
  const after = filled(await exportJourney(desk, id, to), registry)
  const { journey, nodes, edges } = differenceOf(before, after)
  const other = await desk.stores.journeys.reader()
  const drawn = (from: Journey, node: string) =>
    drawnIn(desk, from, node, (known) => other(known)?.name ?? null)
  return {
    from,
    to,
    change: changeOf(before, after, registry),
    journey: journey.map((one) => fieldOf(one, isWordsOfJourney(one.field))),
    nodes: {
      added: nodes.added.flatMap((node) => drawn(after, node)),
      removed: nodes.removed.flatMap((node) => drawn(before, node)),
      changed: nodes.changed.flatMap(({ id: node, fields }) => {
        const [old] = drawn(before, node)
        const [now] = drawn(after, node)
        if (old === undefined || now === undefined) return []
        return [
          {
            before: old,
            after: now,
            fields: fields.map((one) => fieldOf(one, isWords(now.type, one.field))),
          },
        ]
      }),
    },
    edges: { added: [...edges.added], removed: [...edges.removed] },
  }
}
