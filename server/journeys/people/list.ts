import type { PeopleAnswer, PeopleQuery } from '../../../shared/api/people.ts'
import type { Desk } from '../../ports/desk.ts'
import type { NodePlace } from '../../ports/people.ts'

export interface AskPeople extends PeopleQuery, NodePlace {}

/** Who stands on a node, a page of them. Problem `not-found`. */
export async function peopleAtNode({ stores }: Desk, query: AskPeople): Promise<PeopleAnswer> {
  const { journeyId, node, ...page } = query
  await stores.journeys.status(journeyId)
  return stores.passages.people({ journeyId, node }, page)
}
