import { Alert, Button, Tooltip } from 'antd'
import { Pause, Play, RotateCcw, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { rehearsalAnswer } from '../../../shared/api/rehearsal.ts'
import { sayDay } from '../../../shared/calendar/index.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { togglePlay } from '../../store/rehearsal.ts'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { ProgressLine } from '../../ui/ProgressLine.tsx'
import { isShownProblem } from '../../ui/problem.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { useCanvas } from '../context.ts'
import { BreakerNote } from './BreakerNote.tsx'
import { DayBars } from './DayBars.tsx'
import { ofSameYear } from './days.ts'
import { Nobody } from './Nobody.tsx'
import styles from './Rehearsal.module.css'
import { RehearsalSetup } from './RehearsalSetup.tsx'
import { Summary } from './Summary.tsx'
import { useRehearsal } from './useRehearsal.ts'

/** The strip below the canvas: how to rehearse, how far it is, and its days. */
export function RehearsalStrip() {
  const { t } = useTranslation('rehearsal')
  const { screen, rehearsal } = useCanvas()
  const open = useStore(screen, (state) => state.rehearsal)
  const state = useStore(rehearsal, (now) => now.state)
  const nobody = useStore(rehearsal, (now) => now.report?.entered === 0)
  const { start, cancel } = useRehearsal()
  const [asking, setAsking] = useState(false)
  if (!open) return null
  const setup = state === 'idle' || state === 'failed' || asking
  const begin = () => {
    setAsking(false)
    start()
  }
  return (
    <section className={styles.strip} aria-label={t('title')} data-testid="rehearsal">
      <header className={styles.head}>
        <strong>{t('title')}</strong>
        {state === 'done' && !asking ? <Summary /> : <span className={styles.about}>{t('about')}</span>}
        <span className={styles.right}>
          {state === 'done' && !asking ? (
            <>
              {nobody ? null : <PlayButton />}
              <Tooltip title={t('again')}>
                <Button
                  size="small"
                  icon={<RotateCcw size={13} />}
                  aria-label={t('again')}
                  data-testid="rehearsal-again"
                  onClick={() => setAsking(true)}
                />
              </Tooltip>
            </>
          ) : null}
          <Button
            type="text"
            size="small"
            icon={<X size={15} />}
            aria-label={t('close')}
            onClick={() => screen.setState({ rehearsal: false })}
          />
        </span>
      </header>
      {state === 'failed' && !asking ? <Failure /> : null}
      {setup ? <RehearsalSetup onStart={begin} /> : null}
      {state === 'running' ? <Progress onCancel={cancel} /> : null}
      {state === 'done' && !asking ? <BreakerNote /> : null}
      {state === 'done' && !asking ? nobody ? <Nobody /> : <DayBars /> : null}
    </section>
  )
}

function Failure() {
  const { t } = useTranslation('rehearsal')
  const { rehearsal } = useCanvas()
  const problem = useStore(rehearsal, (state) => state.problem)
  const format = useFormat()
  if (isShownProblem(problem)) return <ProblemAlert problem={problem} />
  const reason = rehearsalAnswer.shape.reason.safeParse(problem).data ?? null
  return (
    <Alert
      type="error"
      showIcon
      title={t('failed')}
      description={reason === null ? '' : format.text(reason)}
    />
  )
}

function Progress({ onCancel }: { onCancel: () => void }) {
  const { t } = useTranslation('rehearsal')
  const { rehearsal } = useCanvas()
  const progress = useStore(rehearsal, (state) => state.progress)
  const before = useStore(rehearsal, (state) => state.before)
  const copying = useStore(rehearsal, (state) => state.copying)
  const total = progress !== null && progress.of > 0 ? progress.of : null
  return (
    <div className={styles.progress}>
      <ProgressLine
        label={before > 0 ? t('waiting', { count: before }) : copying === null ? t('running') : t('copying')}
        done={copying?.rows ?? progress?.done ?? 0}
        total={copying?.of ?? total}
      />
      <Button size="small" data-testid="rehearsal-cancel" onClick={onCancel}>
        {t('cancel')}
      </Button>
    </div>
  )
}

function PlayButton() {
  const { t } = useTranslation('rehearsal')
  const { rehearsal } = useCanvas()
  const { locale } = useLocale()
  const { playing, day, report } = useStore(rehearsal)
  const date = report?.timeline[day]?.date
  const first = report?.timeline[0]?.date
  return (
    <button
      type="button"
      className={styles.play}
      data-testid="rehearsal-play"
      aria-label={t(playing ? 'pause' : 'play')}
      onClick={() => togglePlay(rehearsal)}
    >
      {playing ? <Pause size={14} aria-hidden /> : <Play size={14} aria-hidden />}
      <span data-testid="rehearsal-day">
        {t('day', {
          number: day + 1,
          date: date === undefined ? '' : sayDay(date, locale, first && ofSameYear(first)),
        })}
      </span>
    </button>
  )
}
