import type { MergeReason } from '../../../../shared/api/persons.ts'
import { Problem } from '../../../../shared/errors/index.ts'
import { originOf } from '../../../../shared/origins/kinds.ts'
import { type Aged, survivorOf } from '../../../../shared/persons/survivor.ts'
import type { Act } from '../../../ports/acts.ts'
import type { Claim, MergeEndings, MergePair, PersonStore } from '../../../ports/persons.ts'
import { changer } from '../changes.ts'
import type { BrandDatabase } from '../database.ts'
import { batchWriter } from '../enrollments/commit.ts'
import { columnsOf, type EnrollmentRow, storedOrBare } from '../enrollments/enrollments.ts'
import { readBrand } from '../settings/meta.ts'
import { visitJoiner } from '../tracking/joining.ts'
import { aliasReader } from './aliases.ts'
import { hintOf } from './bearers.ts'
import { duplicateReader } from './duplicates.ts'
import { identifierKeeper, type Met } from './identifiers.ts'
import { mergeReader } from './list.ts'
import { merger } from './merging.ts'
import { pairKeeper } from './pairs.ts'
import { undoer } from './undoing.ts'

function ageReader({ sqlite }: BrandDatabase) {
  const read = sqlite.prepare<[string], Aged>(
    `select id, nullif(min(coalesce(registered_at, 9e15),
       coalesce((select min(at) from events e where e.customer_id = c.id), 9e15)), 9e15) as since
     from customers c where id = ?`,
  )
  return (id: string): Aged => {
    const found = read.get(id)
    if (found === undefined) throw new Problem('unknown-customer', { customer: id })
    return found
  }
}

/** Of two in one journey under one key, the one that came in later. */
function clashReader({ sqlite }: BrandDatabase) {
  const read = sqlite
    .prepare<MergePair, EnrollmentRow>(
      `select ${columnsOf('later')} from enrollments a join enrollments b on b.journey_id = a.journey_id
         and b.entry_key = a.entry_key and b.customer_id = @into and b.ended_at is null
       join enrollments later on later.id =
         iif(a.entered_at > b.entered_at or (a.entered_at = b.entered_at and a.id > b.id), a.id, b.id)
       where a.customer_id = @from and a.ended_at is null`,
    )
    .raw()
  return (pair: MergePair) => read.all({ ...pair }).map(storedOrBare)
}

/** One person over many identifiers, over one brand's database. */
export function personStore(db: BrandDatabase): PersonStore {
  const change = changer(db)
  const aliases = aliasReader(db)
  const identifiers = identifierKeeper(db)
  const pairs = pairKeeper(db)
  const makeOne = merger(db)
  const undo = undoer(db)
  const merges = mergeReader(db)
  const duplicates = duplicateReader(db)
  const age = ageReader(db)
  const clashes = clashReader(db)
  const commit = batchWriter(db)
  const joinVisits = visitJoiner(db)
  const former = db.sqlite
    .prepare<[string], string>('select id from aliases where customer_id = ? order by id')
    .pluck()
  const known = db.sqlite.prepare('select 1 from customers where id = ?')

  const current = (id: string) => aliases([id]).get(id) ?? id
  const mergeNow = (act: Act, pair: MergePair, endings: MergeEndings, reason: MergeReason) =>
    change(
      act,
      () => {
        const { applied } = commit({ now: endings.now, changes: endings.changes, taken: [] })
        const { id, rows } = makeOne({ ...pair, act, reason })
        return { merge: merges.one(id, act.realAt), ended: applied, rows }
      },
      ({ rows }) => ({ action: 'customer.merged', id: pair.into, detail: { from: pair.from, count: rows } }),
    )
  const provenPair = ({ others }: Met, customerId: string): MergePair | null => {
    const proven = others.find(({ judgement }) => judgement.kind === 'merge')
    if (proven === undefined) return null
    const [own, other] = [age(customerId), age(proven.bearer.customerId)]
    const stands = survivorOf(own, other)
    return { into: stands.id, from: stands === own ? other.id : own.id }
  }
  const claimed = (claim: Claim): Claim => ({ ...claim, customerId: current(claim.customerId) })
  const meet = (claim: Claim) => identifiers.meet(claim, readBrand(db).merging)
  const rejoin = db.sqlite.transaction((act: Act, given: Claim, endings: MergeEndings) => {
    const claim = claimed(given)
    const { kind } = claim
    const pair = provenPair(meet(claim), claim.customerId)
    if (pair !== null) mergeNow(act, pair, endings, { by: 'identifier', kind, hint: hintOf(claim) })
    const own = { ...claim, customerId: pair?.into ?? claim.customerId }
    const answer = change(
      act,
      () => identifiers.keep(own, meet(own), originOf(act.actor)),
      () => ({ action: 'customer.identified', id: own.customerId, detail: { kind } }),
    )
    if (kind === 'device' && answer.customerId === own.customerId)
      joinVisits(own.value, own.customerId, act.at)
    return pair === null ? answer : { ...answer, outcome: 'merged' as const, others: [pair.from] }
  })

  return {
    current: async (id) => current(id),
    currentOf: async (ids) => aliases(ids),
    async identifiersOf(asked) {
      const id = current(asked)
      if (known.get(id) === undefined) throw new Problem('not-found', { what: asked }, 'customer')
      return { identifiers: identifiers.list(id), formerIds: former.all(id) }
    },
    find: async (all) => all.map((one) => identifiers.find(one)),
    async proves(given) {
      const claim = claimed(given)
      return provenPair(meet(claim), claim.customerId)
    },
    ages: async ([one, other]) => [age(one), age(other)],
    clashing: async (pair) => clashes(pair),
    merges: async (page, realNow) => merges.list(page, realNow),
    duplicates: async (page) => duplicates(page),
    async merge(act, pair, endings) {
      const reason = { by: 'person', kind: null, hint: null } as const
      const { merge, ended } = mergeNow(act, pair, endings, reason)
      return { merge, ended }
    },
    undo: async (act, id) =>
      change(
        act,
        () => {
          const { back, stayed } = undo(id, act)
          return { merge: merges.one(id, act.realAt), back, stayed }
        },
        ({ merge }) => ({ action: 'customer.unmerged', id: merge.into.id, detail: { from: merge.from.id } }),
      ),
    attach: async (act, claim, endings) => rejoin.immediate(act, claim, endings),
    detach: async (act, asked, identifier) =>
      change(
        act,
        () => {
          if (!identifiers.remove(current(asked), identifier))
            throw new Problem('not-found', { what: hintOf(identifier) }, 'value')
        },
        () => ({ action: 'customer.unidentified', id: asked, detail: { kind: identifier.kind } }),
      ),
    keepApart: async (act, ids) =>
      change(
        act,
        () => {
          const said = { at: act.realAt, by: JSON.stringify(act.actor) }
          const all = [...new Set(ids.map(current))]
          for (const [at, id] of all.entries())
            if (known.get(id) === undefined)
              throw new Problem('unknown-customer', { customer: id }, `customers.${at}`)
          return all
            .flatMap((one, at) => all.slice(at + 1).map((other) => pairs.keepApart(one, other, said)))
            .filter(Boolean).length
        },
        (count) => ({ action: 'customer.kept_apart', id: current(ids[0] ?? ''), detail: { count } }),
      ),
  }
}
