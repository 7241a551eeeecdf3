import { z } from 'zod'
import { actor } from '../audit/actor.ts'
import { writtenText } from '../text.ts'

/** What somebody asks and waits for, and whose cost grows with the data or with what was sent. */
export const askKinds = [
  'count',
  'audiences',
  'audience',
  'customers',
  'members',
  'vocabulary',
  'suggested',
  'overlap',
  'variants',
  'contentShown',
  'belonging',
  'quality',
  'attributes',
  'unreadable',
  'rows',
  'check',
  'meanwhile',
  'compile',
  'flight',
  'values',
  'revalue',
  'preview',
  'polished',
  'inspect',
  'report',
  'people',
  'whatIf',
  'survey',
  'declared',
  'written',
  'called',
  'listed',
] as const
export type AskKind = (typeof askKinds)[number]

/** What goes on by itself once it was begun. */
export const longKinds = ['import', 'rehearsal', 'upkeep', 'scoring'] as const
export type LongKind = (typeof longKinds)[number]

/** What was planned with a publication or a change of values, and goes on over the end of a process. */
export const plannedKinds = ['crossing', 'rewording'] as const
export type PlannedKind = (typeof plannedKinds)[number]

/** Whatever may be seen under way, with what is answered at once as a rule. `move`: of a sandbox's clock. */
export const workKinds = [...askKinds, ...longKinds, ...plannedKinds, 'move', 'request'] as const
export type WorkKind = (typeof workKinds)[number]

export const openWork = z.object({
  id: z.string(),
  kind: z.enum(workKinds),
  /** The file, the journey, or the address that was called. */
  what: z.string(),
  actor,
  since: z.int().describe('Real time'),
  state: z.enum(['waiting', 'running']),
  before: z.int().describe('How many have their turn before it; 0 where it runs'),
  progress: z.object({ done: z.int(), of: z.int() }).nullable(),
  until: z.int().nullable().describe('When its time is over, in real time; null before it runs'),
  endable: z
    .boolean()
    .describe('Whether a person may end it; what moves people between versions is not left half done'),
  crossing: z
    .object({
      name: writtenText.nullable().describe('Of the journey'),
      from: z.array(z.int()),
      to: z.int(),
    })
    .nullable()
    .describe(
      'Between which versions people are moved, or in which words are said anew; null: it is no such work',
    ),
})
export type OpenWork = z.infer<typeof openWork>

export const openWorkList = z.object({ work: z.array(openWork) })
