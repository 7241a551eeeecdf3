import { z } from 'zod'
import { addSpan, saySpan } from '../calendar/index.ts'
import { timesLeft } from '../conditions/history.ts'
import type { Reason } from '../effects/index.ts'
import type { AnswerFrom } from '../effects/requests/index.ts'
import { Problem } from '../errors/index.ts'
import { lengthSchema } from '../journey/length.ts'
import { limits } from '../limits.ts'
import { type Rendered, render } from '../message/render.ts'
import { unit } from '../stats/hash.ts'
import { say, writtenText } from '../text.ts'
import { asking, heardOf } from './asking.ts'
import { unwoken } from './recall.ts'
import { type DecideInput, type Decision, defineNode, type Finding, type Port } from './type.ts'
import { messageContext, variablesFor } from './variables.ts'

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

const isSaid = ({ buttons }: DecisionConfig) => buttons.some(({ share }) => share !== null)

/**
 * The way that is taken where nobody is asked: by the shares that are assumed, of which what is left over is nobody's
 * decision; the first button where none is. The same always for one visit of one customer.
 */
function assumed(settings: DecisionConfig, { enrollment, journey, node }: DecideInput): string {
  const { buttons } = settings
  if (!isSaid(settings)) return buttons[0]?.id ?? nobody
  const visit = timesLeft(enrollment.history, node)
  let rest = unit(journey.id, node, enrollment.customerId, visit) * 100
  for (const { id, share } of buttons) {
    rest -= share ?? 0
    if (rest < 0) return id
  }
  return nobody
}

/** Nobody is asked: what is assumed is done at once, and nobody's decision takes its time. */
function notAsked(settings: DecisionConfig, input: DecideInput, until: number, why: string): Decision {
  const port = assumed(settings, input)
  if (port !== nobody) return { kind: 'leave', port, reason: { code: 'not-asked', why } }
  return {
    kind: 'wait',
    wait: { until, event: null, cause: 'reply' },
    reason: { code: 'waiting', until },
  }
}

function notDecided(until: number): Decision {
  return { kind: 'leave', port: nobody, reason: { code: 'not-decided', deadline: until } }
}

function problemsOf(rendered: readonly Rendered[]) {
  return rendered.flatMap((one) =>
    one.ok
      ? []
      : one.problems.map((problem) => ({
          code: problem.code,
          name: 'variable' in problem ? problem.variable : null,
        })),
  )
}

/** The task in the language of the brand, in whose hours colleagues work; or what cannot be rendered of it. */
function write(settings: DecisionConfig, input: DecideInput) {
  const { brand, zone } = input
  const context = { ...messageContext(input), zone, locale: brand.language }
  const variables = variablesFor(input)
  const title = render(settings.title, variables, context)
  const text = render(settings.text, variables, context)
  if (title.ok && text.ok) return { title: title.text, text: text.text, problems: null }
  return { title: null, text: null, problems: problemsOf([title, text]) }
}

type Written = ReturnType<typeof write>

/** Nobody is troubled with a task that cannot be written; in a rehearsal neither. */
function unwritten(problems: NonNullable<Written['problems']>): Decision {
  return { kind: 'leave', port: nobody, reason: { code: 'not-asked', why: 'render', problems } }
}

function ask(settings: DecisionConfig, input: DecideInput, until: number): Decision {
  const written = write(settings, input)
  if (written.problems !== null) return unwritten(written.problems)
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
  return { kind: 'leave', port: assumed(settings, input), reason }
}

function decide(settings: DecisionConfig, input: DecideInput): Decision {
  if (input.recalled !== undefined) return again(settings, input.recalled, input)
  const { enrollment, now, zone } = input
  const heard = heardOf('decision', input)
  const until = addSpan(enrollment.arrivedAt, settings.limit, zone)
  if (heard === null) {
    // The control group walks the same path, and nobody is troubled with it (rule 12).
    if (enrollment.control) return notAsked(settings, input, until, 'control_group')
    if (input.mayCall) return until > now ? ask(settings, input, until) : notDecided(until)
    const problems = enrollment.wait === null ? write(settings, input).problems : null
    return problems === null ? notAsked(settings, input, until, 'rehearsal') : unwritten(problems)
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
