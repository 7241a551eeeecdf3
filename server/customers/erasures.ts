import { randomUUID } from 'node:crypto'
import type { Certificate, ErasureAnswer, ErasureLook } from '../../shared/api/erasures.ts'
import type { Actor } from '../../shared/audit/actor.ts'
import type { Desk } from '../ports/desk.ts'

/** What there is of a customer, and who else bears their addresses: to be seen before anybody decides. */
export function lookAtErasure({ stores }: Desk, customerId: string): Promise<ErasureLook> {
  return stores.erasures.look(customerId)
}

/**
 * Rule 20: has people forgotten. It is kept at once, begins at once, and goes on by itself, also after a stop. Problem
 * `unknown-customer`; then nobody is erased.
 */
export async function eraseCustomers(
  desk: Desk,
  actor: Actor,
  command: { readonly customerIds: readonly string[]; readonly remember: boolean },
): Promise<ErasureAnswer> {
  const asked = await desk.stores.erasures.ask(desk.act(actor), { id: randomUUID(), ...command })
  await desk.settle()
  return asked
}

export function listErasures(
  { stores }: Desk,
  page: { readonly limit: number; readonly start?: string | undefined },
): Promise<{ erasures: Certificate[]; total: number }> {
  return stores.erasures.list(page)
}

/** The certificate of an erasure; Problem `not-found`. */
export function readErasure({ stores }: Desk, id: string): Promise<Certificate> {
  return stores.erasures.find(id)
}

/** As `eraseCustomers` of one, remembering the addresses; null where there is nobody of that id, any more or ever. */
export async function eraseIfKnown(desk: Desk, actor: Actor, id: string): Promise<ErasureAnswer | null> {
  if ((await desk.stores.customers.firstUnknown([id])) !== null) return null
  return eraseCustomers(desk, actor, { customerIds: [id], remember: true })
}
