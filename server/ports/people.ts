import type { PeopleAnswer, PeopleQuery, WhoAtNode } from '../../shared/api/people.ts'
import type { WhyAnswer } from '../../shared/api/why.ts'
import type { Enrollment, Registry } from '../../shared/nodes/type.ts'
import type { WrittenText } from '../../shared/text.ts'
import type { Act, Changes } from './acts.ts'
import type { StoredEnrollment } from './engine.ts'
import type { PassageReads } from './passages.ts'

export interface StoryReads {
  /** Its steps with their reasons, its messages and what became of them, the newest first. */
  storyOf(id: number, registry: Registry): Promise<WhyAnswer['story']>
  /** What has come to a customer since the entry, and what the passage itself has sent. */
  sinceEntry(passage: Pick<Enrollment, 'id' | 'customerId' | 'enteredAt'>): Promise<{
    readonly tags: readonly string[]
    readonly lists: readonly string[]
    readonly touches: readonly { readonly channel: string; readonly decidedAt: number }[]
  }>
  /** The name of a customer; null where there is none. */
  nameOf(customerId: string): Promise<string | null>
}

/** A node of a journey, in whichever version. */
export interface NodePlace {
  readonly journeyId: string
  readonly node: string
}

/** Who of those on a node is meant. */
export type Asked = Pick<PeopleQuery, 'search' | 'only' | 'version'>

export interface PeopleReads {
  /** Who stands on a node, a page of them by enrollment. */
  people(place: NodePlace, query: PeopleQuery): Promise<PeopleAnswer>
  /** All who stand there and are meant, after an enrollment, by enrollment. */
  standing(
    place: NodePlace,
    asked: Asked,
    page: { readonly after: number; readonly limit: number },
  ): Promise<readonly StoredEnrollment[]>
  /** Those of some enrollments that stand there. */
  standingOf(place: NodePlace, enrollments: readonly number[]): Promise<readonly StoredEnrollment[]>
}

export type PeopleChanges = Changes<{
  /** Makes those of the enrollments due again that are stuck; answers how many. */
  retryPeople(act: Act, place: NodePlace, enrollments: readonly number[]): Promise<number>
  /**
   * Keeps those on a node who are meant as a new list, wholly or not at all. Answers how many customers are in it, and
   * of how many that were meant. Problem `audience-exists`.
   */
  saveList(
    act: Act,
    place: NodePlace,
    list: { readonly key: string; readonly name: WrittenText; readonly who: WhoAtNode },
  ): Promise<{ readonly people: number; readonly asked: number }>
  /** Whom nobody asks anything any more, because they have left or were moved on. */
  dropQuestions(act: Act, enrollments: readonly number[]): Promise<void>
}>

export interface PassageStore extends PassageReads, StoryReads, PeopleReads, PeopleChanges {}
