import { Button } from 'antd'
import { Clapperboard, Eye, Rocket } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { versionList } from '../../shared/api/journeys.ts'
import { TopBarActions, TopBarTitle } from '../ui/PageHeader.tsx'
import { useFormat } from '../ui/useFormat.ts'
import { useCanvas, useDocument } from './context.ts'
import { JourneyMenu } from './JourneyMenu.tsx'
import { peopleIn } from './publish/lifecycle.ts'
import { ProblemsButton } from './publish/ProblemsButton.tsx'
import { SaveBadge } from './SaveBadge.tsx'
import styles from './TopBar.module.css'
import { useLiveQuery } from './useLiveQuery.ts'

/** The journey's name, its state, and what can be done with it as a whole. */
export function CanvasTopBar() {
  const { t } = useTranslation(['canvas', 'journeys', 'preview', 'rehearsal'])
  const { screen } = useCanvas()
  const format = useFormat()
  const name = useDocument(({ journey }) => journey.name)
  const rehearsing = useStore(screen, (state) => state.rehearsal)
  const any = useDocument(({ journey }) => Object.keys(journey.nodes).length > 0)
  return (
    <>
      <TopBarTitle
        title={format.text(name)}
        back={{ to: '../journeys', label: t('journeys:title') }}
        status={
          <>
            <SaveBadge />
            <ProblemsButton />
          </>
        }
      />
      <TopBarActions>
        <Button
          icon={<Eye size={15} />}
          disabled={!any}
          aria-label={t('preview:title')}
          title={t('preview:title')}
          data-testid="preview"
          onClick={() => screen.setState({ preview: true, previewNode: null })}
        >
          <span className={styles.word}>{t('preview:title')}</span>
        </Button>
        <Button
          icon={<Clapperboard size={15} />}
          disabled={!any}
          aria-label={t('rehearsal:title')}
          title={t('rehearsal:title')}
          aria-pressed={rehearsing}
          data-testid="rehearse"
          onClick={() => screen.setState({ rehearsal: !rehearsing, version: null })}
        >
          <span className={styles.word}>{t('rehearsal:title')}</span>
        </Button>
        <PublishButton disabled={!any} />
        <JourneyMenu />
      </TopBarActions>
    </>
  )
}

function PublishButton({ disabled }: { disabled: boolean }) {
  const { t } = useTranslation('canvas')
  const { screen, meta, saving } = useCanvas()
  const { liveVersion, changed, status } = useStore(meta)
  const saved = useStore(saving.store, (state) => state.status === 'saved')
  const published = liveVersion !== null && saved && !changed && status !== 'stopped'
  // Whoever was to finish in an earlier version can be brought over later on.
  const versions = useLiveQuery('/versions', versionList)?.versions ?? []
  const behind = peopleIn(versions.filter(({ number }) => number !== liveVersion)) > 0
  const current = published && !behind
  const label = liveVersion === null ? 'publish.go' : published ? 'publish.bring' : 'publish.again'
  return (
    <Button
      type="primary"
      icon={<Rocket size={15} />}
      disabled={disabled || current}
      data-testid="publish"
      onClick={() => screen.setState({ publishing: true, version: null })}
    >
      {t(current ? 'publish.published' : label)}
    </Button>
  )
}
