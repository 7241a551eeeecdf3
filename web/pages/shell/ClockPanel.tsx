import { Button, Input } from 'antd'
import { type FormEvent, useContext, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ClockAdvance, ClockAnswer } from '../../../shared/api/clock.ts'
import { addSpan, localDate, localTime, zonedAt } from '../../../shared/calendar/index.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { BrandFormat } from '../../ui/zone.ts'
import styles from './ClockPanel.module.css'

export interface ClockPanelProps {
  clock: ClockAnswer
  advance: (how: ClockAdvance) => void
  busy: boolean
}

/** What the sandbox clock is, what comes next, and every way to move it. */
export function ClockPanel({ clock, advance, busy }: ClockPanelProps) {
  const { t } = useTranslation('shell')
  const format = useFormat()
  const { zone } = useContext(BrandFormat)
  const due = clock.nextDueAt
  return (
    <div className={styles.panel}>
      <strong>{t('clock.label')}</strong>
      <p>{t('clock.about')}</p>
      <dl className={styles.due}>
        <dt>{t('clock.nextDueAt')}</dt>
        <dd>{due === null ? t('clock.nothingDue') : format.time(due, 'full')}</dd>
      </dl>
      <div className={styles.steps}>
        <Button disabled={busy} onClick={() => advance({ by: 'hour' })}>
          {t('clock.hour')}
        </Button>
        <Button disabled={busy} onClick={() => advance({ by: 'day' })}>
          {t('clock.day')}
        </Button>
        <Button
          disabled={busy}
          onClick={() => advance({ to: addSpan(clock.now, { amount: 7, unit: 'day' }, zone) })}
        >
          {t('clock.week')}
        </Button>
        <Button disabled={busy || due === null} onClick={() => advance({ by: 'next_due' })}>
          {t('clock.nextDue')}
        </Button>
      </div>
      <Jump key={clock.now} now={clock.now} zone={zone} busy={busy} go={(to) => advance({ to })} />
    </div>
  )
}

interface JumpProps {
  now: number
  zone: string
  busy: boolean
  go: (to: number) => void
}

/** To a moment of the reader's choice, in the zone of the brand. */
function Jump({ now, zone, busy, go }: JumpProps) {
  const { t } = useTranslation('shell')
  const nowWall = `${localDate(now, zone)}T${localTime(now, zone)}`
  const [wall, setWall] = useState(nowWall)
  const [date, time] = wall.split('T')
  const to = date && time ? zonedAt(date, time.slice(0, 5), zone) : null
  const ahead = to !== null && to > now
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (ahead) go(to)
  }
  return (
    <form className={styles.jump} onSubmit={submit}>
      <label htmlFor="clock-jump">
        {t('clock.jump')}
        <Input
          id="clock-jump"
          type="datetime-local"
          value={wall}
          min={nowWall}
          onChange={(event) => setWall(event.target.value)}
        />
      </label>
      <Button type="primary" htmlType="submit" disabled={busy || !ahead}>
        {t('clock.go')}
      </Button>
      {to !== null && to < now - 60_000 ? <p role="alert">{t('clock.past')}</p> : null}
    </form>
  )
}
