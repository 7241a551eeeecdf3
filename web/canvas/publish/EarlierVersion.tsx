import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { figuresAnswer, versionAnswer } from '../../../shared/api/journeys.ts'
import { queryString } from '../../api/client.ts'
import { useApiQuery } from '../../api/query.ts'
import { fromFigures } from '../../store/numbers.ts'
import { PageError } from '../../ui/PageError.tsx'
import { CardsSkeleton } from '../../ui/Skeletons.tsx'
import { useCanvas } from '../context.ts'
import { useLiveQuery } from '../useLiveQuery.ts'
import { Drawing } from './Drawing.tsx'

/** One version as it was published. */
export function useVersion(number: number | null) {
  const { meta } = useCanvas()
  const id = useStore(meta, (state) => state.id)
  const path = `/journeys/${encodeURIComponent(id)}/versions/${number ?? 0}`
  // What has been published never changes.
  return useApiQuery(path, versionAnswer, { staleTime: Number.POSITIVE_INFINITY, enabled: number !== null })
}

/** A version as it was published, with the figures of those who entered it; only to look at. */
export function EarlierVersion({ number }: { number: number }) {
  const { t } = useTranslation('canvas')
  const { data, error, refetch } = useVersion(number)
  if (error !== null)
    return <PageError error={error} title={t('versions.failed')} onRetry={() => void refetch()} />
  if (data === undefined) return <CardsSkeleton cards={3} />
  return (
    <Drawing key={number} journey={data.journey}>
      <Numbers number={number} />
    </Drawing>
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
