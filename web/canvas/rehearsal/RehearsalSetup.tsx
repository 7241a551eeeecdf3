import { Button, Checkbox, Segmented, Select } from 'antd'
import { Play } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { type RatesByHand, rateNames, usualRates } from '../../../shared/api/rehearsal.ts'
import { localDate } from '../../../shared/calendar/index.ts'
import { NumberInput, Row, useEditor, Word } from '../../nodes/index.ts'
import { DateInput } from '../../ui/DateInput.tsx'
import { useCanvas, useDocument } from '../context.ts'
import { PeopleFields } from './PeopleFields.tsx'
import styles from './Rehearsal.module.css'
import { backtestStart, letsInByHand } from './useRehearsal.ts'

/** What a rehearsal assumes, and from which day on. */
export function RehearsalSetup({ onStart }: { onStart: () => void }) {
  const { t } = useTranslation('rehearsal')
  const { rehearsal, document, types } = useCanvas()
  const { now, brand } = useEditor()
  const setup = useStore(rehearsal, (state) => state.setup)
  const set = (part: Partial<typeof setup>) => rehearsal.setState({ setup: { ...setup, ...part } })
  const byHand = useDocument(({ journey }) =>
    Object.values(journey.nodes).some((node) => letsInByHand(node, types, journey)),
  )
  const choose = (assume: 'backtest' | 'rates') => {
    const { journey } = document.getState()
    const zone = journey.settings.zone ?? brand.zone
    set({ assume, start: assume === 'rates' ? null : backtestStart(journey, types, now, zone) })
  }
  return (
    <div className={styles.setup}>
      <div className={styles.choices}>
        <Segmented
          value={setup.assume}
          aria-label={t('assume')}
          data-testid="rehearsal-assume"
          options={[
            { value: 'rates', label: t('assumes.rates') },
            { value: 'backtest', label: t('assumes.backtest') },
          ]}
          onChange={choose}
        />
        <Row>
          <Word>{t('from')}</Word>
          <DateInput
            value={setup.start ?? localDate(now, brand.zone)}
            aria-label={t('start')}
            onChange={(date) => set({ start: date === '' ? null : date })}
          />
        </Row>
        <Checkbox
          checked={setup.controlGroup}
          onChange={({ target }) => set({ controlGroup: target.checked })}
        >
          {t('control')}
        </Checkbox>
      </div>
      <div className={styles.foot}>
        <div>
          <p className={styles.about}>{t(`hints.${setup.assume}`)}</p>
          <Sample value={setup.sample} onChange={(sample) => set({ sample })} />
          {byHand ? <PeopleFields /> : null}
          {setup.assume === 'rates' ? (
            <RateFields rates={setup.rates} onChange={(rates) => set({ rates })} />
          ) : null}
        </div>
        <Button type="primary" icon={<Play size={14} />} data-testid="rehearsal-start" onClick={onStart}>
          {t('begin')}
        </Button>
      </div>
    </div>
  )
}

/** So many of every hundred may be walked in place of all (rule 28). */
const samples = [10, 1] as const

function Sample({ value, onChange }: { value: number | null; onChange: (value: number | null) => void }) {
  const { t } = useTranslation('rehearsal')
  return (
    <Row>
      <Word>{t('sample')}</Word>
      <Select
        size="small"
        value={value === null ? 'all' : String(value)}
        aria-label={t('sample')}
        options={[
          { value: 'all', label: t('samples.all') },
          ...samples.map((percent) => ({ value: String(percent), label: t('samples.some', { percent }) })),
        ]}
        onChange={(chosen) => onChange(chosen === 'all' ? null : Number(chosen))}
      />
    </Row>
  )
}

/** The rates of the brand's own past, or others set by hand, each by itself. */
function RateFields({
  rates,
  onChange,
}: {
  rates: RatesByHand | null
  onChange: (rates: RatesByHand | null) => void
}) {
  const { t } = useTranslation('rehearsal')
  const { rehearsal } = useCanvas()
  const report = useStore(rehearsal, (state) => state.report)
  if (rates === null)
    return (
      <Row>
        <Word>{t('rates.ours')}</Word>
        <Button type="link" size="small" onClick={() => onChange({})}>
          {t('rates.byHand')}
        </Button>
      </Row>
    )
  return (
    <div className={styles.rates}>
      {rateNames.map((name) => {
        const known = report?.basis?.sources[name] === 'by_hand' ? undefined : report?.rates?.[name]
        const rate = rates[name] ?? known ?? usualRates[name]
        return (
          <span key={name} className={styles.rate}>
            <Word>{t(`rates.${name}`)}</Word>
            <NumberInput
              value={Math.round(rate * 10_000) / 100}
              min={0}
              max={100}
              suffix="%"
              aria-label={t(`rates.${name}`)}
              onChange={(percent) => onChange({ ...rates, [name]: percent / 100 })}
            />
          </span>
        )
      })}
      <Button type="link" size="small" onClick={() => onChange(null)}>
        {t('rates.useOurs')}
      </Button>
    </div>
  )
}
