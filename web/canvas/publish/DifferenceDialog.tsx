import { Modal, Segmented, Select } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { versionList } from '../../../shared/api/journeys.ts'
import type { Journey } from '../../../shared/journey/graph.ts'
import { CardsSkeleton } from '../../ui/Skeletons.tsx'
import { useCanvas, useDocument } from '../context.ts'
import { useLiveQuery } from '../useLiveQuery.ts'
import { Changes } from './Changes.tsx'
import { laidOver, marksOf, type SaidDifference } from './changes.ts'
import styles from './Difference.module.css'
import { Drawing } from './Drawing.tsx'
import { useVersion } from './EarlierVersion.tsx'
import { useDifference } from './useDifference.ts'

/** Two versions beside each other: what differs in words, and where it stands on the canvas. */
export function DifferenceDialog() {
  const { screen } = useCanvas()
  const open = useStore(screen, ({ comparing }) => comparing)
  return open === null ? null : <OpenDialog from={open} />
}

/** The draft stands among the versions as 0. */
const draftNumber = 0

function useJourney(number: number): Journey | undefined {
  const draft = useDocument(({ journey }) => journey)
  const version = useVersion(number === draftNumber ? null : number)
  return number === draftNumber ? draft : version.data?.journey
}

function OpenDialog({ from }: { from: number }) {
  const { t } = useTranslation('difference')
  const { screen } = useCanvas()
  const [pair, setPair] = useState({ before: from, after: draftNumber })
  const [view, setView] = useState<'over' | 'beside'>('over')
  const versions = useLiveQuery('/versions', versionList)?.versions ?? []
  const before = useJourney(pair.before)
  const after = useJourney(pair.after)
  const difference = useDifference(before, after)
  const options = [
    { value: draftNumber, label: t('draft') },
    ...versions.map(({ number }) => ({ value: number, label: t('version', { version: number }) })),
  ]
  return (
    <Modal
      open
      width="min(1280px, 96vw)"
      title={t('title')}
      footer={null}
      onCancel={() => screen.setState({ comparing: null })}
    >
      <div className={styles.bar} data-testid="difference">
        <Select
          size="small"
          aria-label={t('before')}
          value={pair.before}
          options={options}
          onChange={(chosen) => setPair({ ...pair, before: chosen })}
        />
        <span aria-hidden>→</span>
        <Select
          size="small"
          aria-label={t('after')}
          value={pair.after}
          options={options}
          onChange={(chosen) => setPair({ ...pair, after: chosen })}
        />
        <Segmented
          size="small"
          className={styles.views ?? ''}
          value={view}
          options={(['over', 'beside'] as const).map((one) => ({ value: one, label: t(`views.${one}`) }))}
          onChange={setView}
        />
      </div>
      {before === undefined || after === undefined || difference === null ? (
        <CardsSkeleton cards={2} />
      ) : (
        <div className={styles.panes}>
          <aside className={styles.words}>
            <Changes difference={difference} />
          </aside>
          <Canvases view={view} before={before} after={after} difference={difference} />
        </div>
      )}
    </Modal>
  )
}

interface CanvasesProps {
  readonly view: 'over' | 'beside'
  readonly before: Journey
  readonly after: Journey
  readonly difference: SaidDifference
}

function Canvases({ view, before, after, difference }: CanvasesProps) {
  const { t } = useTranslation('difference')
  const marks = useMemo(() => marksOf(difference), [difference])
  const both = useMemo(() => laidOver(before, after), [before, after])
  if (view === 'over')
    return (
      <figure className={styles.canvas}>
        <Drawing apart journey={both} marks={marks} />
      </figure>
    )
  return (
    <>
      <figure className={styles.canvas}>
        <figcaption>{t('before')}</figcaption>
        <Drawing apart journey={before} marks={marks} />
      </figure>
      <figure className={styles.canvas}>
        <figcaption>{t('after')}</figcaption>
        <Drawing apart journey={after} marks={marks} />
      </figure>
    </>
  )
}
