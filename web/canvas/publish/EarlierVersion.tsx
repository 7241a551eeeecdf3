import { ReactFlowProvider } from '@xyflow/react'
import { useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { figuresAnswer, versionAnswer } from '../../../shared/api/journeys.ts'
import type { Journey } from '../../../shared/journey/graph.ts'
import { queryString } from '../../api/client.ts'
import { useApiQuery } from '../../api/query.ts'
import { createDocument } from '../../store/document.ts'
import { createNumbers, fromFigures } from '../../store/numbers.ts'
import { createProblems } from '../../store/problems.ts'
import { PageError } from '../../ui/PageError.tsx'
import { CardsSkeleton } from '../../ui/Skeletons.tsx'
import { type Canvas, CanvasContext, useCanvas } from '../context.ts'
import { Surface } from '../surface/Surface.tsx'
import { useLiveQuery } from '../useLiveQuery.ts'

/** An earlier version as it was published, with the figures of those who entered it; only to look at. */
export function EarlierVersion({ number }: { number: number }) {
  const { t } = useTranslation('canvas')
  const { meta } = useCanvas()
  const id = useStore(meta, (state) => state.id)
  const path = `/journeys/${encodeURIComponent(id)}/versions/${number}`
  // What has been published never changes.
  const { data, error, refetch } = useApiQuery(path, versionAnswer, { staleTime: Number.POSITIVE_INFINITY })
  if (error !== null)
    return <PageError error={error} title={t('versions.failed')} onRetry={() => void refetch()} />
  if (data === undefined) return <CardsSkeleton cards={3} />
  return (
    <ReactFlowProvider key={number}>
      <Drawing number={number} journey={data.journey} />
    </ReactFlowProvider>
  )
}

function Drawing({ number, journey }: { number: number; journey: Journey }) {
  const draft = useCanvas()
  const canvas = useMemo<Canvas>(() => {
    const document = createDocument(journey)
    return {
      ...draft,
      document,
      numbers: createNumbers(),
      problems: createProblems(),
      commands: { ...draft.commands, document },
    }
  }, [draft, journey])
  return (
    <CanvasContext value={canvas}>
      <Numbers number={number} />
      <Surface readOnly />
    </CanvasContext>
  )
}

/** Keeps the numbers of the version's cards and lines. */
function Numbers({ number }: { number: number }) {
  const { numbers } = useCanvas()
  const figures = useLiveQuery(`/figures${queryString({ version: number })}`, figuresAnswer)
  useEffect(() => {
    if (figures) numbers.setState(fromFigures(figures, numbers.getState()), true)
  }, [numbers, figures])
  return null
}
