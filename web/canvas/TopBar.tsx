import { Button, Dropdown, Modal } from 'antd'
import { Clapperboard, Download, Ellipsis, Eye, Pause, Play, Rocket, Square } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { TopBarActions, TopBarTitle } from '../ui/PageHeader.tsx'
import { useFormat } from '../ui/useFormat.ts'
import { useNotice } from '../ui/useNotice.tsx'
import { useCanvas, useDocument } from './context.ts'
import { exportJourney } from './export.ts'
import { setStatus, underWay } from './lifecycle.ts'
import { ProblemsButton } from './ProblemsButton.tsx'
import { SaveBadge } from './SaveBadge.tsx'
import styles from './TopBar.module.css'

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
  const current = liveVersion !== null && saved && !changed && status !== 'stopped'
  return (
    <Button
      type="primary"
      icon={<Rocket size={15} />}
      disabled={disabled || current}
      data-testid="publish"
      onClick={() => screen.setState({ publishing: true, version: null })}
    >
      {t(current ? 'publish.published' : liveVersion === null ? 'publish.go' : 'publish.again')}
    </Button>
  )
}

function JourneyMenu() {
  const { t } = useTranslation('canvas')
  const canvas = useCanvas()
  const notice = useNotice()
  const [modal, holder] = Modal.useModal()
  const format = useFormat()
  const status = useStore(canvas.meta, (state) => state.status)
  const act = async (how: 'pause' | 'resume' | 'stop') => {
    try {
      const { left = 0 } = await setStatus(canvas, how)
      const said = t(`lifecycle.done.${how}`, { count: left, people: format.count(left) })
      if (how === 'pause') notice.undoable(said, () => void act('resume'))
      else notice.done(said)
    } catch (problem) {
      notice.problem(problem)
    }
  }
  // Nothing brings back those who were ended, so this one is asked about.
  const stop = async () => {
    try {
      const count = await underWay(canvas)
      modal.confirm({
        title: t('lifecycle.stopTitle'),
        content:
          count > 0
            ? t('lifecycle.stopText', { count, people: format.count(count) })
            : t('lifecycle.stopNobody'),
        okText: t('lifecycle.stop'),
        okButtonProps: { danger: true },
        onOk: () => act('stop'),
      })
    } catch (problem) {
      notice.problem(problem)
    }
  }
  const items = [
    ...(status === 'live'
      ? [
          {
            key: 'pause',
            icon: <Pause size={14} />,
            label: <span data-testid="pause">{t('lifecycle.pause')}</span>,
            onClick: () => void act('pause'),
          },
        ]
      : []),
    ...(status === 'paused'
      ? [
          {
            key: 'resume',
            icon: <Play size={14} />,
            label: <span data-testid="resume">{t('lifecycle.resume')}</span>,
            onClick: () => void act('resume'),
          },
        ]
      : []),
    ...(status === 'live' || status === 'paused'
      ? [
          {
            key: 'stop',
            icon: <Square size={14} />,
            danger: true,
            label: <span data-testid="stop">{t('lifecycle.stop')}</span>,
            onClick: () => void stop(),
          },
          { type: 'divider' as const, key: 'line' },
        ]
      : []),
    {
      key: 'export',
      icon: <Download size={14} />,
      label: <span data-testid="export">{t('lifecycle.export')}</span>,
      onClick: () => exportJourney(canvas.document.getState().journey),
    },
  ]
  return (
    <>
      {holder}
      <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight">
        <Button icon={<Ellipsis size={15} />} aria-label={t('lifecycle.menu')} data-testid="journey-menu" />
      </Dropdown>
    </>
  )
}
