import type { JS } from '@duckdb/node-api'
import { z } from 'zod'
import { beyondAll, type Counted, fifths } from '../../../shared/models/quintiles.ts'
import { recentDays } from '../../../shared/models/seasons.ts'
import { contentKinds, touchDays, touchKindNames } from '../../../shared/models/touches.ts'
import type { AnswerTo, AskedOf } from '../../ports/base.ts'
import type { FeatureQuestions, LookedOn, SampleAsked, Summarised } from '../../ports/features.ts'
import {
  counts,
  daysSql,
  habitsSql,
  hoursSql,
  type Looked,
  ordersSql,
  standingSql,
  touchesSql,
} from './features-sql.ts'
import { type Found, numberOf, textOf } from './found.ts'

type Row = readonly JS[]
type Answers = {
  readonly [K in keyof FeatureQuestions]: (found: Found, asked: AskedOf<K>) => Promise<AnswerTo<K>>
}

const orNull = (value: JS | undefined): number | null => (typeof value === 'number' ? value : null)

const everybody = 'true'
const lookedBy = ({ zone, before }: LookedOn, whose: string): Looked => ({ zone, before, whose })
const withAll = (...tables: readonly string[]) => `with ${tables.join(', ')}`

/** The least values of the upper four fifths; equals stand together, where the middle one of them does. */
const cutsSql = (of: string) => `(
  select [${Array.from({ length: fifths - 1 }, (_, part) => `coalesce(min(value) filter (fifth > ${part + 1}), ${beyondAll.toExponential()}::DOUBLE)`).join(', ')}]
  from (
    select value, least(${fifths}, 1 + floor((sum(times) over (order by value) - times / 2) / sum(times) over () * ${fifths})) as fifth
    from (select ${of} as value, count(*)::DOUBLE as times from s group by all)))`

const cutsOf = (value: JS | undefined): number[] => (Array.isArray(value) ? value.map(numberOf) : [])

async function survey(found: Found, asked: AskedOf<'survey'>): Promise<AnswerTo<'survey'>> {
  const looked = lookedBy(asked, everybody)
  const [row = []] = await found.rows(
    `${withAll(ordersSql(looked), daysSql, standingSql(asked.day))}
     select (select count(*) from s), (select sum(orders) from s), (select sum(reduced) from s),
       ${cutsSql(`last - ${asked.day}`)}, ${cutsSql('days')}, ${cutsSql('worth')}, (select max(person) from people)`,
  )
  const gaps = await found.rows(
    `${withAll(ordersSql(looked), daysSql)}
     select gap, count(*) from (select day - lag(day) over (partition by person order by day) as gap from d)
     where gap is not null group by all order by gap`,
  )
  return {
    customers: numberOf(row[0]),
    orders: numberOf(row[1]),
    reduced: numberOf(row[2]),
    cuts: { recency: cutsOf(row[3]), frequency: cutsOf(row[4]), value: cutsOf(row[5]) },
    gaps: gaps.map(([gap, times]): Counted => [numberOf(gap), numberOf(times)]),
    people: numberOf(row[6]),
  }
}

/** Models are tried on days that lie so far back at most, and count touches before them. */
const touchedBack = recentDays + touchDays + 1

/** Buyers by the hashes of their ids, which know nothing of when they came. */
const pickedSql = ({ from, to }: SampleAsked) => `picked as materialized (
  select person from people semi join (select distinct person from events where name = 'order') using (person)
  order by md5(id), person limit ${to - from} offset ${from})`

async function sample(found: Found, asked: AskedOf<'sample'>): Promise<AnswerTo<'sample'>> {
  const looked = lookedBy(asked, 'e.person in (from picked)')
  const rows = await found.rows(
    `${withAll(pickedSql(asked), ordersSql(looked), daysSql, touchesSql(looked), ...hoursSql)},
     touched as (select person, floor(wall / 86400000) as day, ${counts} from t
       where floor(wall / 86400000) > ${asked.day - touchedBack} group by all)
     select b.days, t.touches, h.hours, h.nights from
       (select person, list([day, worth, orders, reduced] order by day) as days from d group by all) b
       left join (select person, list([day, visits, carts, opens, clicks] order by day) as touches
                  from touched group by all) t using (person)
       left join hours h using (person)
     order by person`,
  )
  const numbers = (value: JS | undefined): number[][] => (Array.isArray(value) ? value.map(cutsOf) : [])
  return rows.map(([days, touches, hours, nights]) => ({
    ...{ hours: numberOf(hours), nights: numberOf(nights) },
    days: numbers(days).map(([day = 0, worth = 0, orders = 0, reduced = 0]) => ({
      ...{ day, worth, orders, reduced },
    })),
    touches: numbers(touches).map(([day = 0, visits = 0, carts = 0, opens = 0, clicks = 0]) => ({
      ...{ day, visits, carts, opens, clicks },
    })),
  }))
}

const touchedSchema = z.array(
  z.object({
    content: z.enum(contentKinds),
    key: z.string(),
    visits: z.number(),
    carts: z.number(),
    opens: z.number(),
    clicks: z.number(),
  }),
)

const standingColumns = [
  ...(['orders', 'reduced', 'days', 'first', 'last', 'worth', 'first_worth'] as const),
  ...(['recent', 'seasons', 'weekends'] as const),
] as const

function summarised(row: Row): Summarised {
  const [id, orders, reduced, days, first, last, worth, firstWorth, recent, seasons, weekends, ...rest] = row
  const [visits, carts, opens, clicks, category, channel, response, hour, hours, nights, touched] = rest
  return {
    customerId: String(id),
    standing: {
      ...{ orders: numberOf(orders), reduced: numberOf(reduced), days: numberOf(days) },
      ...{ first: numberOf(first), last: numberOf(last) },
      ...{ worth: numberOf(worth), firstWorth: numberOf(firstWorth) },
      ...{ recent: numberOf(recent), seasons: numberOf(seasons), weekends: numberOf(weekends) },
      ...{ visits: numberOf(visits), carts: numberOf(carts) },
      ...{ opens: numberOf(opens), clicks: numberOf(clicks) },
    },
    habits: {
      ...{ category: textOf(category), channel: textOf(channel), response: textOf(response) },
      ...{ hour: orNull(hour), hours: numberOf(hours), nights: numberOf(nights) },
    },
    touched: typeof touched === 'string' ? touchedSchema.parse(JSON.parse(touched)) : [],
  }
}

async function summaries(found: Found, asked: AskedOf<'summaries'>): Promise<AnswerTo<'summaries'>> {
  const looked = lookedBy(asked, `e.person between ${asked.from} and ${asked.to}`)
  const rows = await found.rows(
    `${withAll(
      ordersSql(looked),
      daysSql,
      standingSql(asked.day),
      touchesSql(looked),
      ...habitsSql(asked.day),
    )}
     select people.id, ${standingColumns.map((column) => `s.${column}`).join(', ')},
       ${touchKindNames.map((kind) => `touching.${kind}`).join(', ')},
       category.value, placed.value, response.value, hours.hour, hours.hours, hours.nights, touched.most
     from customers c join people using (person) left join s using (person) left join touching using (person) left join category using (person)
       left join placed using (person) left join response using (person) left join hours using (person)
       left join touched using (person)
     where c.person between ${asked.from} and ${asked.to}
     order by people.id`,
  )
  return {
    buyers: rows.filter(([, orders]) => orders !== null).map(summarised),
    unbought: rows.filter(([, orders]) => orders === null).map(([id]) => String(id)),
  }
}

/** How what models ask is answered. */
export const featureAnswers: Answers = { survey, sample, summaries }
