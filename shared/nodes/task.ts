import { z } from 'zod'
import { addSpan, saySpan } from '../calendar/index.ts'
import { addWork, type WorkHours, workHoursSchema } from '../calendar/work-hours.ts'
import { addWorkTime, endOfWorkday } from '../calendar/work-time.ts'
import type { Reason } from '../effects/index.ts'
import { forWhom } from '../effects/requests/for-whom.ts'
import type { AnswerFrom } from '../effects/requests/index.ts'
import { taskKinds } from '../effects/requests/task.ts'
import { callResults } from '../effects/requests/task-results.ts'
import { Problem } from '../errors/index.ts'
import { lengthSchema } from '../journey/length.ts'
import { limits } from '../limits.ts'
import { say, writtenText } from '../text.ts'
import { asking, heardOf } from './asking.ts'
import { assumed, notAsked, unwritten, writeFor } from './colleague.ts'
import { unwoken } from './recall.ts'
import { type DecideInput, type Decision, defineNode, type Finding, type Port } from './type.ts'

const overdue = 'overdue'

const result = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z][a-z0-9_-]{0,63}$/, 'a lower-case letter, then letters, digits, _ or -, 64 at most')
    .refine((id) => id !== overdue, 'any id but overdue'),
  name: writtenText,
  /** Of how many in a hundred a rehearsal assumes that this comes of it; null: nothing is said of it. */
  share: z.number().min(0).max(100).nullable().default(null),
})

const config = z.strictObject({
  kind: z.enum(taskKinds).default('call'),
  /** What is to be done, with variables in it. */
  title: z.string().min(1).max(limits.taskTitleLength.value),
  /** Why, and what one should know for it. */
  text: z.string().max(limits.textLength.value).default(''),
  /** Whoever has the customer, one of the staff, or whoever of a team takes it first. */
  for: forWhom,
  /** What may come of it. */
  results: z
    .array(result)
    .min(1)
    .max(limits.taskResults.value)
    .refine(
      (results) => new Set(results.map(({ id }) => id)).size === results.length,
      'ids of ways out differ',
    ),
  /** How long there is for it. */
  limit: lengthSchema,
  /**
   * When people are at work: hours and minutes pass only then; null: round the clock. `brand`: as the brand has it, where
   * days are days of work too.
   */
  hours: z
    .union([z.literal('brand'), workHoursSchema])
    .nullable()
    .default(null),
  /** By the brand’s hours: whether there is time until work ends on the last of the days. */
  dayEnd: z.boolean().default(false),
  /** How much longer there is once it is late, for the leader of the team too; null: it is over at once. */
  escalate: lengthSchema.nullable().default(null),
  priority: z.enum(['normal', 'high']).default('normal'),
})
export type TaskConfig = z.infer<typeof config>

type Add = (at: number, span: TaskConfig['limit']) => number

const timesBy = ({ limit, escalate }: TaskConfig, arrivedAt: number, first: Add, add: Add) => {
  const due = first(arrivedAt, limit)
  return { due, until: escalate === null ? due : add(due, escalate) }
}

/** When it is late, and when it is over. */
function timesOf(settings: TaskConfig, { enrollment, brand, zone }: DecideInput) {
  const { hours, dayEnd } = settings
  if (hours !== 'brand') return ownTimesOf(settings, hours, enrollment.arrivedAt, zone)
  // Its people are where the brand is, wherever the journey or the customer may be.
  const add: Add = (at, span) => addWorkTime(at, span, brand.work, brand.zone)
  const first: Add = (at, span) =>
    dayEnd && span.unit === 'day' ? endOfWorkday(at, span.amount, brand.work, brand.zone) : add(at, span)
  return timesBy(settings, enrollment.arrivedAt, first, add)
}

function ownTimesOf(settings: TaskConfig, hours: WorkHours | null, arrivedAt: number, zone: string) {
  const add: Add = (at, span) => (hours === null ? addSpan(at, span, zone) : addWork(at, span, hours, zone))
  return timesBy(settings, arrivedAt, add, add)
}

const namesWhom: Readonly<
  Record<
    TaskConfig['for']['to'],
    (
      whom: TaskConfig['for'],
      input: DecideInput,
    ) => { readonly staff: string | null; readonly team: string | null }
  >
> = {
  owner: (_whom, { facts }) => {
    const { owner, owner_team: team } = facts.customer.attributes
    return {
      staff: owner === undefined ? null : String(owner),
      team: team === undefined ? null : String(team),
    }
  },
  staff: (whom) => ({ staff: whom.to === 'staff' ? whom.staff : null, team: null }),
  team: (whom) => ({ staff: null, team: whom.to === 'team' ? whom.team : null }),
}

function ask(settings: TaskConfig, input: DecideInput, times: { due: number; until: number }): Decision {
  const written = writeFor(settings, input)
  if (written.problems !== null) return unwritten(overdue, written.problems)
  const { title, text } = written
  const { kind, priority } = settings
  const results = settings.results.map(({ id, name }) => ({ id, name }))
  const whom = namesWhom[settings.for.to](settings.for, input)
  return asking({ to: 'task', kind, title, text, results, ...whom, priority, ...times }, times.until)
}

const notDone = (until: number): Decision => ({
  kind: 'leave',
  port: overdue,
  reason: { code: 'task-overdue', deadline: until },
})

