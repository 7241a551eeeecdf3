import { createStore } from 'zustand/vanilla'
import { type JourneyAnswer, journeyAnswer } from '../../shared/api/journeys.ts'
import { registry } from '../../shared/nodes/index.ts'
import type { Registry } from '../../shared/nodes/type.ts'
import { api } from '../api/client.ts'
import { ApiProblem } from '../api/problem.ts'
import type { CommandContext, View } from '../commands/command.ts'
import { allCards, type Cards } from '../nodes/index.ts'
import { createDocument } from '../store/document.ts'
import { createNumbers } from '../store/numbers.ts'
import { createProblems } from '../store/problems.ts'
import { createRehearsal } from '../store/rehearsal.ts'
import { startSaving } from '../store/saving.ts'
import { createScreen } from '../store/screen.ts'
import type { Canvas, JourneyMeta } from './context.ts'

/** Kept while the tab is open, so that nodes can be carried from one journey to another. */
const clipboard: CommandContext['clipboard'] = { content: null }

export function metaOf(answer: JourneyAnswer): JourneyMeta {
  const { journey, status, liveVersion, changed } = answer
  return { id: journey.id, status, liveVersion, changed }
}

/** Opens a journey as the server gave it: its document, which saves itself, and all that belongs to it. */
export function openCanvas(
  answer: JourneyAnswer,
  view: View,
  types: Registry = registry,
  cards: Cards = allCards,
): Canvas {
  const { id } = answer.journey
  const path = `/journeys/${encodeURIComponent(id)}`
  const document = createDocument(answer.journey)
  const meta = createStore<JourneyMeta>()(() => metaOf(answer))
  const heard = (next: JourneyAnswer) => {
    meta.setState(metaOf(next))
    return next
  }
  const saving = startSaving(document, answer.revision, {
    put: async (revision, journey) =>
      heard(await api.put(`${path}/draft`, journeyAnswer, { revision, journey })),
    latest: async () => heard(await api.get(path, journeyAnswer)),
    isStale: (problem) => problem instanceof ApiProblem && problem.code === 'stale-revision',
  })
  return {
    document,
    saving,
    meta,
    numbers: createNumbers(),
    problems: createProblems(),
    screen: createScreen(),
    rehearsal: createRehearsal(),
    types,
    cards,
    commands: { document, types, view, clipboard },
  }
}
