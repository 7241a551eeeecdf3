import { setImmediate as turn } from 'node:timers/promises'
import type { AssignRequest, GivingPreview, HandOverRequest } from '../../shared/api/staff.ts'
import type { Actor } from '../../shared/audit/actor.ts'
import { localDate } from '../../shared/calendar/index.ts'
import { limits } from '../../shared/limits.ts'
import type { Desk } from '../ports/desk.ts'
import type { ToGive } from '../ports/staff.ts'
import { askedOf, chooser, dayOfGiving, type Facts } from './choosing.ts'

/** A brand at work, with what is known of its customers. */
export type GivingDesk = Desk & { readonly store: Facts }

const lookedAtOnce = 500

/** Whom a request means. Problem `not-found` of an audience. */
async function asked({ stores, now, brand }: Desk, { audience, only, way }: AssignRequest): Promise<ToGive> {
  const at = { now: now(), zone: brand().zone, picks: brand().picks }
  const ids = audience === null ? null : await stores.staff.audience(audience, at)
  return { way, unowned: only === 'unowned', source: null, ids, leaves: false }
}

const handed = (source: string, { way, leaves }: HandOverRequest): ToGive => ({
  ...{ way, source, leaves, unowned: false, ids: null },
})

/** How many each would get, by the very rules and counters, of as many customers as are looked at. */
async function preview(desk: GivingDesk, what: ToGive): Promise<GivingPreview> {
  const { stores, store, now, brand } = desk
  const at = { now: now(), zone: brand().zone, picks: brand().picks }
  const [desks, { count, ids }, { staff }] = await Promise.all([
    stores.staff.desks(dayOfGiving(at.now, brand())),
    stores.staff.whom(what, limits.givingLooks.value),
    stores.staff.list(localDate(at.now, at.zone), at.now),
  ])
  const { rules, choose } = chooser(desks, what.way, what.source)
  const given = new Map<string, number>()
  let nobody = 0
  for (let from = 0; from < ids.length; from += lookedAtOnce) {
    const some = ids.slice(from, from + lookedAtOnce)
    const askedOne = await askedOf(store, rules, some, at)
    for (const id of some) {
      const one = askedOne(id)
      const chosen = one === null ? null : choose(one, desks.counters)
      if (chosen === null) nobody += 1
      else given.set(chosen.staff, (given.get(chosen.staff) ?? 0) + 1)
    }
    await turn()
  }
  const names = new Map(staff.map((one) => [one.id, one.name]))
  return {
    ...{ customers: count, counted: ids.length, nobody },
    tasks: what.source === null ? 0 : await stores.staff.openTasksOf(what.source, at.now),
    staff: [...given]
      .map(([id, customers]) => ({ id, name: names.get(id) ?? id, customers }))
      .sort((one, other) => other.customers - one.customers || (one.id < other.id ? -1 : 1)),
  }
}

/** Problems `not-found`, `no-such-staff`, `no-such-team`. */
export async function previewAssign(desk: GivingDesk, request: AssignRequest): Promise<GivingPreview> {
  await desk.stores.staff.mustKnow(request.way)
  return preview(desk, await asked(desk, request))
}

/** Gives them away from now on, in batches. Problems `not-found`, `no-such-staff`, `no-such-team`. */
export async function beginAssign(
  desk: Desk,
  actor: Actor,
  request: AssignRequest,
): Promise<{ customers: number }> {
  const customers = await desk.stores.staff.beginGiving(desk.act(actor), await asked(desk, request))
  await desk.stir()
  return { customers }
}

/** Problems `not-found`, `no-such-staff`, `no-such-team`. */
export async function previewHandOver(
  desk: GivingDesk,
  id: string,
  request: HandOverRequest,
): Promise<GivingPreview> {
  await desk.stores.staff.mustKnow(request.way)
  return preview(desk, handed(id, request))
}

/** Problems `not-found`, `no-such-staff`, `no-such-team`. */
export async function beginHandOver(
  desk: Desk,
  actor: Actor,
  id: string,
  request: HandOverRequest,
): Promise<{ customers: number }> {
  const customers = await desk.stores.staff.beginGiving(desk.act(actor), handed(id, request))
  await desk.stir()
  return { customers }
}
