import { Checkbox, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { sayWindow } from '../../shared/conditions/say.ts'
import type { TimeWindow } from '../../shared/conditions/schema.ts'
import { useLocale } from '../locales/useLocale.ts'
import { DateInput } from '../ui/DateInput.tsx'
import fields from '../ui/fields/Field.module.css'
import { Row, Word } from '../ui/fields/Field.tsx'
import { NumberInput, SpanInput } from '../ui/fields/inputs.tsx'
import styles from './condition.module.css'
import { useConditionServices } from './context.ts'
import { newWindow } from './edit.ts'
import { DaysFrom, FestivalSelect } from './festival.tsx'

export interface WindowEditorProps {
  value: TimeWindow
  onChange: (value: TimeWindow) => void
}

/** The stretch of time in which events count. */
export function WindowEditor({ value, onChange }: WindowEditorProps) {
  const { t } = useTranslation('nodes')
  const { nodes } = useConditionServices()
  const kinds = (['ever', 'last', 'between', 'festival', 'since_entry'] as const).filter(
    (kind) => kind !== 'since_entry' || nodes.length > 0 || value.kind === kind,
  )
  return (
    <div className={styles.window}>
      <Row>
        <Word>{t('window.when')}</Word>
        <Select
          className={fields.grow ?? ''}
          value={value.kind}
          aria-label={t('window.kind')}
          options={kinds.map((kind) => ({ value: kind, label: t(`window.kinds.${kind}`) }))}
          onChange={(kind) => onChange(newWindow(kind))}
        />
      </Row>
      {value.kind === 'last' ? <LastWindow value={value} onChange={onChange} /> : null}
      {value.kind === 'between' ? <BetweenWindow value={value} onChange={onChange} /> : null}
      {value.kind === 'festival' ? <FestivalWindow value={value} onChange={onChange} /> : null}
    </div>
  )
}

type Of<K extends TimeWindow['kind']> = Extract<TimeWindow, { kind: K }>

function LastWindow({ value, onChange }: { value: Of<'last'>; onChange: (value: Of<'last'>) => void }) {
  const { t } = useTranslation('nodes')
  return (
    <>
      <Row>
        <Word>{t('window.last')}</Word>
        <SpanInput value={value.span} onChange={(span) => onChange({ ...value, span })} />
      </Row>
      <Checkbox
        checked={value.wholeDays}
        onChange={({ target }) => onChange({ ...value, wholeDays: target.checked })}
      >
        {t('window.wholeDays')}
      </Checkbox>
    </>
  )
}

function BetweenWindow({
  value,
  onChange,
}: {
  value: Of<'between'>
  onChange: (value: Of<'between'>) => void
}) {
  const { t } = useTranslation('nodes')
  const change = (end: 'from' | 'to', date: string) => {
    const { [end]: _old, ...rest } = value
    onChange(date === '' ? rest : { ...rest, [end]: date })
  }
  return (
    <Row>
      <Word>{t('window.from')}</Word>
      <DateInput
        value={(value.from ?? '').slice(0, 10)}
        aria-label={t('window.fromDate')}
        onChange={(date) => change('from', date)}
      />
      <Word>{t('window.to')}</Word>
      <DateInput
        value={(value.to ?? '').slice(0, 10)}
        aria-label={t('window.toDate')}
        onChange={(date) => change('to', date)}
      />
      <p className={fields.hint}>{t('window.toExcluded')}</p>
    </Row>
  )
}

type Bound = Of<'festival'>['from']

function BoundEditor({
  word,
  value,
  years,
  onChange,
}: {
  word: string
  value: Bound
  years: boolean
  onChange: (value: Bound) => void
}) {
  const { t } = useTranslation('nodes')
  return (
    <Row>
      <Word>{word}</Word>
      <DaysFrom value={value.days} max={3660} onChange={(days) => onChange({ ...value, days })} />
      {years || value.years !== 0 ? (
        <>
          <Word>{t('window.yearsEarlier')}</Word>
          <NumberInput
            value={-value.years}
            min={0}
            max={10}
            suffix={t('units.year')}
            aria-label={t('window.yearsEarlier')}
            onChange={(count) => onChange({ ...value, years: count === 0 ? 0 : -count })}
          />
        </>
      ) : null}
    </Row>
  )
}

function FestivalWindow({
  value,
  onChange,
}: {
  value: Of<'festival'>
  onChange: (value: Of<'festival'>) => void
}) {
  const { t } = useTranslation('nodes')
  const { locale } = useLocale()
  const { past, ...rest } = value
  const choosePast = (which: 'this' | 'past') => onChange(which === 'this' ? rest : { ...rest, past: 2 })
  return (
    <>
      <Row>
        <FestivalSelect value={value.festival} onChange={(festival) => onChange({ ...value, festival })} />
        <Select
          className={fields.grow ?? ''}
          value={past === undefined ? 'this' : 'past'}
          aria-label={t('window.which')}
          options={[
            { value: 'this', label: t('window.thisOne') },
            { value: 'past', label: t('window.pastOnes') },
          ]}
          onChange={choosePast}
        />
        {past === undefined ? null : (
          <NumberInput
            value={past}
            min={1}
            max={10}
            suffix={t('units.year')}
            aria-label={t('window.pastYears')}
            onChange={(count) => onChange({ ...rest, past: count })}
          />
        )}
      </Row>
      <BoundEditor
        word={t('window.from')}
        value={value.from}
        years={past === undefined}
        onChange={(from) => onChange({ ...value, from })}
      />
      <BoundEditor
        word={t('window.to')}
        value={value.to}
        years={false}
        onChange={(to) => onChange({ ...value, to })}
      />
      <p className={fields.hint}>{sayWindow(value, locale)}</p>
    </>
  )
}
