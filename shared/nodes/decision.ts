import { z } from 'zod'
import { addSpan, saySpan } from '../calendar/index.ts'
import type { Reason } from '../effects/index.ts'
import type { AnswerFrom } from '../effects/requests/index.ts'
import { Problem } from '../errors/index.ts'
import { lengthSchema } from '../journey/length.ts'
import { limits } from '../limits.ts'
import { say, writtenText } from '../text.ts'
import { asking, heardOf } from './asking.ts'
import { assumed, notAsked, unwritten, writeFor } from './colleague.ts'
import { unwoken } from './recall.ts'
import { type DecideInput, type Decision, defineNode, type Finding, type Port } from './type.ts'

const nobody = 'timeout'

const button = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z][a-z0-9_-]{0,63}$/, 'a lower-case letter, then letters, digits, _ or -, 64 at most')
    .refine((id) => id !== nobody, 'any id but timeout'),
  name: writtenText,
  /** Of how many in a hundred a rehearsal assumes that this is pressed; null: nothing is said of it. */
  share: z.number().min(0).max(100).nullable().default(null),
})

const config = z.strictObject({
  /** What is to be decided, with variables in it. */
  title: z.string().min(1).max(limits.taskTitleLength.value),
  /** What a colleague should know for it. */
  text: z.string().max(limits.textLength.value).default(''),
  buttons: z
    .array(button)
    .min(2)
    .max(limits.decisionButtons.value)
    .refine(
      (buttons) => new Set(buttons.map(({ id }) => id)).size === buttons.length,
      'ids of ways out differ',
    ),
  /** How long there is for it; whoever nobody has decided about by then leaves by `timeout`. */
  limit: lengthSchema,
})
export type DecisionConfig = z.infer<typeof config>

function notDecided(until: number): Decision {
  return { kind: 'leave', port: nobody, reason: { code: 'not-decided', deadline: until } }
}

function ask(settings: DecisionConfig, input: DecideInput, until: number): Decision {
  const written = writeFor(settings, input)
  if (written.problems !== null) return unwritten(nobody, written.problems)
  const { title, text } = written
  const buttons = settings.buttons.map(({ id, name }) => ({ id, name }))
  return asking({ to: 'decision', title, text, buttons, until }, until)
}

function decided({ buttons }: DecisionConfig, reply: AnswerFrom<'decision'>): Decision {
  // The version that asked may have had another button than the one that hears of it.
  const known = buttons.some(({ id }) => id === reply.button)
  const { button: pressed, by, note, at } = reply
  return {
    kind: 'leave',
    port: known ? pressed : nobody,
    reason: { code: known ? 'decided' : 'not-decided', button: pressed, by, note, at },
  }
}

/** What was decided then, or why nobody was asked. */
function again(settings: DecisionConfig, recalled: Reason, input: DecideInput): Decision {
  const reason = unwoken(recalled)
  const { code, button: pressed, why } = reason
  if (code === 'decided') return { kind: 'leave', port: String(pressed), reason }
  if (code === 'not-decided' || why === 'render') return { kind: 'leave', port: nobody, reason }
  if (code !== 'not-asked') throw new Problem('trace-unfit', { what: code })
  return { kind: 'leave', port: assumed(settings.buttons, nobody, input), reason }
}

function decide(settings: DecisionConfig, input: DecideInput): Decision {
  if (input.recalled !== undefined) return again(settings, input.recalled, input)
  const { enrollment, now, zone } = input
  const heard = heardOf('decision', input)
  const until = addSpan(enrollment.arrivedAt, settings.limit, zone)
  const guess = () => assumed(settings.buttons, nobody, input)
  if (heard === null) {
    // The control group walks the same path, and nobody is troubled with it (rule 12).
    if (enrollment.control) return notAsked(guess(), nobody, until, 'control_group')
    if (input.mayCall) return until > now ? ask(settings, input, until) : notDecided(until)
    const problems = enrollment.wait === null ? writeFor(settings, input).problems : null
    return problems === null ? notAsked(guess(), nobody, until, 'rehearsal') : unwritten(nobody, problems)
  }
  if (heard.waiting !== null) return heard.waiting
  return heard.reply.ok ? decided(settings, heard.reply) : notDecided(enrollment.wait?.until ?? until)
}

const portsOf = ({ buttons }: DecisionConfig): Port[] => [
  ...buttons.map(({ id, name }) => ({ id, name })),
  { id: nobody, name: { 'zh-CN': '无人决定', en: 'Not decided' } },
]

function check({ buttons }: DecisionConfig): Finding[] {
  const sum = buttons.reduce((total, { share }) => total + (share ?? 0), 0)
  return sum <= 100 ? [] : [{ code: 'shares-over-100', field: 'buttons', details: { sum } }]
}

/** Rule 5: for a person's decision, with a time limit. */
export const decision = defineNode<DecisionConfig>({
  type: 'decision',
  role: 'step',
  category: 'choice',
  name: { 'zh-CN': '人工决定', en: 'Ask a colleague' },
  help: {
    'zh-CN': '给同事一项任务，由他按按钮决定客户往哪走',
    en: 'A colleague gets a task and decides with a button how the customer goes on',
  },
  config,
  defaults: () => ({
    title: '{{ customer.name | default: customer.id }}',
    text: '',
    buttons: [
      { id: 'yes', name: { 'zh-CN': '同意', en: 'Yes' }, share: null },
      { id: 'no', name: { 'zh-CN': '不同意', en: 'No' }, share: null },
    ],
    limit: { amount: 2, unit: 'day' },
  }),
  ports: portsOf,
  needs: () => ({ customer: true, reply: true }),
  passage: ({ limit }, { arrivedAt, zone }) => [arrivedAt, addSpan(arrivedAt, limit, zone)],
  check,
  texts: ({ title, text }) => [
    { field: 'title', text: title },
    { field: 'text', text },
  ],
  describe: ({ buttons, limit }, { locale }) => {
    const ways = buttons.map(({ name }) => say(name, locale)).join(' / ')
    const span = saySpan(limit, locale)
    return locale === 'en' ? `${ways}, within ${span}` : `${ways}，限 ${span}`
  },
  decide,
  asks: 'decision',
  // In other words, and until when it was.
  askAnew: (settings, input) => ask(settings, input, input.enrollment.wait?.until ?? input.now),
})
