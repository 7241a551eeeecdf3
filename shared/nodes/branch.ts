import { z } from 'zod'
import { evaluate, needsOf, type Seen } from '../conditions/evaluate.ts'
import { conditionSchema } from '../conditions/schema.ts'
import { Problem } from '../errors/index.ts'
import { referenceAt, referenceMark } from '../journey/reference.ts'
import { say, writtenText } from '../text.ts'
import { recallSeen, seenOf } from './recall.ts'
import { type DecideInput, type Decision, defineNode } from './type.ts'

const config = z.strictObject({
  branches: z
    .array(
      z.strictObject({
        id: z
          .string()
          .regex(/^[a-z][a-z0-9_-]{0,63}$/, 'a lower-case letter, then letters, digits, _ or -, 64 at most')
          .refine((id) => id !== 'otherwise', 'any id but otherwise'),
        name: writtenText,
        when: conditionSchema,
      }),
    )
    .min(1)
    .max(20)
    .refine(
      (branches) => new Set(branches.map(({ id }) => id)).size === branches.length,
      'branch ids differ',
    ),
})
type Config = z.infer<typeof config>

type OfAudience = Seen & { readonly test: Extract<Seen['test'], { kind: 'audience' }> }

/** Whether nobody can say who is in the audience that a test asks about. */
const isUnknown = (seen: Seen): seen is OfAudience => seen.test.kind === 'audience' && seen.actual === null

function decide({ branches }: Config, input: DecideInput): Decision {
  const { enrollment, facts } = input
  const context = {
    now: input.now,
    zone: input.zone,
    enteredAt: referenceAt(enrollment),
    entryEvent: enrollment.entry.event === null ? null : referenceMark(enrollment, true),
    anchors: enrollment.entry.anchors,
  }
  const recall = input.recalled === undefined ? null : recallSeen(input.recalled)
  const seen: Seen[] = []
  const chosen = branches.find((branch) => {
    const before = seen.length
    const holds = evaluate(branch.when, facts, context, seen, recall)
    const unknown = holds ? undefined : seen.slice(before).find(isUnknown)
    // Neither this way nor any other is surely the customer's: nobody is let past a list that has been lost.
    if (unknown !== undefined) throw new Problem('audience-unknown', { audience: unknown.test.audience })
    return holds
  })
  return {
    kind: 'leave',
    port: chosen?.id ?? 'otherwise',
    reason: { code: chosen ? 'condition-held' : 'no-condition-held', seen: seen.map(seenOf) },
  }
}

/** Rule 9: conditions in order; the first that holds wins, and otherwise always exists. */
export const branch = defineNode<Config>({
  type: 'branch',
  role: 'step',
  category: 'choice',
  name: { 'zh-CN': '条件分支', en: 'Branch' },
  help: {
    'zh-CN': '按条件把客户分到不同的路，先满足的先走',
    en: 'Send customers different ways by conditions, tried in order',
  },
  config,
  defaults: () => ({
    branches: [{ id: 'yes', name: { 'zh-CN': '满足', en: 'Yes' }, when: { kind: 'all', of: [] } }],
  }),
  ports: ({ branches }) => [
    ...branches.map(({ id, name }) => ({ id, name })),
    { id: 'otherwise', name: { 'zh-CN': '其他', en: 'Otherwise' } },
  ],
  needs: ({ branches }) => ({ customer: true, ...needsOf(branches.map(({ when }) => when)) }),
  conditions: ({ branches }) =>
    branches.map(({ when }, index) => ({ field: `branches.${index}.when`, condition: when })),
  describe: ({ branches }, { locale }) => {
    const names = branches.map(({ name }) => say(name, locale))
    return [...names, locale === 'en' ? 'otherwise' : '其他'].join(locale === 'en' ? ' · ' : ' · ')
  },
  decide,
})
