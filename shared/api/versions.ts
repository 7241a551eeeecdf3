import { z } from 'zod'
import { idSchema } from '../journey/graph.ts'
import { becomings } from '../run/fate.ts'
import { fates, moveKinds } from '../run/move.ts'
import { changeKinds } from '../run/wording.ts'
import { writtenText } from '../text.ts'

/** What becomes of those under way in earlier versions (rule 21). */
export const fateFields = {
  fate: z
    .enum(fates)
    .optional()
    .describe(
      'What becomes of those under way in earlier versions: they finish there, move here, or leave the journey. Where nothing is said, those move whose version differs in words alone, and the others finish; if a node where somebody stands is gone, something has to be said.',
    ),
  mapping: z
    .record(idSchema, idSchema)
    .optional()
    .describe(
      'With `fate: move`: for nodes of earlier versions, the node of this one that its people enter; `left` takes them out of the journey. Other nodes are found by their id.',
    ),
  byNode: z
    .record(
      idSchema,
      z.discriminatedUnion('fate', [
        z.strictObject({ fate: z.enum(['finish', 'leave']) }),
        z.strictObject({ fate: z.literal('move'), to: idSchema.describe('The node that they enter') }),
      ]),
    )
    .optional()
    .describe(
      'What becomes of those on single nodes of earlier versions, whatever becomes of the others; it goes before `fate` and `mapping`.',
    ),
}

/** POST /journeys/:id/publish/preview */
export const flightRequest = z.strictObject(fateFields)
export const flightAnswer = z.object({
  version: z.int().describe('The number that the draft would be published under'),
  isNew: z.boolean().describe('False where the draft means the same as the live version'),
  revision: z.int().describe('Of the draft by which all this was worked out'),
  targets: z
    .array(z.object({ id: z.string(), name: writtenText.nullable() }))
    .describe('Nodes of the draft where people may be brought to'),
  changes: z
    .array(z.object({ version: z.int(), change: z.enum(changeKinds).nullable() }))
    .describe(
      'How much the draft differs from each earlier version with people in it; null: that cannot be read',
    ),
  people: z.array(
    z.object({
      version: z.int(),
      node: z.string(),
      name: writtenText.nullable().describe('As it was called in that version'),
      people: z.int(),
      becomes: z
        .enum(becomings)
        .describe(
          'finishes: in its version; stays: where it is, its wait goes on; asked: where it is, since when it has been, asked by the new configuration; enters: another node, afresh; leaves: the journey; undecided: something has to be said',
        ),
      to: z.string().nullable().describe('The node of the new version'),
    }),
  ),
  waiting: z.int().describe('Messages of earlier versions that no channel has been handed'),
  days: z
    .array(
      z.object({
        date: z.iso.date(),
        waits: z.int().describe('Of those under way, whose wait ends'),
        messages: z.int().describe('In the outbox'),
        entries: z.array(z.object({ node: z.string(), at: z.int() })),
      }),
    )
    .describe('What is due today and on the six days after, as things stand'),
})
export type FlightAnswer = z.infer<typeof flightAnswer>

/** GET /journeys/:id/moves */
export const movesAnswer = z.object({
  moves: z.array(
    z.object({
      kind: z
        .enum(moveKinds)
        .describe(
          'version: people go to the next version; values: what waits is said by other values of a running one',
        ),
      from: z.array(z.int()).describe('The versions whose people or words it concerns'),
      to: z
        .int()
        .describe('The version to which people go; of values, the one that ran when they were changed'),
      done: z.int().describe('People who have been moved or have left, and messages said anew'),
      of: z.int().nullable().describe('As counted when it was planned; null: of an earlier release'),
      since: z.int().describe('Real time'),
    }),
  ),
})
export type MovesAnswer = z.infer<typeof movesAnswer>

/** POST /journeys/:id/versions/:version/restore: a stale revision is refused with `stale-revision`. */
export const restoreRequest = z.strictObject({ revision: z.int() })

const field = z.object({
  field: z.string().describe('Its path, in dots'),
  before: z.json().optional().describe('Left out where it was not there'),
  after: z.json().optional().describe('Left out where it is not there any more'),
  words: z.boolean().describe('Whether it is words alone, which change neither who goes where nor when'),
})

const sentence = z.object({ 'zh-CN': z.string(), en: z.string() }).nullable()

const drawnNode = z.object({
  id: z.string(),
  type: z.string(),
  name: writtenText,
  sentence: sentence.describe('What its card says; null where its settings are not finished'),
})

const line = z.object({ from: z.string(), port: z.string(), to: z.string() })

/** GET /journeys/:id/difference */
export const differenceAnswer = z.object({
  from: z.int().nullable().describe('The version before; null: the draft'),
  to: z.int().nullable().describe('The version after; null: the draft'),
  change: z.enum(changeKinds).describe('none, words alone, or structure'),
  journey: z.array(field).describe('The journey’s own name, description, settings and variables'),
  nodes: z.object({
    added: z.array(drawnNode),
    removed: z.array(drawnNode),
    changed: z.array(z.object({ before: drawnNode, after: drawnNode, fields: z.array(field) })),
  }),
  edges: z.object({ added: z.array(line), removed: z.array(line) }),
})
export type DifferenceAnswer = z.infer<typeof differenceAnswer>
