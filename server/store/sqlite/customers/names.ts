import type { KnownNames, LooseName } from '../../../../shared/compile/index.ts'
import type { BrandDatabase } from '../database.ts'

/** A tag is known before anybody bears it where a journey gives it. */
const givenByJourney = `select 1 from journeys j, json_each(iif(json_valid(j.draft), j.draft, '{}'), '$.nodes') n,
  json_each(n.value, '$.config.add') a
  where j.deleted_at is null and json_extract(n.value, '$.type') = 'tag' and a.value = @name`

/** Whether any customer has, has done or bears what is named, or it is there to work; each seeks in an index. */
const seeks = {
  attribute: 'select exists (select 1 from attributes where name = @name)',
  event: 'select exists (select 1 from events where name = @name)',
  tag: `select exists (select 1 from tags where tag = @name) or exists (${givenByJourney})`,
  staff: 'select exists (select 1 from staff where id = @name and active = 1)',
  team: 'select exists (select 1 from teams where id = @name)',
} as const satisfies Record<LooseName['kind'], string>

/** Which of some names are known to the brand's data, as they are now. */
export function knownNames({ sqlite }: BrandDatabase, asked: readonly LooseName[]): KnownNames {
  const customers = sqlite.prepare<[], number>('select count(*) from customers').pluck().get() ?? 0
  const known = new Map(
    asked.map(({ kind, name }) => [
      `${kind} ${name}`,
      sqlite.prepare<{ name: string }, number>(seeks[kind]).pluck().get({ name }) === 1,
    ]),
  )
  return { customers, has: (kind, name) => known.get(`${kind} ${name}`) ?? null }
}
