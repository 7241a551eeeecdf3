import type { KeptReferral, ReferralSave } from '../../../../shared/api/referrals.ts'
import { Problem } from '../../../../shared/errors/index.ts'
import { limits } from '../../../../shared/limits.ts'
import { couponsOf } from '../../../../shared/referrals/definition.ts'
import type { OpenedLink, ReferralStore } from '../../../ports/referrals.ts'
import { changer } from '../changes.ts'
import type { BrandDatabase } from '../database.ts'
import { codeMaker } from './codes.ts'
import { joiner } from './joining.ts'
import { invitationReader } from './listing.ts'
import { definitionOf, keptReader, type ProgrammeRow, programmeColumns } from './read.ts'
import { programmeWriter } from './write.ts'

interface LinkRow extends Omit<OpenedLink, 'referral'> {
  readonly definition: string
}

/** The referral programmes of one brand's database. */
export function referralStore(db: BrandDatabase): ReferralStore {
  const { sqlite } = db
  const change = changer(db)
  const all = sqlite.prepare<[], ProgrammeRow>(
    `select ${programmeColumns} from referral_programmes order by key`,
  )
  const one = sqlite.prepare<[string], ProgrammeRow>(
    `select ${programmeColumns} from referral_programmes where key = ?`,
  )
  const write = programmeWriter(db)
  const drop = sqlite.prepare('delete from referral_programmes where key = ?')
  const links = sqlite
    .prepare<[number], number>('select count(*) from referral_codes where programme = ?')
    .pluck()
  const isCoupon = sqlite.prepare<[string], number>('select 1 from coupon_definitions where key = ?').pluck()
  const isCustomer = sqlite.prepare<[string], number>('select 1 from customers where id = ?').pluck()
  const link = sqlite.prepare<[string], LinkRow>(
    `select c.code, c.customer_id as customerId, u.name, p.definition, p.revision
     from referral_codes c join referral_programmes p on p.seq = c.programme
       join customers u on u.id = c.customer_id where c.code = ?`,
  )
  const opened = sqlite.prepare('update referral_codes set opened = opened + ? where code = ?')
  const settle = sqlite.prepare(
    `update referrals set state = @state, reason = @reason, at = @at, decided_by = @by
     where id = @id and state = 'held'`,
  )
  const hasBought = sqlite
    .prepare<[string], number>(
      `select exists (select 1 from referrals r join events e on e.customer_id = r.customer_id and e.name = 'order'
         and e.at / 1000 >= r.joined_at / 1000 and coalesce(e.amount, 0) >= r.min_order where r.id = ?)`,
    )
    .pluck()
  const kept = keptReader(db)
  const join = joiner(db)
  const reader = invitationReader(db)
  const codeFor = codeMaker(sqlite)

  const must = (key: string): ProgrammeRow => {
    const row = one.get(key)
    if (row === undefined) throw new Problem('not-found', { what: key }, 'key')
    return row
  }
  const read = (key: string): KeptReferral => {
    const found = kept(must(key))
    if (found === null) throw new Problem('not-found', { what: key }, 'key')
    return found
  }
  const save = ({ referral, revision }: ReferralSave, at: number): void => {
    const { key } = referral
    const row = one.get(key)
    if (revision === null) {
      if (row !== undefined) throw new Problem('referral-exists', { referral: key }, 'referral.key')
      const limit = limits.referrals.value
      if (all.all().length >= limit) throw new Problem('referrals-too-many', { limit })
    } else if (must(key).revision !== revision) {
      const current = row?.revision ?? 0
      throw new Problem('referral-stale', { referral: key, revision, current }, 'revision')
    }
    for (const [place, coupon] of couponsOf(referral))
      if (isCoupon.get(coupon) === undefined)
        throw new Problem('coupon-unknown', { coupon }, `referral.${place}`)
    write(referral, at)
  }
  const remove = (key: string): void => {
    const { seq } = must(key)
    const count = links.get(seq) ?? 0
    if (count > 0) throw new Problem('referral-begun', { referral: key, links: count })
    drop.run(key)
  }
  const linkOf = sqlite.transaction((key: string, customerId: string, now: number): string => {
    const { seq } = must(key)
    if (isCustomer.get(customerId) === undefined)
      throw new Problem('unknown-customer', { customer: customerId }, 'customerId')
    return codeFor(seq, customerId, now)
  })
  const countOpened = sqlite.transaction((counted: ReadonlyMap<string, number>) => {
    for (const [code, count] of counted) opened.run(count, code)
  })
  const decide = (
    key: string,
    id: string,
    accept: boolean,
    by: { readonly id: string; readonly at: number },
  ) => {
    const row = must(key)
    const found = reader.find(row.seq, id)
    if (found === null) throw new Problem('not-found', { what: id }, 'id')
    if (found.state !== 'held') throw new Problem('referral-decided', {}, 'id')
    const waits = definitionOf(row)?.asks === 'order' && hasBought.get(id) !== 1
    const state = accept ? (waits ? 'waiting' : 'due') : 'refused'
    settle.run({ id, state, reason: accept ? null : 'by_person', at: by.at, by: by.id })
    return { ...found, state, reason: accept ? null : 'by_person', at: by.at } as const
  }

  return {
    list: async () => all.all().flatMap((row) => kept(row) ?? []),
    get: async (key) => read(key),
    save: async (act, saving) =>
      change(
        act,
        () => save(saving, act.at),
        () => ({ action: 'referral.saved', id: saving.referral.key }),
      ),
    remove: async (act, key) =>
      change(
        act,
        () => remove(key),
        () => ({ action: 'referral.removed', id: key }),
      ),
    linkOf: async (key, customerId, now) => linkOf.immediate(key, customerId, now),
    find: async (code) => {
      const row = link.get(code)
      if (row === undefined) return null
      const { definition, ...rest } = row
      const referral = definitionOf({ definition })
      return referral === null ? null : { ...rest, referral }
    },
    countOpened: async (counted) => {
      countOpened.immediate(counted)
    },
    join: async (act, joining) =>
      change(
        act,
        () => join(joining, act.at),
        ({ state, reason }) => ({
          action: 'referral.joined',
          id: joining.customerId,
          detail: { state, ...(reason === null ? {} : { reason }) },
        }),
      ),
    decide: async (act, { key, id, accept }) =>
      change(
        act,
        () => decide(key, id, accept, { id: act.actor.id, at: act.at }),
        ({ invited }) => ({
          action: 'referral.decided',
          id: invited,
          detail: { what: key, decision: accept ? 'accept' : 'refuse' },
        }),
      ),
    invitations: async ({ key, ...query }) => reader.page(must(key).seq, query),
    report: async (key) => reader.report(must(key).seq),
  }
}
