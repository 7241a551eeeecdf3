import type { MessageStore } from '../../../ports/messages.ts'
import { changer } from '../changes.ts'
import type { BrandDatabase } from '../database.ts'
import { decideRestored, restoredState } from '../lives/restored.ts'
import { listMessages, messagePage, messageShownOf } from './list.ts'
import { inboxByKey, inboxMessage, inboxMessages } from './phone.ts'

/** Messages, and the phone that shows them, over one brand's database. */
export function messageStore(db: BrandDatabase): MessageStore {
  const change = changer(db)
  return {
    list: async (filter) => listMessages(db, filter),
    one: async (id) => messageShownOf(db, id),
    page: async (filter) => messagePage(db, filter).messages,
    exported: async (act, { journeyId, ...detail }) =>
      change(
        act,
        () => undefined,
        () => ({ action: 'message.exported', id: journeyId ?? '', detail }),
      ),
    inbox: async (query) => inboxMessages(db, query),
    inboxMessage: async (id) => inboxMessage(db, id),
    inboxByKey: async (key) => inboxByKey(db, key),
    restored: async () => restoredState(db),
    decideRestored: async (act, decision) => decideRestored(db, act, decision),
    note: async (act, { action, journeyId, node, channel }) =>
      change(
        act,
        () => undefined,
        () => ({ action, id: journeyId ?? '', detail: { node, channel } }),
      ),
  }
}
