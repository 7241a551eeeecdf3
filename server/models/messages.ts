import type { MessagePlaces } from '../../shared/models/content.ts'
import type { Summary } from '../../shared/models/deeds.ts'
import type { ScoringStore } from '../ports/models.ts'

const none: MessagePlaces = new Map()

/** Where the messages stand that customers have touched; nothing is asked where none was. */
export async function messagesIn(
  store: Pick<ScoringStore, 'messagesOf'>,
  summaries: readonly Pick<Summary, 'touched'>[],
): Promise<MessagePlaces> {
  const numbers = new Set<string>()
  for (const { touched } of summaries)
    for (const { content, key } of touched) if (content === 'message') numbers.add(key)
  return numbers.size === 0 ? none : store.messagesOf([...numbers])
}
