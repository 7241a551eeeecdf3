import { Button } from 'antd'
import { type FormEvent, useContext, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ClockAdvance, ClockAnswer } from '../../shared/api/clock.ts'
import { addSpan, localDate, localTime, zonedAt } from '../../shared/calendar/index.ts'
import { DateInput } from '../ui/DateInput.tsx'
import { TimeInput } from '../ui/TimeInput.tsx'
import { useFormat } from '../ui/useFormat.ts'
import { BrandFormat } from '../ui/zone.ts'
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
      <Jump
        key={clock.now}
        now={clock.now}
        zone={zone}
        busy={busy}
        settable={clock.settable}
        go={(to) => advance({ to })}
      />
    </div>
  )
}

interface JumpProps {
  now: number
  zone: string
  busy: boolean
  /** Whether it may go to any moment, back too. */
  settable: boolean
  go: (to: number) => void
}

/** To a moment of the reader's choice, in the zone of the brand. */
function Jump({ now, zone, busy, settable, go }: JumpProps) {
  const { t } = useTranslation('shell')
  const today = localDate(now, zone)
  const [date, setDate] = useState(today)
  const [time, setTime] = useState(localTime(now, zone).slice(0, 5))
  const to = date === '' ? null : zonedAt(date, time, zone)
  const open = to !== null && (to > now || (settable && to !== now))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (open) go(to)
  }
  return (
    <form className={styles.jump} onSubmit={submit}>
      <label htmlFor="clock-jump">{t(settable ? 'clock.set' : 'clock.jump')}</label>
      <div className={styles.moment}>
        <DateInput id="clock-jump" value={date} {...(settable ? {} : { min: today })} onChange={setDate} />
        <TimeInput value={time} aria-label={t('clock.time')} onChange={setTime} />
        <Button type="primary" htmlType="submit" disabled={busy || !open}>
          {t(settable ? 'clock.setGo' : 'clock.go')}
        </Button>
      </div>
      {settable ? <p>{t('clock.settable')}</p> : null}
      {!settable && to !== null && to < now - 60_000 ? <p role="alert">{t('clock.past')}</p> : null}
    </form>
  )
}
