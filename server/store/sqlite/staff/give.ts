import { type GivingWay, givingWay } from '../../../../shared/api/staff.ts'
import { actor, engineActor } from '../../../../shared/audit/actor.ts'
import type { GivenAway, Giving, GivingStore, Waiting } from '../../../ports/staff.ts'
import { auditWriter } from '../audit/audit.ts'
import type { BrandDatabase } from '../database.ts'
import { readColumn, valueOr } from '../stored-json.ts'
import { desksReader } from './reads.ts'

interface GivingRow {
  readonly id: number
  readonly way: string
  readonly target: string | null
  readonly source: string | null
  readonly unowned: number
  readonly actor: string
}

/** A way as it is kept; one that nobody knows is that of the rules. */
function wayOf({ way, target }: Pick<GivingRow, 'way' | 'target'>): GivingWay {
  const written = way === 'rules' ? { kind: way } : { kind: way, [way]: target }
  return givingWay.safeParse(written).data ?? { kind: 'rules' }
}

const givingOf = ({ source, unowned, actor: who, id, ...row }: GivingRow): Giving => ({
  ...{ id, source, unowned: unowned === 1, way: wayOf(row) },
  actor: valueOr(readColumn(who, actor), engineActor),
})

/** Makes somebody the owner of a customer, and moves what they still have to do; whoever had the customer has had them. */
export function ownerWriter({ sqlite }: Pick<BrandDatabase, 'sqlite'>) {
  const current = sqlite
    .prepare<[string], string>('select staff from owners where customer_id = ? and until is null')
    .pluck()
  const end = sqlite.prepare<[number, string, string]>(
    'update owners set until = ?, ended = ? where customer_id = ? and until is null',
  )
  const add = sqlite.prepare<[string, string, number, string, string | null]>(
    'insert into owners (customer_id, staff, since, by, rule) values (?, ?, ?, ?, ?)',
  )
  const moveTasks = sqlite.prepare<[string, string, string]>(
    'update tasks set staff = ?, taken_at = null where customer_id = ? and staff = ? and done_at is null',
  )
  return {
    current: (customerId: string) => current.get(customerId) ?? null,
    /** Whether anything has changed. */
    own(
      customerId: string,
      staff: string | null,
      { at, by, rule }: { at: number; by: 'rule' | 'person' | 'file' | 'left'; rule: string | null },
    ): boolean {
      const before = current.get(customerId) ?? null
      if (before === staff) return false
      if (before !== null)
        end.run(at, staff === null ? 'taken' : by === 'left' ? 'left' : 'given', customerId)
      if (staff !== null) add.run(customerId, staff, at, by, rule)
      if (before !== null && staff !== null) moveTasks.run(staff, customerId, before)
      return true
    },
  }
}

/** Where customers wait to be given to somebody: what is cut off goes on where it was. */
export function givingStore(db: BrandDatabase): GivingStore {
  const { sqlite } = db
  const next = sqlite.prepare<[number], { customer: string; giving: number | null; owner: string | null }>(
    `select g.customer_id as customer, g.giving, o.staff as owner from to_give g
     left join owners o on o.customer_id = g.customer_id and o.until is null order by g.customer_id limit ?`,
  )
  const givings = sqlite.prepare<[string], GivingRow>(
    `select id, way, target, source, unowned, actor from givings where id in (select value from json_each(?))`,
  )
  const drop = sqlite.prepare<[string]>('delete from to_give where customer_id = ?')
  const turn = sqlite.prepare<[string, string]>('update assign_rules set last = ? where id = ?')
  const exists = sqlite.prepare<[string], number>('select 1 from customers where id = ?').pluck()
  const owner = ownerWriter(db)
  const audit = auditWriter(db)
  const desks = desksReader(db)
  const give = (
    batch: readonly GivenAway[],
    last: ReadonlyMap<string, string>,
    at: number,
    realAt: number,
  ) => {
    const done = new Map<Giving | null, number>()
    for (const { customerId, giving, given } of batch) {
      drop.run(customerId)
      if (given === null || exists.get(customerId) !== 1) continue
      const by = giving?.source == null ? (giving?.way.kind === 'staff' ? 'person' : 'rule') : 'left'
      const rule = giving === null || giving.way.kind === 'rules' ? given.rule : null
      if (owner.own(customerId, given.staff, { at, by, rule })) done.set(giving, (done.get(giving) ?? 0) + 1)
    }
    for (const [rule, staff] of last) turn.run(staff, rule)
    for (const [giving, count] of done)
      audit({ actor: giving?.actor ?? engineActor, at, realAt }, 'customer.assigned', '', { count })
  }
  const write = sqlite.transaction(give)
  return {
    async waiting(limit) {
      const rows = next.all(limit)
      const ids = [...new Set(rows.flatMap(({ giving }) => (giving === null ? [] : [giving])))]
      return {
        customers: rows.map(
          ({ customer, giving, owner: has }): Waiting => ({ customerId: customer, giving, owner: has }),
        ),
        givings: ids.length === 0 ? [] : givings.all(JSON.stringify(ids)).map(givingOf),
      }
    },
    desks,
    give: async (batch, { last }, { at, realAt }) => write.immediate(batch, last, at, realAt),
  }
}
