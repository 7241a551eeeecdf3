import { type KeyboardEvent, type PointerEvent, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { sayDay } from '../../../shared/calendar/index.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { showDay } from '../../store/rehearsal.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { useCanvas } from '../context.ts'
import { dayMarks } from './days.ts'
import styles from './Rehearsal.module.css'

/** A date as an axis has room for: 8/6. */
const short = (date: string) => `${Number(date.slice(5, 7))}/${Number(date.slice(8, 10))}`

/** The days of a rehearsal as bars of what each sent; dragged across, they play on the canvas. */
export function DayBars() {
  const { t } = useTranslation('rehearsal')
  const { rehearsal } = useCanvas()
  const { locale } = useLocale()
  const format = useFormat()
  const { report, day, journey } = useStore(rehearsal)
  const strip = useRef<HTMLDivElement>(null)
  const marks = useMemo(
    () =>
      report && journey
        ? dayMarks(
            report.timeline.map(({ date }) => date),
            journey,
          )
        : [],
    [report, journey],
  )
  if (report === null) return null
  const { timeline } = report
  const most = Math.max(1, ...timeline.map(({ sent }) => sent))
  const at = (clientX: number) => {
    const box = strip.current?.getBoundingClientRect()
    if (box === undefined) return
    rehearsal.setState({ playing: false })
    showDay(rehearsal, Math.floor(((clientX - box.left) / box.width) * timeline.length))
  }
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (event.buttons === 1) at(event.clientX)
  }
  const press = (event: KeyboardEvent) => {
    const steps: Record<string, number> = {
      ArrowLeft: day - 1,
      ArrowRight: day + 1,
      Home: 0,
      End: timeline.length - 1,
    }
    const to = steps[event.key]
    if (to === undefined) return
    event.preventDefault()
    rehearsal.setState({ playing: false })
    showDay(rehearsal, to)
  }
  const now = timeline[day]
  return (
    <div className={styles.days}>
      <div
        ref={strip}
        className={styles.bars}
        role="slider"
        tabIndex={0}
        aria-label={t('slider')}
        aria-valuemin={1}
        aria-valuemax={timeline.length}
        aria-valuenow={day + 1}
        aria-valuetext={
          now === undefined
            ? ''
            : t('sentOn', { date: sayDay(now.date, locale), count: now.sent, sent: format.count(now.sent) })
        }
        data-testid="rehearsal-bars"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          at(event.clientX)
        }}
        onPointerMove={drag}
        onKeyDown={press}
      >
        {timeline.map(({ date, sent }, index) => (
          <span
            key={date}
            className={index === day ? styles.today : index < day ? styles.past : styles.coming}
            title={t('sentOn', { date: sayDay(date, locale), count: sent, sent: format.count(sent) })}
          >
            <i style={{ height: sent === 0 ? 2 : `${Math.max(6, (sent / most) * 100)}%` }} />
          </span>
        ))}
      </div>
      <div className={styles.axis} aria-hidden>
        {marks.map((mark) => (
          <span
            key={mark.day}
            className={mark.festival ? styles.festival : ''}
            style={{ left: `${((mark.day + 0.5) / timeline.length) * 100}%` }}
          >
            {short(timeline[mark.day]?.date ?? '')}
            {mark.festival ? ` ${mark.festival[locale]}` : ''}
          </span>
        ))}
      </div>
    </div>
  )
}
