import type { Journey } from '../../shared/journey/graph.ts'
import { edit } from '../store/document.ts'
import type { Command } from './command.ts'

export interface ChangeJourney {
  readonly part: Partial<Pick<Journey, 'name' | 'description' | 'settings' | 'variables'>>
  /** Edits of the same field that follow each other closely are undone together. */
  readonly field: string
}

/** Changes what belongs to the journey as a whole: its name, settings and variables. */
export const changeJourney: Command<ChangeJourney> = {
  id: 'change-journey',
  shortcuts: [],
  run: ({ document }, { part, field }) => {
    edit(document, (journey) => ({ ...journey, ...part }), { label: 'change-journey', coalesce: field })
  },
}
