import { z } from 'zod'
import {
  addDays,
  addSpan,
  festivalId,
  localDate,
  nextFestival,
  saySpan,
  startOfDay,
} from '../calendar/index.ts'
import { sayFestivalDays } from '../calendar/say-festival.ts'
import { filterNames } from '../conditions/filter-names.ts'
import { sayFilter } from '../conditions/say.ts'
import { eventFilter } from '../conditions/schema.ts'
import { lengthSchema } from '../journey/length.ts'
import { referenceAt } from '../journey/reference.ts'
import { defineNode, type Enrollment } from './type.ts'

const config = z.strictObject({
  filter: eventFilter,
  /**
   * When an event counts: while the customer is in the journey, or, whether or not the customer has left it
   * meanwhile, within a span of entry or on days of a festival.
   */
  window: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('journey') }),
    z.strictObject({ kind: z.literal('span'), span: lengthSchema }),
    z.strictObject({
      kind: z.literal('festival'),
      festival: festivalId,
      from: z.int().min(-365).max(365),
      /** The day after the last that counts. */
      to: z.int().min(-365).max(365),
    }),
  ]),
  /** Only what belongs to the passage counts: its own messages' reports, and events of its own key. */
  bound: z.boolean().default(true),
  /** Whether reaching it ends the journey. */
  ends: z.boolean().default(false),
})
type Config = z.infer<typeof config>

function windowOf({ window }: Config, enrollment: Enrollment, zone: string): readonly [number, number] {
  const from = referenceAt(enrollment)
  if (window.kind === 'journey') return [from, Number.POSITIVE_INFINITY]
  if (window.kind === 'span') return [from, addSpan(from, window.span, zone)]
  const date =
    enrollment.entry.anchors[window.festival] ??
    nextFestival(window.festival, localDate(enrollment.enteredAt, zone))
  return [
    Math.max(from, startOfDay(addDays(date, window.from), zone)),
    startOfDay(addDays(date, window.to), zone),
  ]
}

/** Rule 19: watched from entry on, within its window after leaving too; counted once for each enrollment. No edge leads to it. */
export const goal = defineNode<Config>({
  type: 'goal',
  role: 'goal',
  category: 'ending',
  name: { 'zh-CN': '目标', en: 'Goal' },
  help: {
    'zh-CN': '统计客户是否做到你想要的事，与对照组比较；不用连线',
    en: 'Count who does what you hope for, against the control group; it needs no line',
  },
  config,
  defaults: () => ({
    filter: { event: 'order', where: [] },
    window: { kind: 'journey' },
    bound: true,
    ends: false,
  }),
  ports: () => [],
  check: ({ window }) =>
    window.kind === 'festival' && window.from >= window.to
      ? [{ code: 'bad-window', field: 'window.to', details: { detail: `${window.from} … ${window.to}` } }]
      : [],
  names: ({ filter }) => filterNames(filter).map((name) => ({ ...name, field: 'filter' })),
  goal: (settings) => ({
    filter: settings.filter,
    bound: settings.bound,
    ends: settings.ends,
    window: (enrollment, zone) => windowOf(settings, enrollment, zone),
  }),
  describe: ({ filter, window, ends }, { locale, currency }) => {
    const what = sayFilter(filter, locale, currency)
    const when =
      window.kind === 'journey'
        ? ''
        : window.kind === 'span'
          ? locale === 'en'
            ? ` within ${saySpan(window.span, locale)}`
            : `${saySpan(window.span, locale)}内`
          : `${locale === 'en' ? ' ' : ''}${sayFestivalDays(window.festival, window.from, window.to, locale)}`
    const end = ends ? (locale === 'en' ? ', then leave' : '，达成即离开') : ''
    return locale === 'en' ? `${what}${when}${end}` : `${when}${what}${end}`
  },
})
