import type { DuckDBValue } from '@duckdb/node-api'
import { z } from 'zod'
import type { QualityCheck, QualityExample, QualityFinding } from '../../../shared/api/quality.ts'
import { type Found, numberOf, textOf } from './found.ts'

/** So many of whom a finding is true are shown. */
export const mostExamples = 3
/** So many findings of one check, those that concern most. */
const mostSubjects = 20

/**
 * Something that is looked for: a query of what is wrong, a row each, with `subject`, `person`, `event`, `event_id`,
 * `happened`, `value`, and `nth`, of which the least are shown.
 */
export interface Look {
  readonly check: QualityCheck
  readonly sql: string
  readonly values?: readonly DuckDBValue[]
  readonly of?: number | null
  readonly sampled?: boolean
  readonly days?: readonly string[]
  /** Where it is known how often it is wrong, and the query only gives examples. */
  readonly count?: number
}

/** A row of a look, of a customer alone. */
export const customerRow = (subject: string, value: string, nth = 'id') =>
  `select ${subject} as subject, person, null as event, null as event_id, null::DOUBLE as happened, ${value} as value, ${nth} as nth`
/** A row of a look, of an event. */
export const eventRow = (subject: string, value: string, nth = 'e.seq') =>
  `select ${subject} as subject, e.person, e.name as event, e.id as event_id, e.moment as happened, ${value} as value, ${nth} as nth`

const shown = z.array(
  z.object({
    person: z.number(),
    event: z.string().nullable(),
    event_id: z.string().nullable(),
    happened: z.number().nullable(),
    value: z.string().nullable(),
  }),
)
type Shown = z.output<typeof shown>[number]

/** Of an address its beginning and its end are told. */
const masked: ReadonlySet<QualityCheck> = new Set(['same-phone', 'same-email'])
const hint = (value: string) => `${value.slice(0, 3)}…${value.slice(-4)}`

/** Who the people of some examples are. */
async function named(found: Found, people: readonly number[]) {
  if (people.length === 0) return new Map<number, { id: string; name: string | null }>()
  const rows = await found.rows(
    `select p.person, p.id, c.name from people p left join customers c using (person)
     where p.person in (${[...new Set(people)].join(', ')})`,
  )
  return new Map(
    rows.map(([person, id, name]) => [numberOf(person), { id: textOf(id) ?? '', name: textOf(name) }]),
  )
}

interface Read extends Pick<QualityFinding, 'check' | 'subject' | 'count' | 'of' | 'sampled' | 'days'> {
  readonly shown: readonly Shown[]
}

async function read(found: Found, look: Look): Promise<Read[]> {
  const { check, sql, values = [], of = null, sampled = false, days = [], count } = look
  const rows = await found.rows(
    `select subject, count(*) as n, to_json(arg_min({person: person, event: event, event_id: event_id, happened: happened,
       value: value::VARCHAR}, nth, ${mostExamples}))::VARCHAR
     from (${sql}) group by subject order by n desc, subject limit ${mostSubjects}`,
    values,
  )
  return rows.map(([subject, n, examples]) => ({
    ...{ check, subject: textOf(subject), of, sampled, days: [...days] },
    count: count ?? numberOf(n),
    shown: shown.parse(JSON.parse(textOf(examples) ?? '[]')),
  }))
}

/** What was found of all that was looked for. */
export async function looked(found: Found, looks: readonly Look[]): Promise<QualityFinding[]> {
  const reads: Read[] = []
  for (const look of looks) reads.push(...(await read(found, look)))
  const people = await named(
    found,
    reads.flatMap((one) => one.shown.map(({ person }) => person)),
  )
  const exampleOf = (
    check: QualityCheck,
    { person, event, event_id, happened, value }: Shown,
  ): QualityExample => ({
    customerId: people.get(person)?.id ?? '',
    customerName: people.get(person)?.name ?? null,
    ...{ event, eventId: event_id, at: happened },
    value: value !== null && masked.has(check) ? hint(value) : value,
  })
  return reads.map(({ shown: rows, ...finding }) => ({
    ...finding,
    examples: rows.map((row) => exampleOf(finding.check, row)),
  }))
}