function done({ results }: TaskConfig, reply: AnswerFrom<'task'>): Decision {
  // The version that asked may have had another result than the one that hears of it.
  const known = results.some(({ id }) => id === reply.result)
  const { result: came, by, note, next, at } = reply
  return {
    kind: 'leave',
    port: known ? came : overdue,
    reason: { code: known ? 'task-done' : 'task-overdue', result: came, by, note, next, at },
  }
}

/** What came of it then, or why nobody was asked. */
function again(settings: TaskConfig, recalled: Reason, input: DecideInput): Decision {
  const reason = unwoken(recalled)
  const { code, result: came, why } = reason
  if (code === 'task-done') return { kind: 'leave', port: String(came), reason }
  if (code === 'task-overdue' || why === 'render') return { kind: 'leave', port: overdue, reason }
  if (code !== 'not-asked') throw new Problem('trace-unfit', { what: code })
  return { kind: 'leave', port: assumed(settings.results, overdue, input), reason }
}

function decide(settings: TaskConfig, input: DecideInput): Decision {
  if (input.recalled !== undefined) return again(settings, input.recalled, input)
  const { enrollment, now } = input
  const heard = heardOf('task', input)
  const times = timesOf(settings, input)
  const { until } = times
  const guess = () => assumed(settings.results, overdue, input)
  if (heard === null) {
    // The control group walks the same path, and nobody is troubled with it (rule 12).
    if (enrollment.control) return notAsked(guess(), overdue, until, 'control_group')
    if (input.mayCall) return until > now ? ask(settings, input, times) : notDone(until)
    const problems = enrollment.wait === null ? writeFor(settings, input).problems : null
    return problems === null ? notAsked(guess(), overdue, until, 'rehearsal') : unwritten(overdue, problems)
  }
  if (heard.waiting !== null) return heard.waiting
  return heard.reply.ok ? done(settings, heard.reply) : notDone(enrollment.wait?.until ?? until)
}

/** Whom it names by their keys. */
function namedIn({ for: whom }: TaskConfig) {
  if (whom.to === 'staff') return [{ kind: 'staff' as const, field: 'for', name: whom.staff }]
  return whom.to === 'team' ? [{ kind: 'team' as const, field: 'for', name: whom.team }] : []
}

const portsOf = ({ results }: TaskConfig): Port[] => [
  ...results.map(({ id, name }) => ({ id, name })),
  { id: overdue, name: { 'zh-CN': '逾期未办', en: 'Not done in time' } },
]

function check({ results }: TaskConfig): Finding[] {
  const sum = results.reduce((total, { share }) => total + (share ?? 0), 0)
  return sum <= 100 ? [] : [{ code: 'shares-over-100', field: 'results', details: { sum } }]
}

const workWords = { 'zh-CN': '（工作时间）', en: ' of work' } as const

const kindWords = {
  call: { 'zh-CN': '打电话', en: 'Call' },
  visit: { 'zh-CN': '上门或到店', en: 'Visit' },
  message: { 'zh-CN': '亲自发消息', en: 'Write in person' },
  decide: { 'zh-CN': '做决定', en: 'Decide' },
  other: { 'zh-CN': '待办', en: 'To do' },
} as const satisfies Readonly<Record<TaskConfig['kind'], { 'zh-CN': string; en: string }>>

/** A task for whoever has the customer, for one of the staff or for a team; each result is a way out. */
export const task = defineNode<TaskConfig>({
  type: 'task',
  role: 'step',
  category: 'choice',
  name: { 'zh-CN': '员工任务', en: 'Task for staff' },
  help: {
    'zh-CN': '交给归属员工、指定的人或团队去办，办完的结果决定客户往哪走',
    en: 'Whoever has the customer, one of the staff or a team does it; what comes of it decides how the customer goes on',
  },
  config,
  defaults: () => ({
    kind: 'call',
    title: '联系 {{ customer.name | default: customer.id }}',
    text: '',
    for: { to: 'owner' },
    results: callResults.map((one) => ({ ...one, share: null })),
    limit: { amount: 2, unit: 'day' },
    hours: 'brand',
    dayEnd: false,
    escalate: null,
    priority: 'normal',
  }),
  ports: portsOf,
  needs: () => ({ customer: true, reply: true }),
  // What the brand's hours are is not known beforehand.
  passage: (settings, { arrivedAt, zone }) =>
    settings.hours === 'brand'
      ? null
      : [arrivedAt, ownTimesOf(settings, settings.hours, arrivedAt, zone).until],
  check,
  names: namedIn,
  texts: ({ title, text }) => [
    { field: 'title', text: title },
    { field: 'text', text },
  ],
  describe: ({ kind, results, limit, hours }, { locale }) => {
    const ways = results.map(({ name }) => say(name, locale)).join(' / ')
    const span = saySpan(limit, locale)
    const worked = hours === 'brand' ? workWords[locale] : ''
    const what = say(kindWords[kind], locale)
    return locale === 'en'
      ? `${what}: ${ways}, within ${span}${worked}`
      : `${what}：${ways}，限 ${span}${worked}`
  },
  decide,
  asks: 'task',
  // In other words, and until when it was.
  askAnew: (settings, input) => {
    const times = timesOf(settings, input)
    const until = input.enrollment.wait?.until ?? times.until
    return ask(settings, input, { due: Math.min(times.due, until), until })
  },
})
