import type { UnreadableEntries } from '../../shared/api/unreadable.ts'
import type { Act, Changes } from './acts.ts'

export interface UnreadablePlace {
  readonly place: string
  readonly id: string
}

type Changing = Changes<{
  /** Writes the text in its place, if it can be read now. Problems `not-found`, `row-unreadable`. */
  mend(act: Act, at: UnreadablePlace, text: string): Promise<void>
  /** Takes it away. Problems `not-found`, `row-stays`. */
  drop(act: Act, at: UnreadablePlace): Promise<void>
}>

/** What stands in the database and cannot be read. */
export interface UnreadableStore extends Changing {
  list(): Promise<UnreadableEntries>
}
