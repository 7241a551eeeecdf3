import type { Actor } from '../../shared/audit/actor.ts'
import type { Desk } from '../ports/desk.ts'

/**
 * Rule 20: by the link at the end of a message its customer stops marketing on that channel, at once; at the
 * address that the message went to, where the link names it, else at all of them.
 */
export function unsubscribe(
  desk: Desk,
  actor: Actor,
  command: { readonly customerId: string; readonly channel: string; readonly address: string | null },
): Promise<void> {
  return desk.stores.customers.unsubscribe(desk.act(actor), command)
}
