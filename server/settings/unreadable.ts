import type { Actor } from '../../shared/audit/actor.ts'
import type { Desk } from '../ports/desk.ts'
import type { UnreadablePlace } from '../ports/unreadable-rows.ts'

/** Problems `not-found`, `row-unreadable`. */
export function mendRow(
  desk: Desk,
  actor: Actor,
  { text, ...at }: UnreadablePlace & { readonly text: string },
): Promise<void> {
  return desk.stores.unreadable.mend(desk.act(actor), at, text)
}

/** Problems `not-found`, `row-stays`. */
export function dropRow(desk: Desk, actor: Actor, at: UnreadablePlace): Promise<void> {
  return desk.stores.unreadable.drop(desk.act(actor), at)
}
