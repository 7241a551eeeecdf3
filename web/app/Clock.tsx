import { Button, Popover, Tooltip } from 'antd'
import { Clock3, LoaderCircle, SkipForward } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ClockAnswer } from '../../shared/api/clock.ts'
import { useAdvance, useClock } from '../pages/useClock.ts'
import { useFormat } from '../ui/useFormat.ts'
import styles from './Clock.module.css'
import { ClockPanel } from './ClockPanel.tsx'

/** The time of the brand: a sandbox's can be moved, the real one is only shown. */
export function Clock() {
  const clock = useClock()
  if (!clock.data) return <span className={styles.waiting} aria-busy="true" />
  return clock.data.sandbox ? <SandboxClock clock={clock.data} /> : <LiveClock now={clock.data.now} />
}

function LiveClock({ now }: { now: number }) {
  const { t } = useTranslation('shell')
  const format = useFormat()
  const [shown, setShown] = useState(now)
  useEffect(() => {
    const began = performance.now()
    setShown(now)
    const timer = setInterval(() => setShown(now + performance.now() - began), 1_000)
    return () => clearInterval(timer)
  }, [now])
  return (
    <Tooltip title={t('clock.live')}>
      <span className={styles.live}>{format.time(shown, 'full')}</span>
    </Tooltip>
  )
}

function SandboxClock({ clock }: { clock: ClockAnswer }) {
  const { t } = useTranslation('shell')
  const format = useFormat()
  const { advance, busy } = useAdvance(clock)
  const shown = clock.moving?.at ?? clock.now
  const due = clock.nextDueAt
  const dueTip =
    due === null ? t('clock.nothingDue') : t('clock.nextDueTip', { when: format.time(due, 'full') })
  return (
    <section className={styles.clock} aria-label={t('clock.label')} aria-busy={busy}>
      <Popover
        trigger="click"
        placement="bottomRight"
        content={<ClockPanel clock={clock} advance={advance} busy={busy} />}
      >
        <button type="button" className={styles.time} title={t('clock.label')}>
          {busy ? <LoaderCircle size={14} className={styles.turning} /> : <Clock3 size={14} aria-hidden />}
          <time className={styles.full}>{format.time(shown, 'full')}</time>
          <time className={styles.short} aria-hidden>
            {format.time(shown, 'short')}
          </time>
        </button>
      </Popover>
      <div className={styles.steps}>
        <Button type="text" size="small" disabled={busy} onClick={() => advance({ by: 'hour' })}>
          {t('clock.hour')}
        </Button>
        <Button type="text" size="small" disabled={busy} onClick={() => advance({ by: 'day' })}>
          {t('clock.day')}
        </Button>
      </div>
      <Tooltip title={dueTip}>
        <Button
          type="text"
          size="small"
          className={styles.next ?? ''}
          disabled={busy || due === null}
          icon={<SkipForward size={14} aria-hidden />}
          onClick={() => advance({ by: 'next_due' })}
        >
          <span className={styles.nextLabel}>{t('clock.nextDue')}</span>
        </Button>
      </Tooltip>
      {clock.moving ? <Way {...clock.moving} /> : null}
    </section>
  )
}

/** How much of the way the clock has gone, along its lower edge. */
function Way({ from, to, at }: { from: number; to: number; at: number }) {
  const { t } = useTranslation('shell')
  const format = useFormat()
  const share = to > from ? (at - from) / (to - from) : 1
  return (
    <span
      className={styles.way}
      role="progressbar"
      aria-label={t('clock.movingTo', { when: format.time(to, 'full') })}
      aria-valuenow={Math.round(share * 100)}
      style={{ transform: `scaleX(${share})` }}
    />
  )
}
