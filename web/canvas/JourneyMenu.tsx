import { Button, Dropdown, Modal } from 'antd'
import { Download, Ellipsis, Pause, Play, Square } from 'lucide-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { useFormat } from '../ui/useFormat.ts'
import { useNotice } from '../ui/useNotice.tsx'
import { useCanvas } from './context.ts'
import { exportJourney } from './export.ts'
import { setStatus, underWay } from './publish/lifecycle.ts'
import { useResume } from './publish/useResume.ts'

/** What is seldom done to a journey: hold it, let it go on, end it, take it along as a file. */
export function JourneyMenu() {
  const { t } = useTranslation('canvas')
  const canvas = useCanvas()
  const notice = useNotice()
  const [modal, holder] = Modal.useModal()
  const format = useFormat()
  const status = useStore(canvas.meta, (state) => state.status)
  const undoPause = useRef<(() => void) | null>(null)
  const resume = useResume()
  const act = async (how: 'pause' | 'resume' | 'stop') => {
    try {
      if (how === 'resume' && !(await resume())) return
      const { left = 0 } = how === 'resume' ? {} : await setStatus(canvas, how)
      const said = t(`lifecycle.done.${how}`, { count: left, people: format.count(left) })
      undoPause.current?.()
      undoPause.current = how === 'pause' ? notice.undoable(said, () => void act('resume')) : null
      if (how !== 'pause') notice.done(said)
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
